"""A verifier whose yes can be taken back by a second judge, and whose no stands.

A model that judges may be talked into a yes by text inside a source, and small ones say yes at
random; so a model's verdict is only ever used against a claim, never for it.
"""

from collections.abc import Sequence

from assistant.verification.batch_judge import Pair
from assistant.verification.verdict import Verdict, Verifier
from ingest.paper import Paper

_Key = tuple[str, str]
_REASONS = {
    "contradicted": "the checking model says that the source contradicts it",
    "not_stated": "the checking model says that the source does not state it",
}


class SecondOpinion:
    """Made for one answer. It remembers what it was asked, so that asking again is free."""

    def __init__(self, first: Verifier) -> None:
        self._first = first
        self._known: dict[tuple[str, tuple[str, ...]], Verdict] = {}
        self._asked: dict[_Key, Paper] = {}
        self._against: dict[_Key, str] = {}

    @property
    def open_pairs(self) -> list[Pair]:
        """The claims and sources that the first verifier accepted, in order of asking."""
        return [(claim, paper) for (claim, _), paper in self._asked.items()]

    def object_to(self, claim: str, paper: Paper, verdict: str) -> None:
        """Take the second judge's verdict on a pair; "supported" changes nothing."""
        if verdict in _REASONS:
            self._against[claim, paper.id] = _REASONS[verdict]

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        """The first verifier's verdict, unless the second judge is against it."""
        key = (claim, tuple(paper.id for paper in papers))
        if key not in self._known:
            self._known[key] = self._first.check(claim, papers)
        verdict = self._known[key]
        if verdict.supported and len(papers) == 1:
            self._asked.setdefault((claim, papers[0].id), papers[0])
        reasons = [self._against.get((claim, paper.id)) for paper in papers]
        if not verdict.supported or not reasons or not all(reasons):
            return verdict
        return verdict.model_copy(update={"supported": False, "reason": reasons[0]})
