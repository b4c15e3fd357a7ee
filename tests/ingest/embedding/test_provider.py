import shutil
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from ingest.config import EmbeddingConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.encoder import OnnxEncoder
from ingest.embedding.model_files import embedded_model
from ingest.embedding.provider import sentence_encoder
from ingest.errors import EmbeddingError
from ingest.paper import Paper
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import HttpReply
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import embeddings_json, text_vector
from tests.support.papers import make_papers


def test_the_default_is_embedded_and_shared(encoder: OnnxEncoder) -> None:
    embedding = make_embedding(EmbeddingConfig())
    assert isinstance(embedding, EmbeddedEmbedding)
    assert embedding.encoder is encoder
    assert model_label(EmbeddingConfig()) == encoder.files.name == embedding.model_name


async def test_llama_index_sees_the_encoders_vectors(encoder: OnnxEncoder) -> None:
    embedding = make_embedding(EmbeddingConfig())
    expected = encoder.encode(["one text", "another"])
    assert np.allclose(embedding.get_text_embedding_batch(["one text", "another"]), expected)
    assert np.allclose(embedding.get_query_embedding("one text"), expected[0])
    assert np.allclose(await embedding.aget_query_embedding("another"), expected[1])


def test_a_model_folder_takes_the_embedded_models_place(
    tmp_path: Path, encoder: OnnxEncoder
) -> None:
    embedded = embedded_model()
    shutil.copy(embedded.model, tmp_path / "model.onnx")
    shutil.copy(embedded.tokenizer, tmp_path / "tokenizer.json")
    config = EmbeddingConfig(model_dir=tmp_path, workers=1)
    assert model_label(config) != encoder.files.name
    assert sentence_encoder(config).files.model == tmp_path / "model.onnx"
    vector = make_embedding(config).get_text_embedding("a text")
    assert np.allclose(vector, encoder.encode_one("a text"), atol=1e-6)


@pytest.mark.parametrize(
    ("config", "missing"),
    [
        (EmbeddingConfig(provider="openai-compatible", model="m"), "PAPERS_EMBEDDING__BASE_URL"),
        (
            EmbeddingConfig(provider="openai-compatible", base_url="http://127.0.0.1:1/v1"),
            "PAPERS_EMBEDDING__MODEL",
        ),
        (EmbeddingConfig(provider="openai"), "OPENAI_API_KEY"),
    ],
)
def test_a_missing_setting_is_named(config: EmbeddingConfig, missing: str) -> None:
    with pytest.raises(EmbeddingError, match=missing):
        make_embedding(config)


def test_openai_has_a_default_model() -> None:
    config = EmbeddingConfig(provider="openai", api_key=SecretStr("sk-test"))
    assert model_label(config) == make_embedding(config).model_name == "text-embedding-3-small"


def endpoint(server: OpenAIServer) -> EmbeddingConfig:
    return EmbeddingConfig(
        provider="openai-compatible", base_url=server.base_url, model="m", max_tokens=64
    )


def long_vectors(request: RecordedRequest) -> HttpReply:
    """Vectors three times as long as the server's own."""
    body = embeddings_json({**request.json, "encoding_format": "float"}, 8)
    for item in body["data"]:
        item["embedding"] = [3 * value for value in item["embedding"]]
    return HttpReply(200, body)


def test_papers_come_back_in_order_with_the_vectors_of_their_chunks(
    openai_server: OpenAIServer,
) -> None:
    config = endpoint(openai_server)
    embedder = ChunkEmbedder(make_embedding(config), config)
    long = Paper(id="a", title="T", abstract=" ".join(f"Sentence number {n}." for n in range(40)))
    short = Paper(id="b", title="T", abstract="Short.")
    first, second = embedder.embed([long, short])
    assert (first.paper, second.paper) == (long, short)
    assert len(first.chunks) > 1
    assert [c.part for c in first.chunks] == list(range(len(first.chunks)))
    assert len(second.chunks) == 1
    assert np.allclose(second.chunks[0].vector, text_vector("T\nShort.", 64), atol=1e-6)
    assert first.tokens > second.tokens > 0


def test_vectors_are_stored_at_unit_length(openai_server: OpenAIServer) -> None:
    openai_server.always(long_vectors, "/embeddings")
    config = endpoint(openai_server)
    (done,) = ChunkEmbedder(make_embedding(config), config).embed(make_papers(1))
    assert np.allclose(done.chunks[0].vector, text_vector(done.paper.text, 8), atol=1e-6)
