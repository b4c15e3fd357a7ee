"""Which sentences of an abstract are quoted: those that answer the question.

The trained comparer reads each on its own, under the paper's title; what it says is weighed beside
what words and vectors tell: of the sentences of one abstract, which is the answer?
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.extractive.decision import shipped
from assistant.extractive.passages import Passage, without_quoted
from assistant.extractive.question import Question
from assistant.verification.comparer import Comparer
from assistant.verification.windows import with_title


class Quoting(BaseModel):
    """A weight for each of `Passage.features`, and the last for the comparer's logit."""

    model_config = ConfigDict(frozen=True)

    weights: tuple[float, ...]


@lru_cache(maxsize=1)
def quoting() -> Quoting:
    """The shipped weights, made by `python -m evals.fit_quoting`."""
    return shipped(Quoting, "quoting.json")


def by_answer(
    question: Question, passages: Sequence[Passage], comparer: Comparer, most: int
) -> list[Passage]:
    """The passages of one paper that may be the answer, the likeliest first.

    The comparer reads the `most` that come first without it. `score` is the chance of being the
    answer, in [0, 1]; together they come to 1 (Luce, 1959).
    """
    *plain, by_comparer = quoting().weights
    unread = _ordered(passages, [float(np.dot(p.features(question), plain)) for p in passages])
    read = unread[:most]
    if not read:
        return []
    weighed = [p.score + by_comparer * said_to_answer(question, p, comparer) for p in read]
    chances = np.exp(np.array(weighed) - max(weighed))
    return _ordered(read, (chances / chances.sum()).tolist())


def said_to_answer(question: Question, passage: Passage, comparer: Comparer) -> float:
    """The comparer's logit of the sentence, on its own, answering the question."""
    alone = with_title(passage.paper.title, [without_quoted(passage.text)])
    return comparer.read(question.text, alone).support


def _ordered(passages: Sequence[Passage], scores: Sequence[float]) -> list[Passage]:
    scored = [replace(p, score=score) for p, score in zip(passages, scores, strict=True)]
    return sorted(scored, key=lambda passage: -passage.score)
