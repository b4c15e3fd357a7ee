"""Turns a model's text into a checked answer: every sentence verified, every citation earned.

A citation stays only if its own paper supports the sentence. A sentence that is left without any is
given one where another source supports it; where none does it is marked, or dropped, and cites
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Sentence
from assistant.clauses import clauses
from assistant.draft import Quote
from assistant.extractive.question import content_stems
from assistant.grounding import is_grounded
from assistant.marking import Marked, rewritten, supported, unsupported
from assistant.naming import named_numbers, with_names
from assistant.referring import full_claims
from assistant.sentences import Part, answer_parts
from assistant.tables import cell_claims
from assistant.verification import Verdict, Verifier
from ingest.paper import Paper

_MOST_OTHERS = 4
_NO_SOURCE = "no source is cited"
_SAYS_NOTHING = "says nothing that could be checked"
_NOT_ITS_WORDS = "short, and not in the source's words"
_NOT_BY_THE_NAMED = "the paper that it names does not say so"


@dataclass(frozen=True)
class Failure:
    """A sentence that no source supports, and why in a few words."""

    text: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """Final text with its sentences and citations; `failures` are what was not supported.

    `only_missing`: the text claims nothing and says what the sources leave open.
    """

    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    failures: tuple[Failure, ...] = ()
    only_missing: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """The failures in words."""
        return tuple(not_supported(one.text, one.reason) for one in self.failures)


def not_supported(text: str, reason: str) -> str:
    """A failure in words, as the answer's warnings tell it."""
    return f"not supported ({reason}): {text}"


@dataclass(frozen=True)
class _Claim:
    """A sentence of `answer`: as it stands, and `full`, in which nothing points back."""

    part: Part
    answer: str
    plain: str
    full: str

    @property
    def key(self) -> str:
        """Alike for sentences that say the same."""
        return (self.full or self.plain).casefold()

    @property
    def written(self) -> str:
        """The sentence with its markers."""
        return self.answer[self.part.start : self.part.end]

    @property
    def forms(self) -> tuple[str, ...]:
        """What a source must bear out: both ways of reading it, where they differ."""
        return tuple(dict.fromkeys((self.full, self.plain)))

    @property
    def says_nothing(self) -> bool:
        """Whether it repeats the question's words, or asks."""
        return not self.full or self.part.text.rstrip("\"”')*_ ").endswith(("?", "？"))


@dataclass(frozen=True)
class _Judged:
    claim: _Claim
    verdict: Verdict
    quotes: tuple[Quote, ...] = ()


def check_answer(
    text: str,
    cited: Sequence[Paper],
    sources: Sequence[Paper],
    verifier: Verifier,
    drop_unsupported: bool,
    question: str = "",
    english: Mapping[str, str] | None = None,
) -> Checked:
    """Verify a text whose marker [n] names `cited[n - 1]`; `sources` are all that was offered.

    A sentence that was said before is left out: small models repeat themselves without end.
    `english` are sentences of the text in translation, by which they are judged.
    """
    text = with_names(text, cited)
    checker = _Checker(cited, sources, verifier)
    parts = answer_parts(text, None if english else _vocabulary(sources, question))
    read = [replace(part, text=(english or {}).get(part.text, part.text)) for part in parts]
    claims = zip(parts, read, full_claims(read, question), strict=True)
    claimed = [_Claim(part, text, one.claim, full) for part, one, full in claims if _claims(part)]
    first = {claim.key: claim for claim in reversed(claimed)}
    judged = [checker.judge(claim) for claim in claimed if first[claim.key] is claim]
    numbers = _numbers(judged)
    kept = [j for j in judged if j.verdict.supported or not drop_unsupported]
    shown = {j.claim.part.start: _marked(j, cited, numbers) for j in kept}
    return Checked(
        text=rewritten(text, [claim.part for claim in claimed], shown),
        sentences=tuple(_sentence(j, shown[j.claim.part.start], numbers) for j in kept),
        citations=_citations(judged, numbers),
        failures=tuple(
            Failure(j.claim.part.text, j.verdict.reason) for j in judged if not j.verdict.supported
        ),
        only_missing=not judged and any(part.kind == "missing" for part in parts),
    )


def _claims(part: Part) -> bool:
    return part.kind == "claim"


def _vocabulary(sources: Sequence[Paper], question: str) -> frozenset[str]:
    """What a heading may say."""
    return frozenset(content_stems("\n".join([question, *(paper.text for paper in sources)])))


class _Checker:
    """Judges the claims of one answer."""

    def __init__(
        self, cited: Sequence[Paper], sources: Sequence[Paper], verifier: Verifier
    ) -> None:
        self._cited = cited
        self._sources = sources
        self._verifier = verifier
        self._stems = {paper.id: frozenset(content_stems(paper.text)) for paper in sources}

    def judge(self, claim: _Claim) -> _Judged:
        """Hold a claim against the papers it cites, then against the others."""
        if claim.says_nothing:
            return _Judged(claim, _refused(_SAYS_NOTHING))
        part = claim.part
        named = [self._cited[n - 1] for n in part.citations if n <= len(self._cited)]
        verdicts = self._ranked(claim.forms, named)
        earned = [verdict for verdict in verdicts if verdict.supported]
        if not earned and len(named) > 1:
            told = cell_claims(part.text, part.head) or clauses(claim.full)
            earned = self._jointly(told, named)
        if not earned:
            elsewhere = self._ranked(claim.forms, self._nearest(claim.full, named))
            earned = [verdict for verdict in elsewhere[:1] if verdict.supported]
            verdicts += elsewhere
        if not earned:
            return _Judged(claim, verdicts[0] if verdicts else _refused(_NO_SOURCE))
        order = {paper.id: place for place, paper in enumerate(named)}
        quotes = tuple(
            sorted((v.quotes[0] for v in earned), key=lambda q: order.get(q.paper.id, len(order)))
        )
        holding = {quote.paper.id for quote in quotes}
        if any(self._cited[n - 1].id not in holding for n in named_numbers(claim.written)):
            return _Judged(claim, _refused(_NOT_BY_THE_NAMED))
        return _Judged(claim, earned[0], quotes)

    def _nearest(self, claim: str, named: Sequence[Paper]) -> list[Paper]:
        """The uncited sources that share most words with a claim: checking all takes seconds."""
        said = frozenset(content_stems(claim))
        others = [paper for paper in self._sources if paper not in named]
        return sorted(others, key=lambda p: -len(said & self._stems[p.id]))[:_MOST_OTHERS]

    def _ranked(self, forms: Sequence[str], papers: Sequence[Paper]) -> list[Verdict]:
        verdicts = [self._weakest(forms, paper) for paper in papers]
        return sorted(verdicts, key=lambda verdict: (not verdict.supported, -verdict.support))

    def _weakest(self, forms: Sequence[str], paper: Paper) -> Verdict:
        """The verdict on the form of a claim that a paper bears out least."""
        verdicts = [
            self._verifier.check(form, [paper])
            if is_grounded(form, paper.text)
            else _refused(_NOT_ITS_WORDS)
            for form in forms
        ]
        return min(verdicts, key=lambda verdict: (verdict.supported, verdict.support))

    def _jointly(self, claims: Sequence[str], papers: Sequence[Paper]) -> list[Verdict]:
        """A verdict for each claim, if each is supported by one of the papers; else none."""
        found: list[Verdict] = []
        for claim in claims:
            ranked = self._ranked([claim], papers)
            if not ranked or not ranked[0].supported:
                return []
            found.append(ranked[0])
        return sorted(found, key=lambda verdict: -verdict.support)


def _refused(reason: str) -> Verdict:
    return Verdict(supported=False, support=0.0, reason=reason)


def _marked(one: _Judged, cited: Sequence[Paper], numbers: dict[str, int]) -> Marked:
    if not one.verdict.supported:
        return unsupported(one.claim.part)
    earned = sorted({numbers[quote.paper.id] for quote in one.quotes})
    renewed = {
        n: numbers[cited[n - 1].id]
        for n in one.claim.part.citations
        if n <= len(cited) and numbers.get(cited[n - 1].id) in earned
    }
    return supported(one.claim.part, one.claim.written, renewed, earned)


def _numbers(judged: Sequence[_Judged]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for one in judged:
        for quote in one.quotes:
            numbers.setdefault(quote.paper.id, len(numbers) + 1)
    return numbers


def _sentence(one: _Judged, marked: Marked, numbers: dict[str, int]) -> Sentence:
    return Sentence(
        text=marked.text,
        citations=tuple(sorted({numbers[q.paper.id] for q in one.quotes})),
        supported=one.verdict.supported,
        support=one.verdict.support,
        reason="" if one.verdict.supported else one.verdict.reason,
    )


def _citations(judged: Sequence[_Judged], numbers: dict[str, int]) -> tuple[Citation, ...]:
    made: dict[tuple[int, int, int], Citation] = {}
    for quote in (quote for one in judged for quote in one.quotes):
        number = numbers[quote.paper.id]
        citation = Citation(
            number=number,
            paper=quote.paper,
            quote=quote.text,
            start=quote.start,
            end=quote.end,
            support=quote.support,
        )
        made.setdefault((number, quote.start, quote.end), citation)
    return tuple(sorted(made.values(), key=lambda c: (c.number, c.start)))
