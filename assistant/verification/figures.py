"""Figures with their units, compared by value: what a claim counts must stand in its source."""

import re

from assistant.extractive.question import fold, mentions
from assistant.verification.ratios import without_shares
from assistant.verification.rounded import is_rounded
from assistant.verification.spelled import spelled
from assistant.verification.surface import figures_of, numbers, written_numbers

_MEASURED = re.compile(
    r"(?<![\w.])(?P<value>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
    r"(?:\s?[-–]\s?\d+(?:\.\d+)?)?(?:\s|-)?"
    r"(?P<unit>(?:%|percent(?:age)?)[ -]points?|%|[×xX](?!\w)|[A-Za-z]+)"
)
_NUMBERED = re.compile(r"(?<![\w-])(?P<name>(?=[a-z-]*[A-Z])[A-Za-z][\w-]*)-\d+(?![\w.-])")
_LAST_WORD = re.compile(r"[ -]")
_UNITS = {
    "%": "% percent percentage",
    "points": "point points pp",
    "x": "x X × times fold",
    "ms": "ms millisecond milliseconds",
    "s": "s sec secs second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years",
    "K": "K k thousand",
    "M": "M million",
    "B": "B bn billion",
    "T": "T trillion",
    "KB": "KB kB",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "mW": "mW",
    "kW": "kW",
    "mm": "mm",
    "cm": "cm",
    "km": "km",
    "mg": "mg",
    "kg": "kg",
}
_MOST_COUNTED = 12
_LARGE = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_UNIT_OF = {written: unit for unit, forms in _UNITS.items() for written in forms.split()}


def measures(text: str) -> set[tuple[float, str]]:
    """Values with their known units; another word behind a figure is no unit."""
    return {
        (float(m.group("value").replace(",", "")), unit)
        for m in _MEASURED.finditer(text)
        if (unit := _UNIT_OF.get(_LAST_WORD.split(m.group("unit"))[-1]))
    }


def unfounded_figure(claim: str, source: str) -> str:
    """The first figure of a claim that its source does not hold, as text; empty if all stand there.

    A figure whose value the source has only with another unit is unfounded too. Numbers in words
    up to twelve are left to `unfounded_count`, and a number that is part of a name (`COVID-19`) is
    none where the source has nothing by that name.
    """
    claim = _without_other_names(_without_shares(claim, source), source)
    if extra := sorted(_unheld(claim, source) - _counts(claim)):
        return f"{extra[0]:.12g}"
    there = measures(source)
    for value, unit in sorted(measures(claim) - there):
        if any(other == value for other, _ in there):
            return f"{value:g} {unit}"
    return ""


def unfounded_count(claim: str, source: str) -> str:
    """The first number in words up to twelve of which the same is true, as text.

    `one` is left out: it is seldom a count. The others may count what the source only lists.
    """
    claim = _without_shares(claim, source)
    extra = sorted(_unheld(claim, source) & _counts(claim) - {1.0})
    return f"{extra[0]:.12g}" if extra else ""


def _without_shares(claim: str, source: str) -> str:
    return without_shares(claim, {value for value, unit in measures(source) if unit == "%"})


def _without_other_names(claim: str, source: str) -> str:
    """The claim without numbered names of which the source has none, under any number."""
    if not _NUMBERED.search(claim):
        return claim
    folded = fold(source)
    return _NUMBERED.sub(lambda m: m[0] if mentions(folded, m["name"]) else m["name"], claim)


def _unheld(claim: str, source: str) -> set[float]:
    """Values of the claim that the source neither holds nor has a closer figure for.

    A closer figure that has only another unit is none; nor does a rough figure excuse the same one
    that is not said to be rough.
    """
    there, said = measures(source), measures(claim)
    held = numbers(source) | {v * _LARGE[unit] for v, unit in there if unit in _LARGE}
    rough: set[float] = set()
    plain: set[float] = set()
    for figure in figures_of(claim):
        units = {unit for value, unit in said if value == figure.value} - _LARGE.keys()
        others = {v for v, unit in there if units and unit not in units}
        alike = held - (others - {v for v, unit in there if unit in units})
        (rough if is_rounded(claim, figure, alike) else plain).add(figure.value)
    return (numbers(claim) | written_numbers(claim)) - held - (rough - plain)


def _counts(claim: str) -> set[float]:
    small = {figure.value for figure in spelled(claim) if figure.value <= _MOST_COUNTED}
    return small - written_numbers(claim)
