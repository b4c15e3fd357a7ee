from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.answer import Filters
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper
from tests.support.vectors import chunks, filled, unit

MEANT = Paper(id="meant", title="Sails", abstract="Canvas pulls a hull.", year=2020)
WORDED = Paper(id="worded", title="Kites", abstract="Wind wind wind.", year=2021, venue="Sky")
NEITHER = Paper(id="neither", title="Ovens", abstract="Bread rises.", year=2022)
QUERY = unit(1, 0, 0)


def embed(_: str) -> npt.NDArray[np.float32]:
    """Every query means the same here; its words differ."""
    return QUERY


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    vectors = [(MEANT, unit(1, 0, 0)), (WORDED, unit(1, 1, 0)), (NEITHER, unit(0, 0, 1))]
    with filled(tmp_path_factory.mktemp("hybrid") / "library", vectors)[0] as library:
        yield library


def search(library: Library, **config: float) -> HybridSearch:
    return HybridSearch(library, embed, RetrievalConfig.model_validate(config))


def test_scores_are_those_of_the_formula(library: Library) -> None:
    found = search(library, dense_weight=0.5, feedback_weight=0).search("wind", 10)
    half = 2**-0.5
    weight = 0.065 / 0.565  # one paper alone holds the word, so the dense side is at its least
    assert {hit.paper.id: hit.score for hit in found.hits} == pytest.approx(
        {"worded": weight * half + 1 - weight, "meant": weight, "neither": 0}, abs=1e-5
    )
    assert {hit.paper.id: hit.dense for hit in found.hits} == pytest.approx(
        {"worded": half, "meant": 1, "neither": 0}, abs=1e-5
    )
    assert [hit.paper.id for hit in found.hits] == ["worded", "meant", "neither"]
    assert [hit.rank for hit in found.hits] == [1, 2, 3]
    lexical = {hit.paper.id: hit.lexical for hit in found.hits}
    assert lexical["meant"] == lexical["neither"] == 0
    assert (lexical["worded"] or 0) > 0


@pytest.mark.parametrize(("weight", "first"), [(1.0, "meant"), (0.0, "worded")])
def test_the_weight_is_obeyed(library: Library, weight: float, first: str) -> None:
    assert search(library, dense_weight=weight).search("wind", 1).hits[0].paper.id == first


def test_a_candidate_of_one_index_is_scored_by_the_other(library: Library) -> None:
    found = search(library, candidates=1, dense_weight=0.5).search("wind", 1)
    (hit,) = found.hits
    assert hit.paper.id == "worded"
    assert hit.dense == pytest.approx(2**-0.5, abs=1e-5)


def test_filters_hold_and_are_reported(library: Library) -> None:
    found = search(library).search("wind", 10, Filters(year_from=2021, venue="sky"))
    assert [hit.paper.id for hit in found.hits] == ["worded"]
    assert found.filters == {"year_from": 2021, "venue": "sky"}
    assert search(library).search("wind", 10, Filters(author="nobody")).hits == ()


@pytest.mark.parametrize("query", ["", "  \n "])
def test_an_empty_query_finds_nothing(library: Library, query: str) -> None:
    assert search(library).search(query, 10).hits == ()


def test_every_step_is_timed(library: Library) -> None:
    timings = search(library).search("wind", 10).timings_ms
    assert timings.keys() == {"embed", "dense", "lexical", "fuse", "total"}
    assert timings["total"] >= sum(timings.values()) - timings["total"]


def test_a_paper_of_many_chunks_is_one_hit(tmp_path: Path) -> None:
    library, _ = filled(tmp_path / "library", [(MEANT, QUERY)])
    with library:
        library.write([(WORDED, chunks(*[unit(1, n, 0) for n in range(1, 9)]))])
        ids = [hit.paper.id for hit in search(library).search("wind", 10).hits]
        assert sorted(ids) == ["meant", "worded"]


def test_the_floor_follows_the_library(tmp_path: Path) -> None:
    library, _ = filled(tmp_path / "library", [(MEANT, QUERY)])
    with library:
        hybrid = search(library, dense_weight=1.0)
        assert hybrid.search("wind", 1).hits[0].score == 0
        library.write([(NEITHER, chunks(unit(0, 0, 1)))])
        assert hybrid.search("wind", 1).hits[0].score == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("query", "paper_id"),
    [
        ("replacing multilayer perceptrons by KANs", "splineblock"),
        ("how long does a coin cell last", "embernet"),
        ("removing unused experts from a language model", "moondrop"),
        ("sea level prediction", "slow"),
        ("Are larger models more robust to rephrasing?", "prompt"),
    ],
)
def test_real_questions_find_their_paper(
    small_library: Library, encoder: OnnxEncoder, query: str, paper_id: str
) -> None:
    hybrid = HybridSearch(small_library, encoder.encode_one, RetrievalConfig())
    assert hybrid.search(query, 3).hits[0].paper.id == paper_id
