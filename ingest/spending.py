"""What embedding costs in money and time with the model at hand."""

import time
from collections.abc import Sequence
from math import ceil

from ingest.embedding.chunks import ChunkEmbedder
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.paper import Paper
from ingest.pricing import PriceTable

TIMED_TEXTS = 8
SECONDS_A_CALL = 1.0


def cost_of(embedder: ChunkEmbedder, tokens: int, prices: PriceTable) -> float | None:
    """USD for embedding so many tokens; 0 on this machine, None where the price is not known."""
    if isinstance(embedder.embedding, EmbeddedEmbedding):
        return 0.0
    return prices.embedding_cost(embedder.embedding.model_name, tokens)


def seconds_to_embed(
    embedder: ChunkEmbedder, papers: Sequence[Paper], tokens: int, chunks: int
) -> float:
    """Seconds that so many tokens in so many chunks take.

    On this machine by the rate at which a few of the papers are embedded; the time of a text grows
    about with its tokens, and one run before the timed ones loads the model. An endpoint's rate
    would take a paid call to learn: it is taken to answer a batch in `SECONDS_A_CALL`.
    """
    embedding = embedder.embedding
    if not isinstance(embedding, EmbeddedEmbedding):
        calls = ceil(chunks / embedding.embed_batch_size)
        return ceil(calls / (embedding.num_workers or 1)) * SECONDS_A_CALL
    texts = [chunk.text for paper in papers for chunk in embedder.chunks(paper)][:TIMED_TEXTS]
    if not texts:
        return 0.0
    encoder = embedding.encoder
    encoder.encode_one(texts[0])
    started = time.perf_counter()
    encoder.encode(texts)
    elapsed = time.perf_counter() - started
    timed_tokens = sum(embedder.count_tokens(text) for text in texts)
    return round(elapsed * tokens / max(timed_tokens, 1), 3)
