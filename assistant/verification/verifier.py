"""The offline verifier: exact rules and two small trained models, weighed by a calibrated decision.

A claim is held against the few sentences of each cited abstract that share most words with it. A
figure or name that the source lacks, an antonym, a comparison turned round or a denial without
ground refutes it whatever the model says; a claim that stands in the abstract word for word is
supported whatever the model says.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.draft import Quote
from assistant.extractive.decision import Logistic
from assistant.extractive.question import content_stems
from assistant.verification.comparer import Comparer, claim_comparer
from assistant.verification.quotes import best_passage, whole_sentences
from assistant.verification.signals import Signals, signals
from assistant.verification.verdict import Verdict
from assistant.verification.windows import choose, sentences_near
from ingest.paper import Paper
from ingest.text import Span

CALIBRATION_FILE = Path(__file__).parent / "model" / "calibration.json"
_REFUTED = 0.3
_WRONG_LOGIT = 0.0
_LEAST_SAID = 2


class Decision(BaseModel):
    """`support` judges by the signals; from `partly` up to its threshold a claim holds in part."""

    model_config = ConfigDict(frozen=True)

    support: Logistic
    partly: float


@lru_cache(maxsize=1)
def decision() -> Decision:
    """The shipped decision, made by `python -m evals.verifier.fit`."""
    return Decision.model_validate_json(CALIBRATION_FILE.read_text(encoding="utf-8"))


class ModelVerifier:
    """Needs no server. Safe to share between threads; its models are loaded at first use."""

    def __init__(self, comparer: Comparer | None = None, decide: Decision | None = None) -> None:
        """By default the shipped model and decision."""
        self.comparer = comparer or Comparer()
        self.in_own_words = claim_comparer()
        self.decide = decide or decision()

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        """Judge a claim against the papers it cites; the best-supporting paper decides."""
        if not papers:
            return Verdict(supported=False, support=0.0, reason="no source is cited")
        judged = [self._against(claim, paper) for paper in papers]
        best = max(judged, key=lambda verdict: verdict.support)
        quotes = tuple(quote for verdict in judged for quote in verdict.quotes)
        return best.model_copy(update={"quotes": quotes})

    def _against(self, claim: str, paper: Paper) -> Verdict:
        sentences = sentences_near(claim, paper.abstract)
        if not sentences or not claim.strip():
            return Verdict(supported=False, support=0.0, reason="the source has no abstract")
        if verbatim := whole_sentences(claim, paper.abstract, sentences):
            return _verdict(paper, verbatim, 1.0, supported=True)
        wordless = not any(character.isalnum() for character in claim)
        if wordless or (claim.isascii() and len(content_stems(claim)) < _LEAST_SAID):
            return Verdict(supported=False, support=0.0, reason="says too little to be checked")
        texts = [paper.abstract[s.start : s.end] for s in sentences]
        chosen = choose(claim, texts)
        near = [texts[n] for n in chosen]
        both = self.comparer, self.in_own_words
        found = signals(claim, paper.title, paper.abstract, near, *both)
        support = self.decide.support.probability(found.features())
        if found.refuted:
            support *= _REFUTED
        supported = support >= self.decide.support.threshold and not found.refuted
        passage = best_passage(claim, paper.abstract, sentences, chosen)
        if supported:
            return _verdict(paper, passage, support, supported=True)
        partly = support >= self.decide.partly and not found.refuted
        reason = _reason(claim, found)
        return _verdict(paper, passage, support, supported=False, partly=partly, reason=reason)


def _verdict(
    paper: Paper,
    passage: Span,
    support: float,
    *,
    supported: bool,
    partly: bool = False,
    reason: str = "",
) -> Verdict:
    support = round(support, 4)
    quote = Quote(paper=paper, start=passage.start, end=passage.end, support=support)
    return Verdict(
        supported=supported, support=support, quotes=(quote,), reason=reason, partly=partly
    )


def _reason(claim: str, found: Signals) -> str:
    """What speaks against the claim most plainly, in a few words."""
    if found.refuted:
        return found.refuted
    if found.negated:
        return "negation differs from the source"
    words = _doubtful_words(claim, found)
    return f"not borne out by the source: {words}" if words else "the source does not say this"


def _doubtful_words(claim: str, found: Signals) -> str:
    """The first run of words whose pieces the model holds to be wrong; empty if none or all."""
    wrong = [(start, end) for start, end, logit in found.reading.wrong if logit > _WRONG_LOGIT]
    if not wrong or 2 * len(wrong) > len(found.reading.wrong):
        return ""
    start, end = wrong[0]
    for following, stop in wrong[1:]:
        if following - end > 1:
            break
        end = stop
    while start > 0 and claim[start - 1].isalnum():
        start -= 1
    while end < len(claim) and claim[end].isalnum():
        end += 1
    return claim[start:end]
