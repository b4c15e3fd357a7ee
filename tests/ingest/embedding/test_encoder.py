import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from tokenizers import Tokenizer

from ingest.embedding.encoder import OnnxEncoder, Vectors
from ingest.embedding.model_files import ModelFiles, embedded_model
from ingest.embedding.rewire import rewire_to_int8
from ingest.errors import EmbeddingError
from tests.support.papers import own_papers

TEXTS = [paper.text for paper in own_papers()[:5]]


@pytest.fixture(scope="module")
def plain_vector() -> Callable[[str], Vectors]:
    """The model card's recipe on the graph as shipped: mean pooling, then unit length."""
    files = embedded_model()
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    session = onnxruntime.InferenceSession(str(files.model), providers=["CPUExecutionProvider"])

    def encode(text: str) -> Vectors:
        ids = np.asarray([tokenizer.encode(text).ids], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        feeds["token_type_ids"] = np.zeros_like(ids)
        pooled = session.run(None, feeds)[0][0].mean(axis=0)
        return np.asarray(pooled / np.linalg.norm(pooled))

    return encode


def test_vectors_are_unit_length(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: OnnxEncoder) -> None:
    together = encoder.encode([*TEXTS, "short"])
    assert np.array_equal(together[2], encoder.encode_one(TEXTS[2]))
    assert np.array_equal(together, encoder.encode([*TEXTS, "short"]))


def test_meaning_decides(encoder: OnnxEncoder) -> None:
    cat, kitten, tax = encoder.encode(["a sleeping cat", "a kitten naps", "income tax rates"])
    assert cat @ kitten > cat @ tax + 0.2


def test_the_integer_graph_agrees_with_the_shipped_one(
    encoder: OnnxEncoder, plain_vector: Callable[[str], Vectors]
) -> None:
    operators = {node.op_type for node in onnx.load_from_string(rewired()).graph.node}
    assert "MatMulInteger" in operators
    integer = onnxruntime.InferenceSession(rewired(), providers=["CPUExecutionProvider"])
    for text in TEXTS[:3]:
        assert encoder._run(integer, text) @ plain_vector(text) > 0.98


@cache
def rewired() -> bytes:
    return rewire_to_int8(embedded_model().model)


def test_the_encoder_in_use_agrees_with_the_shipped_graph(
    encoder: OnnxEncoder, plain_vector: Callable[[str], Vectors]
) -> None:
    assert encoder.encode_one(TEXTS[0]) @ plain_vector(TEXTS[0]) > 0.98


def test_a_graph_without_int8_weights_is_left_alone(tmp_path: Path) -> None:
    model = onnx.load(str(embedded_model().model))
    del model.graph.node[1:]
    onnx.save(model, str(tmp_path / "model.onnx"))
    with pytest.raises(ValueError, match="no MatMul"):
        rewire_to_int8(tmp_path / "model.onnx")


def test_the_tokenizer_files_truncation_and_padding_are_overridden(encoder: OnnxEncoder) -> None:
    head = "word " * 200
    assert len(encoder.tokenizer.encode("two words").ids) == 4
    assert len(encoder.tokenizer.encode("word " * 400).ids) == 256
    assert not np.array_equal(encoder.encode_one(head + "cats"), encoder.encode_one(head + "taxes"))
    beyond = "word " * 254
    assert np.array_equal(encoder.encode_one(beyond + "cat"), encoder.encode_one(beyond + "tax"))


def test_tokens_are_counted_beyond_the_window(encoder: OnnxEncoder) -> None:
    assert encoder.count_tokens("") == 0
    assert encoder.count_tokens("two words") == 2
    assert encoder.count_tokens("word " * 1000) == 1000


def test_no_texts_and_an_empty_text(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)
    assert np.isclose(np.linalg.norm(encoder.encode_one("")), 1, atol=1e-5)


def test_a_broken_tokenizer_file_is_named(tmp_path: Path) -> None:
    shutil.copy(embedded_model().model, tmp_path / "model.onnx")
    (tmp_path / "tokenizer.json").write_text("{}")
    files = ModelFiles("x", tmp_path / "model.onnx", tmp_path / "tokenizer.json")
    with pytest.raises(EmbeddingError, match=r"tokenizer\.json"):
        OnnxEncoder(files)


def test_a_broken_model_file_is_named(tmp_path: Path) -> None:
    shutil.copy(embedded_model().tokenizer, tmp_path / "tokenizer.json")
    (tmp_path / "model.onnx").write_bytes(b"not an onnx file")
    files = ModelFiles("x", tmp_path / "model.onnx", tmp_path / "tokenizer.json")
    with pytest.raises(EmbeddingError, match=r"model\.onnx"):
        OnnxEncoder(files).encode_one("text")
