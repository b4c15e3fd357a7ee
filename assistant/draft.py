"""What an answerer hands over: sentences with their evidence, not yet numbered."""

from assistant.answer import Frozen
from ingest.paper import Paper


class Quote(Frozen):
    """Evidence: `paper.abstract[start:end]` supports a sentence to the degree `support`, 0 to 1."""

    paper: Paper
    start: int
    end: int
    support: float = 1.0

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.paper.abstract[self.start : self.end]


class DraftSentence(Frozen):
    """One claim. `lead` is shown before it, on the same line, and claims nothing."""

    text: str
    quotes: tuple[Quote, ...]
    lead: str = ""
    supported: bool = True


class Draft(Frozen):
    """An answer before numbering; without sentences it is a refusal and `heading` its text.

    With `table`, each sentence is shown as a row of a table.
    """

    heading: str
    sentences: tuple[DraftSentence, ...] = ()
    table: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything is claimed."""
        return bool(self.sentences)
