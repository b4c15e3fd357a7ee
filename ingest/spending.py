"""What embedding costs in money and time with the model at hand."""

import time
from collections.abc import Sequence

from ingest.embedding.chunks import ChunkEmbedder
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.paper import Paper
from ingest.pricing import PriceTable

TIMED_TEXTS = 8


def cost_of(embedder: ChunkEmbedder, tokens: int, prices: PriceTable) -> float | None:
    """USD for embedding so many tokens; 0 on this machine, None where the price is not known."""
    if isinstance(embedder.embedding, EmbeddedEmbedding):
        return 0.0
    return prices.embedding_cost(embedder.embedding.model_name, tokens)


def seconds_to_embed(embedder: ChunkEmbedder, papers: Sequence[Paper], tokens: int) -> float | None:
    """Seconds that so many tokens take, by the rate at which a few of the papers are embedded.

    None for an endpoint, whose rate only a paid call would tell. The time of a text grows about
    with its tokens. One run before the timed ones loads the model.
    """
    if not isinstance(embedder.embedding, EmbeddedEmbedding):
        return None
    texts = [chunk.text for paper in papers for chunk in embedder.chunks(paper)][:TIMED_TEXTS]
    if not texts:
        return 0.0
    encoder = embedder.embedding.encoder
    encoder.encode_one(texts[0])
    started = time.perf_counter()
    encoder.encode(texts)
    elapsed = time.perf_counter() - started
    timed_tokens = sum(embedder.count_tokens(text) for text in texts)
    return round(elapsed * tokens / max(timed_tokens, 1), 3)
