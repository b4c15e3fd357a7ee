"""Turns a model's text into a checked answer: every sentence verified, every citation earned.

A citation stays only if its own paper supports the sentence. A sentence that is left without any is
given one where another source supports it; where none does it is marked, or dropped, and cites
nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Sentence
from assistant.citations import MARKER
from assistant.clauses import clauses
from assistant.draft import Quote
from assistant.sentences import Part, answer_parts
from assistant.verification import Verdict, Verifier
from ingest.paper import Paper

UNSUPPORTED_MARK = " [unsupported]"
_STRAY_MARKER = re.compile(rf"[ \t]*{MARKER.pattern}")
_EMPTY_ITEM = re.compile(r"^[ \t>]*(?:[-*+•–]|\(?\d{1,2}[.)])[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Failure:
    """A sentence that no source supports, and why in a few words."""

    text: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """Final text with its sentences and citations; `failures` are what was not supported."""

    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The failures in words."""
        return tuple(not_supported(one.text, one.reason) for one in self.failures)


def not_supported(text: str, reason: str) -> str:
    """A failure in words, as the answer's warnings tell it."""
    return f"not supported ({reason}): {text}"


@dataclass(frozen=True)
class _Judged:
    part: Part
    verdict: Verdict
    quotes: tuple[Quote, ...]


def check_answer(
    text: str,
    cited: Sequence[Paper],
    sources: Sequence[Paper],
    verifier: Verifier,
    drop_unsupported: bool,
) -> Checked:
    """Verify a text whose marker [n] names `cited[n - 1]`; `sources` are all that was offered."""
    judged = [
        _judge(part, cited, sources, verifier)
        for part in answer_parts(text)
        if part.kind == "claim"
    ]
    numbers = _numbers(judged)
    shown = [j for j in judged if j.verdict.supported or not drop_unsupported]
    return Checked(
        text=_rewrite(text, judged, numbers, drop_unsupported),
        sentences=tuple(_sentence(j, numbers) for j in shown),
        citations=_citations(judged, numbers),
        failures=tuple(
            Failure(j.part.text, j.verdict.reason) for j in judged if not j.verdict.supported
        ),
    )


def _judge(
    part: Part, cited: Sequence[Paper], sources: Sequence[Paper], verifier: Verifier
) -> _Judged:
    named = [cited[n - 1] for n in part.citations if n <= len(cited)]
    verdicts = _ranked(part.claim, named, verifier)
    earned = [verdict for verdict in verdicts if verdict.supported]
    if not earned and len(named) > 1:
        earned = _jointly(part.claim, named, verifier)
    if not earned:
        others = [paper for paper in sources if paper not in named]
        elsewhere = _ranked(part.claim, others, verifier)
        earned = [verdict for verdict in elsewhere[:1] if verdict.supported]
        verdicts += elsewhere
    if not earned:
        none = Verdict(supported=False, support=0.0, reason="no source is cited")
        return _Judged(part, verdicts[0] if verdicts else none, ())
    return _Judged(part, earned[0], tuple(verdict.quotes[0] for verdict in earned))


def _ranked(claim: str, papers: Sequence[Paper], verifier: Verifier) -> list[Verdict]:
    verdicts = [verifier.check(claim, [paper]) for paper in papers]
    return sorted(verdicts, key=lambda verdict: -verdict.support)


def _jointly(claim: str, papers: Sequence[Paper], verifier: Verifier) -> list[Verdict]:
    """A verdict for each clause, if each is supported by one of the papers; else none."""
    found: list[Verdict] = []
    for clause in clauses(claim):
        ranked = _ranked(clause, papers, verifier)
        if not ranked or not ranked[0].supported:
            return []
        found.append(ranked[0])
    return sorted(found, key=lambda verdict: -verdict.support)


def _numbers(judged: Sequence[_Judged]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for one in judged:
        for quote in one.quotes:
            numbers.setdefault(quote.paper.id, len(numbers) + 1)
    return numbers


def _sentence(one: _Judged, numbers: dict[str, int]) -> Sentence:
    return Sentence(
        text=one.part.text,
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


def _rewrite(text: str, judged: Sequence[_Judged], numbers: dict[str, int], drop: bool) -> str:
    """The text with each claim's markers renewed, marked or left out where unsupported.

    What stands around the claims (headings, what is missing) has no quote, so it keeps no marker.
    """
    pieces: list[str] = []
    at = 0
    for one in judged:
        pieces.append(_STRAY_MARKER.sub("", text[at : one.part.start]))
        at = one.part.end
        if one.verdict.supported:
            cited = sorted({numbers[q.paper.id] for q in one.quotes})
            pieces.append(_ending(one.part, "".join(f" [{n}]" for n in cited)))
        elif not drop:
            pieces.append(_ending(one.part, UNSUPPORTED_MARK))
        elif one.part.is_row:
            at += 1
    pieces.append(_STRAY_MARKER.sub("", text[at:]))
    rewritten = "".join(pieces)
    return (_EMPTY_ITEM.sub("", rewritten) if drop else rewritten).strip()


def _ending(part: Part, mark: str) -> str:
    """The part with a mark at its end; a row's stands in its last cell, so that it stays a row."""
    if part.is_row and part.text.endswith("|"):
        return f"{part.text[:-1].rstrip()}{mark} |"
    return part.text + mark
