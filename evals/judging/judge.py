"""What a judge says about one claim, and what it is."""

from collections.abc import Sequence
from typing import Literal, Protocol

from assistant.answer import Frozen
from ingest.paper import Paper

Label = Literal["supported", "contradicted", "not_supported", "unjudged"]


class Judgement(Frozen):
    """A verdict. `score` in [0, 1] is the support behind it; None where it was not judged.

    `reason` says in a few words why a claim is not supported, or why nothing could be said.
    """

    label: Label
    score: float | None = None
    reason: str = ""

    @property
    def supported(self) -> bool | None:
        """Whether the papers say so; None where the judge did not tell."""
        return None if self.label == "unjudged" else self.label == "supported"


class Judge(Protocol):
    """Tells whether papers, read together, say what a claim says. Safe to share by threads."""

    @property
    def name(self) -> str:
        """Who judges, in a word or two."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever a verdict may; verdicts are cached under it."""

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        """Judge a claim; without papers it is not supported. Never raises for one claim."""
