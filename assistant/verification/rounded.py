"""Figures that a claim gives roughly and says so: `nearly 98 %` where the source has 97.8 %."""

import re
from collections.abc import Collection

from assistant.verification.spelled import Figure, multiplier

_AROUND = (
    r"about|around|roughly|approximately|approx\.|circa|some|almost|nearly|close to|near|~|≈"
    r"|(?:just|slightly|a little|a bit|a shade|narrowly|barely) (?:under|below|over|above|short of"
    r"|more than|less than|fewer than)"
)
_OVER = r"over|above|more than|greater than|at least|upwards? of|beyond|exceed(?:s|ed|ing)?|tops?"
_UNDER = r"under|below|less than|fewer than|lower than|short of|at most|up to|no more than"
_HEDGE = re.compile(
    rf"(?:^|(?<=[\s(]))(?:(?P<around>{_AROUND})|(?P<over>{_OVER})|(?P<under>{_UNDER}))"
    r"\s?(?:an? )?$",
    re.IGNORECASE,
)
_REACH = 30
_AT_MOST = 0.06
_BEYOND = 0.05
_BEYOND_AT_MOST = 0.12


def is_rounded(claim: str, figure: Figure, held: Collection[float]) -> bool:
    """Whether the claim says that its figure is rough, and one of `held` is rounded to it.

    What is said to be about a figure lies within half a unit of its last digit that is not 0 and
    within 6 % of it; what is said to be over or under it, on that side within 5 %, or within one
    unit and 12 %. `15 thousand` is 15000 without any hedge.
    """
    times = multiplier(claim, figure.end)
    value = figure.value * times
    if times > 1 and value in held:
        return True
    hedge = _HEDGE.search(claim[max(0, figure.start - _REACH) : figure.start])
    if hedge is None:
        return False
    unit = _unit(claim[figure.start : figure.end], figure.value) * times
    if hedge["around"]:
        within = min(unit / 2, _AT_MOST * value) * (1 + 1e-9)
        return any(abs(other - value) <= within for other in held)
    reach = max(_BEYOND * value, min(unit, _BEYOND_AT_MOST * value)) * (1 + 1e-9)
    return any(0 < (other - value if hedge["over"] else value - other) <= reach for other in held)


def _unit(written: str, value: float) -> float:
    """The worth of the last digit that is not 0, or of the last behind a point."""
    digits = written if any(c.isdigit() for c in written) else f"{value:.0f}"
    _, _, behind = digits.partition(".")
    if behind:
        return float(10.0 ** -len(behind))
    plain = re.sub(r"\D", "", digits)
    return float(10.0 ** (len(plain) - len(plain.rstrip("0"))))
