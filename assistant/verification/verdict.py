"""What a verifier says about one sentence, and what it is."""

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Frozen
from assistant.draft import Quote
from ingest.paper import Paper


class Verdict(Frozen):
    """`support` in [0, 1]; `quotes` holds the best verbatim quote of each paper checked.

    `reason` says in a few words why a sentence is not supported.
    """

    supported: bool
    support: float
    quotes: tuple[Quote, ...] = ()
    reason: str = ""


class Verifier(Protocol):
    """Judges whether papers say what a sentence claims."""

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        """Judge a claim against the papers it cites; without papers it is not supported."""
