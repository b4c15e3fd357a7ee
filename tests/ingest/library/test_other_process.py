"""What a reader sees of a library that another process writes to."""

from pathlib import Path

import pytest

from assistant.answer import Filters
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.pipeline import ingest_records
from tests.support.papers import make_papers
from tests.support.processes import output_of

_INGEST_COMET = """
import sys
from pathlib import Path
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.paper import Paper
from ingest.pipeline import ingest_records
paper = Paper(id="comet", title="Comets", abstract="A comet passes twice.", year=2024)
report = ingest_records([paper], LibraryConfig(path=Path(sys.argv[1])), EmbeddingConfig())
print(report.added)
"""

_LEAVE_HALF_WRITTEN = """
import sys
from pathlib import Path
import numpy as np
from ingest.config import LibraryConfig
from ingest.library import Library
from ingest.library.vectors import ChunkVector
from ingest.paper import Paper
paper = Paper(id="comet", title="Comets", abstract="A comet passes twice.", year=2024)
with Library.open(LibraryConfig(path=Path(sys.argv[1])), sys.argv[2]) as library:
    (staged,) = library.records.stage([(paper, 1)])
    vector = np.full(384, 384**-0.5, dtype=np.float32)
    library.dense.upsert([ChunkVector(staged.key, 0, 0, 5, vector)], {staged.key: paper})
"""


def test_new_papers_are_found_without_reopening(tmp_path: Path, encoder: OnnxEncoder) -> None:
    folder = tmp_path / "library"
    config = LibraryConfig(path=folder)
    ingest_records(make_papers(3), config, EmbeddingConfig())
    with Library.open(config, model_label(EmbeddingConfig())) as reader:
        search = HybridSearch(reader, encoder.encode_one, RetrievalConfig(feedback_weight=0))
        before = search.search("passing comet", 5)
        assert "comet" not in [hit.paper.id for hit in before.hits]
        assert output_of(_INGEST_COMET, folder).strip() == "1"
        key = reader.known(["comet"])["comet"].key
        assert reader.stats().papers == 4
        assert reader.search_lexical("comet", 5)[0][0] == key
        assert reader.search_dense(encoder.encode_one("passing comet"), 5)[0][0] == key
        hit = search.search("passing comet", 5, Filters(year_from=2020)).hits[0]
        assert hit.paper.id == "comet"
        assert hit.dense == pytest.approx(
            float(encoder.encode_one("passing comet") @ encoder.encode_one(hit.paper.text)),
            abs=1e-4,
        )


def test_a_batch_that_another_process_is_writing_disturbs_no_search(
    tmp_path: Path, encoder: OnnxEncoder
) -> None:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(make_papers(3), config, EmbeddingConfig())
    label = model_label(EmbeddingConfig())
    with Library.open(config, label) as reader:
        search = HybridSearch(reader, encoder.encode_one, RetrievalConfig(feedback_weight=0))
        expected = [hit.paper.id for hit in search.search("bridge 2 carries carts", 5).hits]
        output_of(_LEAVE_HALF_WRITTEN, config.path, label)
        found = search.search("bridge 2 carries carts", 5, Filters(year_from=1990))
        assert [hit.paper.id for hit in found.hits] == expected


def test_two_readers_in_one_process_both_see_new_papers(
    tmp_path: Path, encoder: OnnxEncoder
) -> None:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(make_papers(3), config, EmbeddingConfig())
    label = model_label(EmbeddingConfig())
    with Library.open(config, label) as one, Library.open(config, label) as other:
        searches = [
            HybridSearch(reader, encoder.encode_one, RetrievalConfig()) for reader in (one, other)
        ]
        for search in searches:
            assert len(search.search("a passing comet", 5).hits) == 3
        output_of(_INGEST_COMET, config.path)
        for search in searches:
            assert search.search("a passing comet", 5).hits[0].paper.id == "comet"
