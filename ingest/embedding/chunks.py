"""Embeds the chunks of papers with whichever model the library uses."""

from collections.abc import Iterator, Sequence
from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.chunking import SPECIAL_TOKENS, Chunk, TokenCounter, chunk_paper
from ingest.config import EmbeddingConfig
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.encoder import Vectors
from ingest.errors import EmbeddingError
from ingest.library.vectors import ChunkVector
from ingest.paper import Paper
from ingest.text import sentences_of
from ingest.tokens import count_tokens


class EmbeddedPaper(NamedTuple):
    """A paper with the vectors of its chunks and the tokens they took."""

    paper: Paper
    chunks: list[ChunkVector]
    tokens: int


class ChunkEmbedder:
    """Cuts papers into chunks and embeds them in order."""

    def __init__(self, embedding: BaseEmbedding, config: EmbeddingConfig) -> None:
        self.embedding = embedding
        self.max_tokens = config.max_tokens

    def count_tokens(self, text: str) -> int:
        """Tokens of a text as the model counts them, or nearly so for endpoints."""
        if isinstance(self.embedding, EmbeddedEmbedding):
            return self.embedding.encoder.count_tokens(text)
        return count_tokens(text, self.embedding.model_name)

    def chunks(self, paper: Paper) -> list[Chunk]:
        """The pieces of a paper."""
        return chunk_paper(paper, self.count_tokens, self.max_tokens)

    def tokens(self, paper: Paper) -> int:
        """Tokens that embedding a paper takes."""
        return sum(self.count_tokens(chunk.text) for chunk in self.chunks(paper))

    def dimension(self) -> int:
        """Length of the model's vectors (one call)."""
        return len(self.embedding.get_text_embedding("dimension"))

    def embed(self, papers: Sequence[Paper]) -> Iterator[EmbeddedPaper]:
        """Yield papers with their vectors, as they are ready."""
        counter = self._remembering_counter(papers)
        cut = [chunk_paper(paper, counter, self.max_tokens) for paper in papers]
        texts = [chunk.text for chunks in cut for chunk in chunks]
        vectors = self._vectors(texts)
        for paper, chunks in zip(papers, cut, strict=True):
            stored = [ChunkVector(0, c.part, c.start, c.end, _unit(next(vectors))) for c in chunks]
            yield EmbeddedPaper(paper, stored, sum(counter(chunk.text) for chunk in chunks))

    def _remembering_counter(self, papers: Sequence[Paper]) -> TokenCounter:
        """Counts each text once, and together what the chunks of these papers will ask for."""
        texts = [paper.text for paper in papers]
        counts = dict(zip(texts, self._counts(texts), strict=True))
        long = [paper for paper in papers if counts[paper.text] > self.max_tokens - SPECIAL_TOKENS]
        parts = [part for paper in long for part in (paper.title, *sentences_of(paper.abstract))]
        counts |= zip(parts, self._counts(parts), strict=True)

        def counter(text: str) -> int:
            if text not in counts:
                counts[text] = self.count_tokens(text)
            return counts[text]

        return counter

    def _counts(self, texts: Sequence[str]) -> list[int]:
        if isinstance(self.embedding, EmbeddedEmbedding):
            return self.embedding.encoder.count_all(texts)
        return [self.count_tokens(text) for text in texts]

    def _vectors(self, texts: list[str]) -> Iterator[Vectors]:
        if isinstance(self.embedding, EmbeddedEmbedding):
            return self.embedding.encoder.encode_stream(texts)
        rows = self.embedding.get_text_embedding_batch(texts)
        return iter(np.asarray(rows, dtype=np.float32))


def _unit(vector: Vectors) -> Vectors:
    """The vector at length 1: endpoints send any length, and the dense floor takes dot products."""
    length = sqrt(float(vector @ vector))
    if not isfinite(length):
        if not np.isfinite(vector).all():
            raise EmbeddingError("the embedding model gave a vector that is not finite")
        length = float(np.linalg.norm(vector.astype(np.float64)))
    return vector / np.float32(max(length, 1e-12))
