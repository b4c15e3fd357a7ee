"""Correctness: the share of a question's atomic facts that the answer states.

The fact recall of ALCE's ASQA (Gao et al. 2023, section 4.1: exact match of short answers) and of
the nuggets of TREC (Voorhees 2003). Exact spellings cannot tell a right sentence from one that
denies it, so facts that an answer contradicts are counted apart.
"""

import re
from collections.abc import Sequence

_SPACE_BEFORE_PERCENT = re.compile(r"\s*\\?%")
_JOINED = ("%", "x")
_FIGURE = re.compile(
    r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?)\s?(%|x|percent|points?|times|million|billion)?(?![\w.,]?\d)"
    r"(?!-?\w)"
)


def fact_recall(text: str, facts: Sequence[Sequence[str]]) -> float | None:
    """Share of the facts of which an accepted spelling stands in the text; None without facts.

    Letter case, spaces before a per cent sign and its LaTeX escape do not count; a spelling must
    not be part of a longer word or number.
    """
    return sum(stated_facts(text, facts)) / len(facts) if facts else None


def stated_facts(
    text: str, facts: Sequence[Sequence[str]], wrong: Sequence[str] = ()
) -> list[bool]:
    """For each fact whether the text states it outside of the `wrong` spellings.

    So two figures that are mixed up, "51.6% for BERT-Base", are not taken for stated.
    """
    plain = _plain(text)
    for spelling in wrong:
        plain = re.sub(_whole(_plain(spelling)), " ", plain)
    return [any(_stands(_plain(spelling), plain) for spelling in fact) for fact in facts]


def contradicted_facts(
    text: str, facts: Sequence[Sequence[str]], wrong: Sequence[str], sources: Sequence[str]
) -> list[str]:
    """For each fact what the text states in its place; empty where it states nothing else.

    That is, for a missing fact, a `wrong` spelling that stands in the text, or, where the fact is a
    figure with a unit, a figure with this unit that is in none of the `sources`, the texts of the
    right papers: what they say of other things is not a contradiction.
    """
    plain = _plain(text)
    denied = next((spelling for spelling in wrong if _stands(_plain(spelling), plain)), "")
    known = {figure for source in sources for figure in _figures(source)}
    foreign = sorted(_figures(text) - known)
    return [
        "" if stated else denied or _in_a_unit_of(fact, foreign)
        for stated, fact in zip(stated_facts(text, facts, wrong), facts, strict=True)
    ]


def _in_a_unit_of(fact: Sequence[str], figures: Sequence[tuple[str, str]]) -> str:
    """The first of the figures that has a unit of the fact; empty if none has."""
    units = {unit for spelling in fact for _, unit in _figures(spelling)}
    return next(
        (
            f"{digits}{'' if unit in _JOINED else ' '}{unit}"
            for digits, unit in figures
            if unit in units
        ),
        "",
    )


def _figures(text: str) -> set[tuple[str, str]]:
    """(digits, unit) of each figure that has a unit."""
    found = _FIGURE.findall(_plain(text))
    return {(digits.replace(",", ""), _unit(unit)) for digits, unit in found if unit}


def _unit(unit: str) -> str:
    return {"percent": "%", "times": "x", "point": "points"}.get(unit, unit)


def _plain(text: str) -> str:
    return _SPACE_BEFORE_PERCENT.sub("%", text.casefold())


def _stands(spelling: str, text: str) -> bool:
    return re.search(_whole(spelling), text) is not None


def _whole(spelling: str) -> str:
    """Pattern of the spelling where it is no part of a longer word or number."""
    return rf"(?<![\w.])(?<!\d,){re.escape(spelling)}(?!\w|[.,]\d)"
