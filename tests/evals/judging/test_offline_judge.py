from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.verification import Verdict
from evals.cache import ContentCache
from evals.judging.cached import CachedJudge
from evals.judging.judge import Judgement
from evals.judging.offline import OfflineJudge
from ingest.paper import Paper


class Words:
    """A verifier by words: a paper supports a claim whose words it holds."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        self.asked.append("+".join(paper.id for paper in papers))
        wanted = set(claim.split())
        share = max(len(wanted & set(p.abstract.split())) / len(wanted) for p in papers)
        reason = "" if share == 1 else "the source says the opposite"
        return Verdict(supported=share == 1, support=share, reason=reason)


A = Paper(id="a", title="A", abstract="red green")
B = Paper(id="b", title="B", abstract="blue green")


@pytest.mark.parametrize(
    ("claim", "papers", "label", "score"),
    [
        ("red", [A, B], "supported", 1),
        ("blue", [A, B], "supported", 1),
        ("red blue", [A, B], "supported", 1),
        ("red blue", [A], "contradicted", 0.5),
        ("red blue black", [A, B], "contradicted", 1 / 3),
        ("red", [], "not_supported", 0),
        (" ", [A], "not_supported", 0),
    ],
)
def test_papers_support_a_claim_alone_or_together(
    claim: str, papers: list[Paper], label: str, score: float
) -> None:
    found = OfflineJudge(Words(), "1").judge(claim, papers)
    assert (found.label, found.score) == (label, score)


def test_the_same_claim_is_judged_once(tmp_path: Path) -> None:
    verifier = Words()
    with ContentCache(tmp_path / "c.sqlite") as cache:
        judge = CachedJudge(OfflineJudge(verifier, "1"), cache)
        assert judge.judge("red", [A]) == judge.judge("red", [A])
        judge.judge("red", [A.model_copy(update={"abstract": "red sea"})])
        newer = CachedJudge(OfflineJudge(verifier, "2"), cache)
        newer.judge("red", [A])
    assert verifier.asked == ["a", "a", "a"]


class Moody:
    """A judge that tells nothing the first time."""

    name = fingerprint = "moody"

    def __init__(self) -> None:
        self.calls = 0

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        self.calls += 1
        return Judgement(label="unjudged" if self.calls == 1 else "supported")


def test_what_was_not_judged_is_tried_again(tmp_path: Path) -> None:
    with ContentCache(tmp_path / "c.sqlite") as cache:
        judge = CachedJudge(Moody(), cache)
        labels = [judge.judge("red", [A]).label for _ in range(3)]
    assert labels == ["unjudged", "supported", "supported"]
