"""The paper that a follow-up takes up: the one that the turn before was about.

"And on CIFAR-100?" asks it of the same paper, however well another one's figure for CIFAR-100 fits
the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Hit
from assistant.extractive.passages import weighted_coverage
from assistant.extractive.question import Kind, analyse, fold, mentions
from ingest.paper import Paper

_LEAST_SHARE = 0.5
"""Of the follow-up's words that the best paper has, by weight, the paper taken up has so many."""


@dataclass(frozen=True)
class TakenUp:
    """A follow-up as it was asked, and the id of the paper that the turn before was about."""

    asked: str
    paper_id: str


def place_of(
    taken_up: TakenUp, hits: Sequence[Hit], best: Paper, weights: dict[str, float]
) -> int | None:
    """Where among the hits the paper stands; None if the follow-up is about another, or a list.

    It is about another if it names what the paper does not mention, or, naming nothing, if it has
    much more in common with the `best`. `weights` are inverse document frequencies.
    """
    at = next((n for n, hit in enumerate(hits) if hit.paper.id == taken_up.paper_id), None)
    asked = analyse(taken_up.asked)
    if at is None or asked.kind is Kind.LIST:
        return None
    text = hits[at].paper.text
    if asked.names:
        folded = fold(text)
        return at if all(mentions(folded, name) for name in asked.names) else None
    own = weighted_coverage(asked.terms, weights, text)
    return at if own >= _LEAST_SHARE * weighted_coverage(asked.terms, weights, best.text) else None
