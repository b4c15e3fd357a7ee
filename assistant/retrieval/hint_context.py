"""How the words around a possible filter are to be read: about papers, or about their subject."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from assistant.extractive.question import Kind, analyse

_PAPERS = (
    r"(?:papers?|works?|articles?|stud(?:y|ies)|publications?|research|surveys?|literature"
    r"|preprints?|methods?|models?|approach(?:es)?|benchmarks?|datasets?|reviews?)"
)
_PUBLISHED = (
    r"(?:published|released|written|presented|appeared|appearing|proposed|introduced|authored"
    r"|accepted|submitted|out)"
)
_ATTACHED = re.compile(
    rf"\b(?:{_PAPERS}(?:\s+(?:that|which))?(?:\s+(?:were|was|are|is|have been))?"
    rf"(?:\s+{_PUBLISHED})?|{_PUBLISHED})[\s,(]*$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\b\w{2,}ed\s*$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:$|[?.!,;:)]|(?:on|about|for|that|which|who|using|use|with|by|at|in|from|since|before"
    r"|after|between|and|or|of|to|but|is|are|have|has|do|does|say|show|report|find|published)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could"
    r"|has|have|should|would|will)\b|\?\s*$",
    re.IGNORECASE,
)
_AT_END = re.compile(r"[\s?.!)]*$")
_AT_START = re.compile(r"\W*$")


class Reading(IntEnum):
    """How surely a span is meant as a filter."""

    SUBJECT = 0
    MAYBE = 1
    SURELY = 2


@dataclass(frozen=True)
class Context:
    """A query as hints are read in it."""

    query: str

    @cached_property
    def is_question(self) -> bool:
        """Whether something is asked; key words are no question."""
        return bool(_ASKS.search(self.query))

    @cached_property
    def wants_list(self) -> bool:
        """Whether papers are asked for: by a list question or by key words."""
        return not self.is_question or analyse(self.query).kind is Kind.LIST

    def attached(self, start: int) -> bool:
        """Whether the words before `start` are about papers or their publication."""
        return bool(_ATTACHED.search(self.query[:start]))

    def without(self, start: int, end: int) -> "Context":
        """The same query with a span blanked out, so that what stands around it meets."""
        return Context(self.query[:start] + " " * (end - start) + self.query[end:])

    def goes_on_with_subject(self, end: int) -> bool:
        """Whether the words after `end` belong to those before it ("in 2017 ImageNet")."""
        return _GOES_ON.match(self.query, end) is None

    def judge(self, start: int, end: int, *, distinct: bool, name: bool = False) -> Reading:
        """How surely `query[start:end]` limits the papers.

        It does beside a word for papers ("papers since 2023", "published at ICLR"). A form that is
        `distinct`, such as "since 2023", also does at either end of a query for papers, unless it
        may belong to a verb of the subject ("tweets posted since 2023"). What goes on into the
        subject ("in 2017 ImageNet challenge") may mean anything; after a `name` beside a word for
        papers, a verb may follow ("the model by Zhang gains").
        """
        verb_follows = name and self.query[end:].lstrip()[:1].islower()
        if self.attached(start) and (verb_follows or not self.goes_on_with_subject(end)):
            return Reading.SURELY
        if self.goes_on_with_subject(end):
            return Reading.SUBJECT
        if _PARTICIPLE.search(self.query[:start]) or not self.wants_list:
            return Reading.MAYBE
        at_edge = _AT_END.match(self.query, end) or _AT_START.match(self.query[:start])
        return Reading.SURELY if distinct and at_edge else Reading.MAYBE
