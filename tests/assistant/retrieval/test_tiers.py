from assistant.answer import Hit
from assistant.retrieval.tiers import in_tiers
from ingest.paper import Paper


def hit(name: str, score: float) -> Hit:
    return Hit(rank=0, paper=Paper(id=name, title=name), score=score)


def scores(*tiers: list[Hit]) -> list[tuple[int, str, float]]:
    return [(h.rank, h.paper.id, h.score) for h in in_tiers(*tiers)]


def test_one_tier_keeps_its_scores() -> None:
    assert scores([hit("a", 0.9), hit("b", 0.4)], []) == [(1, "a", 0.9), (2, "b", 0.4)]


def test_a_higher_tier_has_higher_scores() -> None:
    found = scores([hit("a", 0.1)], [hit("b", 1.0), hit("c", 0.5)])
    assert found == [(1, "a", 0.55), (2, "b", 0.5), (3, "c", 0.25)]


def test_scores_never_rise_with_the_rank() -> None:
    assert scores([hit("a", 0.2), hit("b", 0.8)]) == [(1, "a", 0.2), (2, "b", 0.2)]
    assert in_tiers([]) == []
