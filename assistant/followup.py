"""Makes a follow-up question stand alone, by rules: it takes up the names of the turn before."""

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.extractive.question import analyse

_ELLIPTIC = re.compile(
    r"^\W*(and|but|or|what about|how about|why|also|then|so)\b|\b(it|its|they|their|them|this|that"
    r"|these|those|he|she|the (paper|papers|method|model|authors?|same|former|latter)"
    r"|which of)\b",
    re.IGNORECASE,
)


def standalone_question(question: str, history: Sequence[Turn]) -> str:
    """The question, followed by the last turn's question where it leans on it.

    A question that stands alone, or that has no turn before it, is returned as it is.
    """
    asked = analyse(question)
    if not history or not (_ELLIPTIC.search(question) and len(asked.terms) <= 6):
        return question
    before = analyse(history[-1].question)
    known = question.casefold()
    carried = [n for n in before.names if n.casefold() not in known]
    carried = carried or [w for w in before.words if w.casefold() in before.content]
    return f"{question} ({' '.join(carried)})" if carried else question
