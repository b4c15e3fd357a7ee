"""Embeds the chunks of papers with whichever model the library uses."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.chunking import SPECIAL_TOKENS, Chunk, chunk_paper
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


class CutPaper(NamedTuple):
    """A paper with its chunks and the tokens that embedding them takes."""

    paper: Paper
    chunks: list[Chunk]
    tokens: int


class _Counts(dict[str, int]):
    """Tokens by text. Many are counted at a time with `learn`, any other when it is asked for."""

    def __init__(self, count_all: Callable[[Sequence[str]], list[int]]) -> None:
        super().__init__()
        self._count_all = count_all

    def learn(self, texts: Sequence[str]) -> None:
        new = [text for text in texts if text not in self]
        self.update(zip(new, self._count_all(new), strict=True))

    def __missing__(self, text: str) -> int:
        self.learn([text])
        return self[text]


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

    def dimension(self) -> int:
        """Length of the model's vectors (one call)."""
        return len(self.embedding.get_text_embedding("dimension"))

    def cut(self, papers: Sequence[Paper]) -> list[CutPaper]:
        """The pieces of papers, with the tokens they take; each text is counted once."""
        counts = _Counts(self._count_all)
        texts = [paper.text for paper in papers]
        counts.learn(texts)
        most = self.max_tokens - SPECIAL_TOKENS
        long = [p for p, text in zip(papers, texts, strict=True) if counts[text] > most]
        counts.learn([part for p in long for part in (p.title, *sentences_of(p.abstract))])
        chunked = [chunk_paper(paper, counts.__getitem__, self.max_tokens) for paper in papers]
        counts.learn([chunk.text for chunks in chunked for chunk in chunks])
        return [
            CutPaper(paper, chunks, sum(counts[chunk.text] for chunk in chunks))
            for paper, chunks in zip(papers, chunked, strict=True)
        ]

    def embed(self, papers: Sequence[Paper]) -> Iterator[EmbeddedPaper]:
        """Yield papers with their vectors, as they are ready."""
        cut = self.cut(papers)
        vectors = self._vectors([chunk.text for one in cut for chunk in one.chunks])
        for paper, chunks, tokens in cut:
            stored = [ChunkVector(0, c.part, c.start, c.end, _unit(next(vectors))) for c in chunks]
            yield EmbeddedPaper(paper, stored, tokens)

    def _count_all(self, texts: Sequence[str]) -> list[int]:
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
