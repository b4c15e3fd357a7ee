"""Which side of a comparison a question puts ahead."""

import re

_AHEAD = re.compile(
    r"\b(?:outperform\w*|beats?|beaten|surpass\w*|exceeds?|better than|better \w+ than|higher than"
    r"|faster than|stronger than|more (?:\w+ ){1,3}than|ahead of|superior to"
    r"|(?:do|does|did|perform|performs) (?:so much |much |so )?better (?:\w+ ){0,3}than"
    r"|wins? (?:over|against)|comes? out ahead of|instead of|rather than)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:worse (?:\w+ ){0,4}than|lower than|slower (?:\w+ )?than|smaller than"
    r"|less (?:\w+ ){1,3}than|inferior to|underperforms?|trail(?:s|ed)?"
    r"|los(?:e|es) (?:out )?(?:to|against)|falls? (?:short of|behind)|lags? behind"
    r"|(?:far|comes?) behind|behind(?= (?-i:[A-Z]))|weaker than|fewer (?:\w+ )?than)\b",
    re.IGNORECASE,
)


def sides(text: str) -> tuple[str, str] | None:
    """What a text puts ahead and what behind; None where it does not compare.

    None too where nothing stands before the comparing words, as in "faster than A is B": which
    words behind them are which side is not told.
    """
    found = _BEHIND.search(text)
    ahead = found is None
    found = found or _AHEAD.search(text)
    if found is None or not re.search(r"\w", text[: found.start()]):
        return None
    before, after = text[: found.start()], text[found.end() :]
    return (before, after) if ahead else (after, before)
