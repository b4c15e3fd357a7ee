"""The extractive answerer over a library, asked as the engine asks it."""

from collections.abc import Sequence

from assistant.answer import Hit
from assistant.draft import Draft
from assistant.extractive import ExtractiveAnswerer
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library


class Asked:
    """Retrieves and answers."""

    def __init__(self, library: Library, encoder: OnnxEncoder) -> None:
        self.answerer = ExtractiveAnswerer(library, encoder)
        self._search = HybridSearch(library, encoder.encode_one, RetrievalConfig())

    def hits(self, question: str) -> Sequence[Hit]:
        return self._search.search(question, 10).hits

    def answer(self, question: str) -> Draft:
        return self.answerer.answer(question, self.hits(question))


def cited(draft: Draft) -> set[str]:
    """The ids of the papers that it quotes."""
    return {quote.paper.id for sentence in draft.sentences for quote in sentence.quotes}
