"""Correctness: the share of a question's atomic facts that the answer states."""

import re
from collections.abc import Sequence

_SPACE_BEFORE_PERCENT = re.compile(r"\s*\\?%")


def fact_recall(text: str, facts: Sequence[Sequence[str]]) -> float | None:
    """Share of the facts of which an accepted spelling stands in the text; None without facts.

    Letter case, spaces before a per cent sign and its LaTeX escape do not count; a spelling must
    not be part of a longer word or number.
    """
    if not facts:
        return None
    plain = _plain(text)
    return sum(any(_stands(_plain(s), plain) for s in spellings) for spellings in facts) / len(
        facts
    )


def _plain(text: str) -> str:
    return _SPACE_BEFORE_PERCENT.sub("%", text.casefold())


def _stands(spelling: str, text: str) -> bool:
    return re.search(rf"(?<![\w.])(?<!\d,){re.escape(spelling)}(?!\w|[.,]\d)", text) is not None
