"""The offline verifier: nearest sentence by meaning and words, figures and names checked exactly.

A claim is held against windows of one and two neighbouring sentences of each cited abstract.
Similarity alone cannot tell 82.1 % from 81.2 %, so figures, names, negation and comparatives that
disagree lower the support below the threshold, however similar the rest.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assistant.draft import Quote
from assistant.extractive.evidence import says_opposite
from assistant.extractive.passages import SentenceVectors
from assistant.extractive.question import content_stems
from assistant.verification.surface import is_negated, missing_names, numbers, written_numbers
from assistant.verification.verdict import Verdict
from ingest.paper import Paper
from ingest.text import Span, split_sentences

THRESHOLD = 0.55
_FAILED = 0.3
_PAIR_MARGIN = 0.05


class RuleVerifier:
    """Needs no model but the sentence encoder. Safe to share between threads."""

    def __init__(self, vectors: SentenceVectors) -> None:
        self.vectors = vectors

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        """Judge a claim against the papers it cites; the best-supporting paper decides."""
        if not papers:
            return Verdict(supported=False, support=0.0, reason="no source is cited")
        judged = [self._against(claim, paper) for paper in papers]
        best = max(judged, key=lambda verdict: verdict.support)
        quotes = tuple(quote for verdict in judged for quote in verdict.quotes)
        return best.model_copy(update={"quotes": quotes})

    def _against(self, claim: str, paper: Paper) -> Verdict:
        sentences = split_sentences(paper.abstract)
        windows = [*sentences, *(Span(a.start, b.end) for a, b in pairwise(sentences))]
        if not windows or not claim.strip():
            return Verdict(supported=False, support=0.0, reason="the source has no abstract")
        texts = [paper.abstract[w.start : w.end] for w in windows]
        rows = self.vectors([claim, *texts])
        cosines = rows[1:] @ rows[0]
        similar = [
            0.5 * float(c) + 0.5 * _overlap(claim, f"{paper.title} {t}")
            for c, t in zip(cosines, texts, strict=True)
        ]
        nearest = int(np.argmax(similar[: len(sentences)]))
        widest = int(np.argmax(similar))
        at = widest if similar[widest] > similar[nearest] + _PAIR_MARGIN else nearest
        reason = _contradiction(claim, texts[nearest], paper)
        support = max(0.0, min(1.0, similar[at])) * (_FAILED if reason else 1.0)
        supported = support >= THRESHOLD
        if not supported and not reason:
            reason = "the source does not say this"
        quote = Quote(
            paper=paper, start=windows[at].start, end=windows[at].end, support=round(support, 4)
        )
        return Verdict(
            supported=supported, support=round(support, 4), quotes=(quote,), reason=reason
        )


def _overlap(claim: str, source: str) -> float:
    """Share of the claim's content stems that the source holds."""
    wanted = set(content_stems(claim))
    return len(wanted & set(content_stems(source))) / len(wanted) if wanted else 0.0


def _contradiction(claim: str, sentence: str, paper: Paper) -> str:
    """What the claim says against its source, in a few words; empty if nothing was found."""
    source = f"{paper.title}\n{paper.abstract}"
    extra = sorted(written_numbers(claim) - numbers(source))
    if extra:
        return f"figure not in the source: {extra[0]:g}"
    unknown = missing_names(claim, source)
    if unknown:
        return f"name not in the source: {unknown[0]}"
    if says_opposite(claim, sentence):
        return "the source says the opposite"
    if is_negated(claim) != is_negated(sentence):
        return "negation differs from the source"
    return ""
