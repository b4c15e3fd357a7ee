"""Precision, recall and F1 of refusals: refusing is the positive class."""

from collections.abc import Iterable
from typing import NamedTuple


class Abstention(NamedTuple):
    """`over_refused` is the share of answerable questions that were refused."""

    precision: float
    recall: float
    f1: float
    over_refused: float


def abstention(outcomes: Iterable[tuple[bool, bool]]) -> Abstention:
    """Score (answerable, refused) pairs; a figure without a denominator is 0."""
    pairs = list(outcomes)
    right = sum(refused and not answerable for answerable, refused in pairs)
    refused = sum(refused for _, refused in pairs)
    unanswerable = sum(not answerable for answerable, _ in pairs)
    over = sum(refused and answerable for answerable, refused in pairs)
    precision = right / refused if refused else 0.0
    recall = right / unanswerable if unanswerable else 0.0
    both = precision + recall
    return Abstention(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / both if both else 0.0,
        over_refused=over / (len(pairs) - unanswerable) if len(pairs) > unanswerable else 0.0,
    )
