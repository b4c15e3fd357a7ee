"""Twins: side by side in training, and unanswered questions marked where they differ from theirs.

Of a question that an abstract answers and its twin that it does not, the words that only the twin
has are what is wrong with it: a mark for each word, where the label alone is one for the question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from evals.verifier.lines import Line, WrittenQuestion
from evals.verifier.pairs import Pair
from evals.verifier.sources import Abstract
from ingest.text import Span

LEAST_ALIKE = 0.5
_WORD = re.compile(r"\w+|[^\w\s]")

Told = TypeVar("Told", bound=Line)


def twinned(told: Sequence[tuple[Told, Abstract, Pair]]) -> list[tuple[Told, Abstract, Pair]]:
    """The same; both of each twins get one `twin`, and the unanswered question what is wrong."""
    made = list(told)
    for at, ((line, abstract, pair), (other, its, beside)) in enumerate(pairwise(told)):
        if not line.twin_of(other):
            continue
        made[at] = line, abstract, replace(pair, twin=line.id)
        wrong = beside.wrong
        if isinstance(line, WrittenQuestion) and isinstance(other, WrittenQuestion):
            wrong = differing(line.question, other.question) or None
        made[at + 1] = other, its, replace(beside, twin=line.id, wrong=wrong)
    return made


def differing(answered: str, unanswered: str) -> tuple[Span, ...]:
    """Spans of words in `unanswered` that `answered` does not have in that place.

    Nothing where the two are worded too unlike each other for that to tell anything.
    """
    words = [*_WORD.finditer(unanswered)]
    left, right = _WORD.findall(answered.lower()), [word[0].lower() for word in words]
    matched = SequenceMatcher(None, left, right, autojunk=False)
    if matched.ratio() < LEAST_ALIKE:
        return ()
    return tuple(
        Span(words[first].start(), words[last - 1].end())
        for tag, _, _, first, last in matched.get_opcodes()
        if tag in ("replace", "insert")
    )
