import json
from pathlib import Path

import pytest

from evals.bench.corpus import write_corpus
from evals.bench.loading import PARTS, Job
from evals.bench.searching import measure
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.library import Library


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "papers.jsonl"
    write_corpus(path, None, 120)
    return path


@pytest.mark.parametrize("part", PARTS)
def test_every_part_takes_all_papers(part: str, file: Path, tmp_path: Path) -> None:
    taken = PARTS[part](Job(file, tmp_path / part, None, 600.0))
    assert taken["papers"] == taken["chunks"] == 120
    assert taken["seconds"] > 0
    assert taken["peak_mb"] > 10
    json.dumps(taken)


def test_no_time_means_no_papers(file: Path, tmp_path: Path) -> None:
    assert PARTS["library"](Job(file, tmp_path / "library", None, 0.0))["papers"] == 0


def test_a_loaded_library_is_searched(file: Path, tmp_path: Path) -> None:
    PARTS["library"](Job(file, tmp_path / "library", None, 600.0))
    config = LibraryConfig(path=tmp_path / "library")
    with Library.open(config, model_label(EmbeddingConfig())) as library:
        words = [paper.title.split()[0] for paper in library.papers()][:5]
    taken = measure(tmp_path / "library", words, rounds=1)
    assert taken["papers"] == 120
    assert taken["ratio_p50"] == taken["ours_p50"] / taken["bare_p50"]
    assert taken["ours_p95"] >= taken["ours_p50"] > 0
