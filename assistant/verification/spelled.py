"""Numbers in words: `seven`, `twenty-five`, `two hundred`, `ten thousand`."""

import re
from typing import NamedTuple

_UNITS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {
    **{word: float(n) for n, word in enumerate(_UNITS.split(), 1)},
    **{word: 10.0 * n for n, word in enumerate(_TENS.split(), 2)},
}
_TIMES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS.split())})(?:[ -](?P<over>{'|'.join(_UNITS.split()[:9])}))?"
    rf"|(?P<unit>{'|'.join(_UNITS.split())}))\b(?P<times>(?:[ -](?:{'|'.join(_TIMES)})\b)*)"
    r"(?P<part>[ -](?:half|halves|thirds?|quarters?|fifths?|tenths?"
    r"|(?:out of|in) (?:ten|a hundred))\b)?",
    re.IGNORECASE,
)
_MULTIPLIER = re.compile(rf"[ -]({'|'.join(_TIMES)})\b", re.IGNORECASE)


class Figure(NamedTuple):
    """A figure of a text: where it stands, and its value without its sign."""

    start: int
    end: int
    value: float


def spelled(text: str) -> list[Figure]:
    """The numbers that stand in words, in order; one of a fraction (`three quarters`) is none."""
    return [_figure(match) for match in _SPELLED.finditer(text) if not match["part"]]


def multiplier(text: str, end: int) -> float:
    """What a figure that ends there is multiplied by in words: 1000 for `15 thousand`, else 1."""
    found = _MULTIPLIER.match(text, end)
    return _TIMES[found[1].lower()] if found else 1.0


def _figure(match: re.Match[str]) -> Figure:
    value = sum(_VALUES[w.lower()] for w in match.group("tens", "over", "unit") if w)
    for word in re.split("[ -]", match["times"])[1:]:
        value *= _TIMES[word.lower()]
    return Figure(match.start(), match.end(), value)
