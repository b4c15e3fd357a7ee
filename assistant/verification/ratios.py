"""Shares that are given as so many in so many: `one in five` where the source has 19.4 %."""

import re
from collections.abc import Collection

from assistant.verification.spelled import spelled

_SHARE = re.compile(
    r"\b(?P<part>one|two|three|four|five|six|seven|eight|nine|\d+)(?: (?!in\b|out\b)[a-z]+){0,2}"
    r" (?:in|out of)(?: every)? (?P<whole>[a-z]+(?:-[a-z]+)?|\d+)\b"
    r"(?!-| (?:hundred|thousand|million))",
    re.IGNORECASE,
)
_MOST = 100
_WITHIN = 0.125


def without_shares(claim: str, percentages: Collection[float]) -> str:
    """The claim without the shares that a percentage of its source lies within an eighth of."""
    return _SHARE.sub(lambda m: "" if _is_near(m, percentages) else m[0], claim)


def _is_near(match: re.Match[str], percentages: Collection[float]) -> bool:
    part, whole = (_value(match[name]) for name in ("part", "whole"))
    if not 0 < part < whole <= _MOST:
        return False
    share = 100 * part / whole
    return any(abs(share - other) <= _WITHIN * share for other in percentages)


def _value(word: str) -> float:
    """The number that a word or digits stand for; 0 if none."""
    if word.isdigit():
        return float(word)
    found = spelled(word)
    return found[0].value if len(found) == 1 else 0.0
