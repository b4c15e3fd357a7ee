"""The embedding path against a real vLLM server; the chat model serves as an encoder."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from ingest.embedding.endpoint import EndpointEmbedding
from ingest.endpoint_errors import EndpointError
from tests.vllm.server import VLLMServer

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(900)]
KEY = "a-key-for-this-test"
OPTIONS = ("--runner", "pooling", "--convert", "embed", "--dtype", "float32")


def test_vectors_long_texts_and_keys(vllm_home: Path, tmp_path: Path) -> None:
    log = tmp_path / "embeddings.log"
    with VLLMServer(vllm_home, log, *OPTIONS, "--max-model-len", "256", key=KEY) as server:
        embedding = EndpointEmbedding(server.base_url, "smollm2", api_key=SecretStr(KEY))
        texts = ["a cat sleeps", "the stock market fell", "a cat sleeps", "", "word " * 2000]
        rows = np.asarray(embedding.get_text_embedding_batch(texts))
        assert rows.shape[0] == len(texts)
        assert np.allclose(rows[0], rows[2], atol=1e-3)
        assert not np.allclose(rows[0], rows[1], atol=1e-2)
        assert embedding.tokens_used > 0
        wrong = EndpointEmbedding(server.base_url, "smollm2", api_key=SecretStr("other"))
        with pytest.raises(EndpointError, match="PAPERS_EMBEDDING__API_KEY") as caught:
            wrong.get_text_embedding("a cat")
        assert caught.value.kind == "auth"
