"""Gives a marker that stands for a noun the name of its paper: "[1] reports" names no one.

The number alone says too little to be checked, and with the name in front a reader sees which of
two papers says what.
"""

from collections.abc import Sequence

import regex

from assistant.headings import FINITE_VERBS
from ingest.paper import Paper

_MARKER = regex.compile(r"\[(\d+)\]")
_RUN = r"\[\d+\](?:[ \t]*(?:[,&]|and\b|or\b)?[ \t]*\[\d+\])*"
_VERBS = "|".join(sorted(FINITE_VERBS, key=len, reverse=True))
_NOUN = regex.compile(
    r"(?:(?<=(?:^|\n)[ \t>*•–-]*)|(?<=[.!?;,:][ \t])"
    r"|(?<=\b(?:and|but|while|whereas|yet|that)[ \t]))"
    rf"{_RUN}(?=[ \t]+(?:also[ \t]+|both[ \t]+)?(?:{_VERBS})\b)"
    rf"|(?<=\b(?:in|by|of|from|per|unlike|see|following|according to|compared to|contrary to)[ \t])"
    rf"{_RUN}(?=[ \t]*[,;:.]|[ \t]+\w)",
    regex.IGNORECASE,
)
GIVEN = "\u2060"
"""Stands between a name given here and its marker; `visible` leaves none in a model's text."""

_GIVEN = regex.compile(rf"{GIVEN} \[(\d+)\]")
_LONGEST_NAME = 4
_SHOWN_WORDS = 7


def with_names(text: str, cited: Sequence[Paper]) -> str:
    """The text, whose marker [n] names `cited[n - 1]`, with names before such markers."""

    def named(run: "regex.Match[str]") -> str:
        apart = run[0].replace("][", "], [")
        return str(_MARKER.sub(lambda marker: _before(marker, cited), apart))

    return str(_NOUN.sub(named, text))


def named_numbers(written: str) -> list[int]:
    """The numbers that a sentence calls by a name given here."""
    return [int(number) for number in _GIVEN.findall(written)]


def short_name(paper: Paper) -> str:
    """What a paper calls itself before the colon of its title, else the title's first words."""
    lead, colon, _ = paper.title.partition(":")
    if colon and 0 < len(lead.split()) <= _LONGEST_NAME:
        return lead.strip()
    words = paper.title.split()
    return f"“{' '.join(words[:_SHOWN_WORDS])}{'…' if len(words) > _SHOWN_WORDS else ''}”"


def _before(marker: "regex.Match[str]", cited: Sequence[Paper]) -> str:
    number = int(marker[1])
    known = 1 <= number <= len(cited)
    return f"{short_name(cited[number - 1])}{GIVEN} {marker[0]}" if known else marker[0]
