"""Precision, recall and F1 of refusals: refusing is the positive class.

As unanswerable questions are scored in SQuAD 2.0 (Rajpurkar, Jia and Liang 2018) and in Trust-Score
(Song et al. 2024). A partial answer is scored on its parts: an item has a share that it ought to
refuse, an answer the share that it does refuse, and what both have in common is right. Over a suite
precision is the sum of what is right by the sum of what was refused, recall by the sum of what
ought to be; `evals.figures` divides, so that both can be resampled.
"""

from typing import NamedTuple


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
