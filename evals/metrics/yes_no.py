"""What an answer to a yes/no question comes to: yes, no or maybe, as PubMedQA asks.

Jin et al. 2019, "PubMedQA: A Dataset for Biomedical Research Question Answering". A verdict counts
where the answer gives it as its first word, or as the only one of the three in its last sentence;
an answer without one is wrong, and how many there are is reported.
"""

import re
from typing import Literal

Verdict = Literal["yes", "no", "maybe"]

_FIRST = re.compile(r"[\s\"'“*_>#-]*(yes|no|maybe)\b(?!\s+(?:one|other|more|longer|such)\b)", re.I)
_ANYWHERE = re.compile(r"\b(yes|maybe|no(?!\s+(?!and\b|or\b)\w))\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_VERDICTS: dict[str, Verdict] = {"yes": "yes", "no": "no", "maybe": "maybe"}


def stated_verdict(text: str) -> Verdict | None:
    """The verdict that an answer states; None where it states none or several."""
    first = _FIRST.match(text)
    if first:
        return _VERDICTS[first[1].casefold()]
    last = _SENTENCE_END.split(text.strip())[-1]
    found = {word.casefold() for word in _ANYWHERE.findall(last)}
    return _VERDICTS[found.pop()] if len(found) == 1 else None
