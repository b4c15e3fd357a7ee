"""Which papers a list names: by what they are about, and by how the search scored them."""

import pytest

from assistant.answer import Hit
from assistant.extractive.evidence import Evidence, weigh
from assistant.extractive.listed import chance_of_listing, is_listed
from assistant.extractive.question import analyse
from ingest.paper import Paper


def found(score: float) -> Evidence:
    paper = Paper(id="p", title="Ladders of Moss", abstract="Moss climbs. It uses LoRA once.")
    hit = Hit(rank=1, paper=paper, score=score)
    return weigh(analyse("Which works use LoRA?"), hit, (), cosine=0.2, weights={}, unknown=())


@pytest.mark.parametrize(
    ("score", "relevance", "named"),
    [
        (0.95, 0.9, True),
        (0.95, 0.1, True),
        (0.7, 0.9, True),
        (0.0, 0.9, True),
        (0.2, 0.4, False),
        (0.1, 0.01, False),
    ],
)
def test_either_the_search_or_the_relevance_speaks_for_a_paper(
    score: float, relevance: float, named: bool
) -> None:
    assert is_listed(found(score), relevance) is named


def test_both_count() -> None:
    chance = chance_of_listing(found(0.5), 0.5)
    assert chance < chance_of_listing(found(0.6), 0.5)
    assert chance < chance_of_listing(found(0.5), 0.6)


@pytest.mark.parametrize("relevance", [0.0, 1.0])
def test_the_ends_of_relevance_are_no_error(relevance: float) -> None:
    assert 0 < chance_of_listing(found(0.5), relevance) < 1
