"""Precision, recall and F1 of refusals: refusing is the positive class.

As unanswerable questions are scored in SQuAD 2.0 (Rajpurkar, Jia and Liang 2018) and in Trust-Score
(Song et al. 2024). A partial answer is scored on its parts: an item has a share that it ought to
refuse, an answer the share that it does refuse, and what both have in common is right.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Abstention(NamedTuple):
    """`over_refused` is the share of what could have been answered that was refused."""

    precision: float
    recall: float
    f1: float
    over_refused: float


class Refusal(NamedTuple):
    """Shares in [0, 1] of one item: what ought to be refused, and what was."""

    due: float
    made: float

    @property
    def right(self) -> float:
        """What was rightly refused."""
        return min(self.due, self.made)


def refusal(
    *, answerable: bool, refused: bool, facts: int, missing: int, left_open: int
) -> Refusal:
    """The shares of one item and its answer.

    The item asks for `facts` that the library holds and `missing` parts that it lacks; the answer
    states that `left_open` parts are not in the library.
    """
    parts = max(facts, 1) + missing
    due = missing / parts if answerable else 1.0
    made = 1.0 if refused else min(left_open, parts) / parts
    return Refusal(due, made)


def abstention(refusals: Iterable[Refusal]) -> Abstention:
    """Score the refusals of a suite; a figure without a denominator is 0."""
    found = list(refusals)
    right = sum(one.right for one in found)
    made = sum(one.made for one in found)
    due = sum(one.due for one in found)
    answerable = len(found) - due
    return Abstention(
        precision=right / made if made else 0.0,
        recall=right / due if due else 0.0,
        f1=2 * right / (made + due) if made + due else 0.0,
        over_refused=(made - right) / answerable if answerable else 0.0,
    )
