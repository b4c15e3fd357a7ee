"""Words of a query that name years: "since 2023", "before 2020", "from the last two years"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answer import Filters

_YEAR = r"(?:19|20)\d{2}"
_ON = r"(?:onwards?\b|on\b(?=\s*(?:[,;.?!)]|$)))"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPANS: tuple[tuple[str, str, bool], ...] = (
    ("between", rf"\bbetween\s+(?P<a>{_YEAR})\s+and\s+(?P<b>{_YEAR})\b", False),
    ("between", rf"\bfrom\s+(?P<a>{_YEAR})\s+(?:to|until|till|through)\s+(?P<b>{_YEAR})\b", True),
    ("between", rf"\b(?:in|from|during)\s+(?P<a>{_YEAR})\s?[-–—]\s?(?P<b>{_YEAR})\b", True),
    ("since", rf"\bfrom\s+(?P<a>{_YEAR})\s+{_ON}", True),
    ("since", rf"\b(?:since|starting in|as of)\s+(?P<a>{_YEAR})\b(?:\s+{_ON})?", True),
    ("since", rf"\b(?P<a>{_YEAR})\s+(?:or|and)\s+(?:later|newer)\b", True),
    ("after", rf"\b(?:after|later than|newer than)\s+(?P<a>{_YEAR})\b", False),
    ("before", rf"\b(?:before|prior to|earlier than|older than)\s+(?P<a>{_YEAR})\b", False),
    ("until", rf"\b(?:until|till|up to|no later than)\s+(?P<a>{_YEAR})\b", False),
    ("until", rf"\b(?P<a>{_YEAR})\s+(?:or|and)\s+(?:earlier|older)\b", True),
    (
        "last",
        r"\b(?:(?:in|from|of|over|during|within)\s+)?(?:the\s+)?(?:last|past|previous)\s+"
        rf"(?:(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}|few|couple\s+of)\s+)?years?\b",
        True,
    ),
    ("last", r"\b(?:(?:in|from|of)\s+)?this\s+year\b", True),
    ("in", rf"\b(?:in|from|during|of)\s+(?P<a>{_YEAR})\b", False),
)
_PATTERNS = tuple((name, re.compile(p, re.IGNORECASE), distinct) for name, p, distinct in _SPANS)
_ONE_ENDED = ("after", "before", "until")
_VAGUE = {"few": 3, "couple of": 2}


@dataclass(frozen=True)
class YearSpan:
    """Years named by `query[start:end]`.

    `distinct`: the form hardly ever belongs to a query's subject when it stands at its end;
    `one_ended`: nor does it among key words, though it may in a question.
    """

    start: int
    end: int
    filters: Filters
    distinct: bool
    one_ended: bool = False


def year_spans(query: str, this_year: int) -> Iterator[YearSpan]:
    """What names years in a query; no two overlap, and ranges that end before they begin go."""
    taken: list[tuple[int, int]] = []
    for name, pattern, distinct in _PATTERNS:
        for match in pattern.finditer(query):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            first, last = _YEARS[name](match, this_year)
            if first is None or last is None or first <= last:
                years = Filters(year_from=first, year_to=last)
                yield YearSpan(start, end, years, distinct, name in _ONE_ENDED)


Range = tuple[int | None, int | None]


def _last(match: re.Match[str], this_year: int) -> Range:
    """The last two years before this one count with it; "last year" is that year alone."""
    words = match.group().casefold()
    if "this" in words:
        return this_year, this_year
    number = match["n"]
    if not number and not words.endswith("years"):
        return this_year - 1, this_year - 1
    return this_year - _number(number or "few"), None


def _number(word: str) -> int:
    word = " ".join(word.casefold().split())
    if word.isdecimal():
        return int(word)
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else _VAGUE[word]


_YEARS: dict[str, Callable[[re.Match[str], int], Range]] = {
    "between": lambda match, _: (int(match["a"]), int(match["b"])),
    "since": lambda match, _: (int(match["a"]), None),
    "after": lambda match, _: (int(match["a"]) + 1, None),
    "before": lambda match, _: (None, int(match["a"]) - 1),
    "until": lambda match, _: (None, int(match["a"])),
    "last": _last,
    "in": lambda match, _: (int(match["a"]), int(match["a"])),
}
