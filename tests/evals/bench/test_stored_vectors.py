from pathlib import Path

import numpy as np

from evals.bench.stored_vectors import StoredVectors
from ingest.embedding.encoder import OnnxEncoder
from tests.support.papers import make_papers
from tests.support.vectors import filled, unit


def test_synthetic_vectors_follow_from_the_text(encoder: OnnxEncoder) -> None:
    stored = StoredVectors(encoder)
    one, other = stored.encode(["one text", "another text"])
    assert np.array_equal(one, stored.encode_one("one text"))
    assert not np.array_equal(one, other)
    assert np.linalg.norm(one) == np.float32(1) or abs(np.linalg.norm(one) - 1) < 1e-6
    assert stored.synthetic == 3


def test_vectors_of_a_library_are_taken_over(encoder: OnnxEncoder, tmp_path: Path) -> None:
    paper, stranger = make_papers(2)
    library, _ = filled(tmp_path / "library", [(paper, unit(1, 2, 2))])
    library.close()
    stored = StoredVectors(encoder, tmp_path / "library")
    assert stored.encode_one(paper.text).tolist() == unit(1, 2, 2).tolist()
    assert stored.synthetic == 0
    stored.encode_one(stranger.text)
    assert stored.synthetic == 1
