"""The judge that needs no model server: the assistant's own verifier.

It shares the verifier's blind spots: what a broken verifier lets pass, a judge broken in the same
way calls faithful. Hence a run measures its judge on labelled pairs too (`--pairs`), and the gate
watches that figure.
"""

from collections.abc import Sequence

from assistant.verification import ModelVerifier, Verdict, Verifier
from evals.judging.judge import Judgement, Label
from ingest.paper import Paper

_CONTRADICTED = ("opposite", "contradict", "negation")


class OfflineJudge:
    """A verifier as a judge. A claim that no paper supports alone is held against all together."""

    name = "offline"

    def __init__(self, verifier: Verifier, fingerprint: str) -> None:
        """`fingerprint` names the version of the verifier, such as a hash of the program."""
        self.verifier = verifier
        self.fingerprint = f"offline:{type(verifier).__name__}:{fingerprint}"

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        """The verdict on the best-supporting paper, or on all joined where there are several."""
        if not papers or not claim.strip():
            return Judgement(label="not_supported", score=0.0, reason="no source")
        best = _judgement(Verdict(supported=False, support=0.0))
        for paper in papers:
            found = _judgement(self.verifier.check(claim, [paper]))
            if found.supported:
                return found
            best = max(best, found, key=lambda judgement: judgement.score or 0.0)
        if len(papers) == 1:
            return best
        joint = _judgement(self.verifier.check(claim, [_joined(papers)]))
        return joint if joint.supported else best


def offline_verifier() -> Verifier:
    """The default verifier, for pairs that bring their own sources."""
    return ModelVerifier()


def _judgement(verdict: Verdict) -> Judgement:
    label: Label = "supported" if verdict.supported else "not_supported"
    if not verdict.supported and any(word in verdict.reason for word in _CONTRADICTED):
        label = "contradicted"
    return Judgement(label=label, score=verdict.support, reason=verdict.reason)


def _joined(papers: Sequence[Paper]) -> Paper:
    """One paper that says what all say, for claims that draw on several."""
    return Paper(
        id="+".join(paper.id for paper in papers),
        title=" / ".join(paper.title for paper in papers),
        abstract="\n".join(paper.abstract for paper in papers),
    )
