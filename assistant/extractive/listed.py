"""Which of the papers found a list names: those that bear on the question.

A paper may say in one sentence what a list asks for, so that as a whole it is hardly relevant, and
yet come up far before the others: the score of the search counts beside its relevance. But a score
only tells the papers of one search apart. Where all are alike it tells little, so that great
relevance is enough.
"""

import math
from functools import lru_cache

from assistant.extractive.decision import Logistic, shipped
from assistant.extractive.evidence import Evidence

_LEAST = 1e-6
_SURELY = 0.9


def is_listed(evidence: Evidence, relevance: float) -> bool:
    """Whether a list names the paper, of which `relevance` in [0, 1] is known."""
    likely = chance_of_listing(evidence, relevance) >= listed_decision().threshold
    return likely or relevance >= _SURELY


def chance_of_listing(evidence: Evidence, relevance: float) -> float:
    """Probability that the paper belongs in the list."""
    return listed_decision().probability(listed_features(evidence, relevance))


def listed_features(evidence: Evidence, relevance: float) -> tuple[float, ...]:
    """What the decision weighs, in its order."""
    bounded = min(max(relevance, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded)), evidence.hit.score


@lru_cache(maxsize=1)
def listed_decision() -> Logistic:
    """The shipped decision, made by `python -m evals.fit_listed`."""
    return shipped(Logistic, "listed.json")
