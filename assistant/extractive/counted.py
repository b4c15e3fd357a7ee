"""Whether a source counts what a question asks the number of."""

import re

from assistant.extractive.question import content_stems

_HOW_MANY = re.compile(r"\bhow many\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_END = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|of|for|in|on|at|by|from"
    r"|to|with|when|that|than|the|a|an|as|be|between|and|or|used|needed|make|makes)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = re.compile(
    r"(?<![\w.-])\d[\d,.]*[kKmMbB]?\b(?!\s?%)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;:,()](?=\s|$)")
_BEHIND = re.compile(r"(?P<thing>[\w-]+)(?: \(|: )(?:\w+ ){0,2}\d[\d,.]*[kKmMbB]?\b(?!\s?%)")
_DATA_SETS = re.compile(r"\bdata[ -](?=sets?\b)", re.IGNORECASE)
_REACH = 80
_WORDS_BETWEEN = 5


def thing_counted(question: str) -> str:
    """The stem of what "how many" asks for; empty where nothing is to be counted."""
    found = _HOW_MANY.search(question)
    stems = content_stems(_END.sub("", found["rest"])) if found else []
    return stems[-1] if stems else ""


def counts(source: str, stem: str) -> bool:
    """Whether a number stands shortly before a word of that stem in its clause, or right behind it
    in brackets or after a colon.

    A percentage is a share, not a count. "Data sets" are datasets.
    """
    source = _DATA_SETS.sub("data", source)
    for behind in _BEHIND.finditer(source):
        if stem in content_stems(behind["thing"]):
            return True
    for number in _COUNT.finditer(source):
        after = _CLAUSE_END.split(source[number.end() : number.end() + _REACH], maxsplit=1)[0]
        if stem in content_stems(" ".join(after.split()[:_WORDS_BETWEEN])):
            return True
    return False
