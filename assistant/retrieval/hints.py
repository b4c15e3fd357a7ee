"""Filters meant by the words of a query: recognised, applied where sure, shown where not.

A hint that is applied narrows the search and its words leave the text that is searched for. What
may as well belong to the subject is only suggested: a filter that nobody meant hides papers.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import FilterHint, Filters
from assistant.extractive.question import content_stems
from assistant.retrieval.hint_context import Context, Reading
from assistant.retrieval.name_hints import NameHints, NameSpan
from assistant.retrieval.year_hints import YearSpan, year_spans
from ingest.library import Library, PaperFilter

HintMode = Literal["off", "suggest", "apply"]

_SUBJECT = "it may belong to what is asked"
_SET = "a filter is set already"
_EMPTY = "no paper of the library is of these years"
_SUGGEST = "hints are only suggested (PAPERS_RETRIEVAL__HINTS)"


@dataclass(frozen=True)
class ReadQuery:
    """A query as it is searched: the text without the words of applied hints, and all filters."""

    text: str
    filters: Filters
    hints: tuple[FilterHint, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each applied hint, for the reader must know of it."""
        return tuple(
            f"“{hint.text}” was read as a filter: {in_words(hint.filters)}"
            for hint in self.hints
            if hint.applied
        )


class HintReader:
    """Reads the hints of queries to one library. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = NameHints(library)

    def read(
        self, query: str, filters: Filters, mode: HintMode, dismissed: Sequence[str] = ()
    ) -> ReadQuery:
        """Find the hints; with "apply", use those that are sure and that no filter contradicts.

        `dismissed` are texts of hints that the reader has taken back.
        """
        if mode == "off":
            return ReadQuery(query, filters)
        hints: list[FilterHint] = []
        for hint, sure in self._found(query):
            if hint.text in dismissed:
                continue
            reason = self._objection(hint, filters, sure) if mode == "apply" else _SUGGEST
            if not reason:
                filters = filters.model_copy(update=_set(hint.filters))
            hints.append(hint.model_copy(update={"applied": not reason, "reason": reason}))
        return ReadQuery(_without(query, hints), filters, tuple(hints))

    def _found(self, query: str) -> Iterator[tuple[FilterHint, bool]]:
        """Hints in order with whether they are surely meant; no two overlap.

        A sure hint does not come between the papers and the next one: "papers by Zhang since 2023".
        """
        context, end = Context(query), 0
        for span in sorted(self._spans(query), key=lambda span: span.start):
            if span.start < end:
                continue
            sure, shown = _judged(context, span)
            if sure:
                context = context.without(span.start, span.end)
            if shown:
                end = span.end
                text = query[span.start : span.end]
                hint = FilterHint(text=text, start=span.start, end=end, filters=span.filters)
                yield hint, sure

    def _spans(self, query: str) -> Iterator[NameSpan | YearSpan]:
        yield from self._names.spans(query)
        yield from year_spans(query, datetime.date.today().year)

    def _objection(self, hint: FilterHint, filters: Filters, sure: bool) -> str:
        """Why a hint is not to be applied; empty where nothing speaks against it."""
        if _fields(hint.filters) & _fields(filters):
            return _SET
        if not self._library.lexical.admitted(PaperFilter(**hint.filters.model_dump())):
            return _EMPTY
        return "" if sure else _SUBJECT


def in_words(filters: Filters) -> str:
    """Filters as a reader may see them: "year 2019 to 2021, venue ICLR"."""
    first, last = filters.year_from, filters.year_to
    years = {
        (True, True): f"year {first}" if first == last else f"year {first} to {last}",
        (True, False): f"year {first} or later",
        (False, True): f"year {last} or earlier",
        (False, False): "",
    }[first is not None, last is not None]
    names = (
        f"{field} {value}"
        for field, value in _set(filters).items()
        if field not in ("year_from", "year_to")
    )
    return ", ".join(filter(None, (years, *names)))


def _judged(context: Context, span: NameSpan | YearSpan) -> tuple[bool, bool]:
    """Whether a span is surely a filter, and whether it is worth showing."""
    if isinstance(span, YearSpan):
        distinct = span.distinct or (span.one_ended and not context.is_question)
        reading = context.judge(span.start, span.end, distinct=distinct)
        return reading is Reading.SURELY, True
    if span.of_papers:
        return span.known, span.known
    reading = context.judge(span.start, span.end, distinct=True, name=span.capitalised)
    sure = span.known and reading is Reading.SURELY
    return sure, span.capitalised or reading is not Reading.SUBJECT


def _set(filters: Filters) -> dict[str, object]:
    return filters.model_dump(exclude_none=True)


def _fields(filters: Filters) -> set[str]:
    """What is limited; both ends of a range of years are one thing."""
    return {field.partition("_")[0] for field in _set(filters)}


def _without(query: str, hints: Sequence[FilterHint]) -> str:
    """The query without the words of applied hints; whole where nothing to search for is left."""
    rest = query
    for hint in reversed([hint for hint in hints if hint.applied]):
        rest = rest[: hint.start] + " " + rest[hint.end :]
    rest = re.sub(r"\s+([?.!,;])", r"\1", " ".join(rest.split()))
    return rest if content_stems(rest) else query
