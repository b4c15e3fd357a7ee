"""What a verifier says about one sentence, and what it is."""

from collections.abc import Sequence
from typing import Literal, Protocol

from assistant.answer import Frozen
from assistant.draft import Quote
from ingest.paper import Paper


class Verdict(Frozen):
    """`support` in [0, 1]; `quotes` holds the best verbatim quote of each paper checked.

    `reason` says in a few words why a sentence is not supported; `partly` that some of it is.
    """

    supported: bool
    support: float
    quotes: tuple[Quote, ...] = ()
    reason: str = ""
    partly: bool = False

    @property
    def label(self) -> Literal["supported", "partly", "not supported"]:
        """The verdict in a word or two."""
        if self.supported:
            return "supported"
        return "partly" if self.partly else "not supported"


class Verifier(Protocol):
    """Judges whether papers say what a sentence claims."""

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        """Judge a claim against the papers it cites; without papers it is not supported."""
