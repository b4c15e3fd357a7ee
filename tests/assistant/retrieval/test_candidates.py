from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Filters
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.paper import Paper
from tests.support.vectors import filled, unit

MEANT = Paper(id="meant", title="Sails", abstract="Canvas pulls a hull.", year=2020)
WORDED = Paper(id="worded", title="Kites", abstract="Wind wind wind.", year=2021)
NEITHER = Paper(id="neither", title="Ovens", abstract="Bread rises.", year=2022)
VECTORS = [(MEANT, unit(1, 0, 0)), (WORDED, unit(1, 1, 0)), (NEITHER, unit(0, 0, 1))]


def search_in(folder: Path, **config: float) -> HybridSearch:
    library, _ = filled(folder / "library", VECTORS)
    return HybridSearch(library, lambda _: unit(1, 0, 0), RetrievalConfig.model_validate(config))


def by_id(search: HybridSearch, scores: Mapping[int, float]) -> dict[str, float]:
    papers = search.library.records.by_keys(list(scores))
    return {papers[key].id: score for key, score in scores.items()}


def test_a_candidate_of_either_index_has_both_scores(tmp_path: Path) -> None:
    search = search_in(tmp_path)
    found = search.candidates("wind", 1)
    assert by_id(search, found.dense) == pytest.approx({"meant": 1, "worded": 2**-0.5}, abs=1e-6)
    assert by_id(search, found.lexical).keys() == {"worded"}
    assert found.query == "wind"
    assert np.array_equal(found.vector, unit(1, 0, 0))
    assert found.dense_floor == pytest.approx(0, abs=1e-6)
    search.library.close()


def test_depth_and_filters_bound_the_candidates(tmp_path: Path) -> None:
    search = search_in(tmp_path)
    assert by_id(search, search.candidates("wind", 3).dense).keys() == {
        "meant",
        "worded",
        "neither",
    }
    late = search.candidates("wind", 3, Filters(year_from=2021))
    assert by_id(search, late.dense).keys() == {"worded", "neither"}
    search.library.close()


@pytest.mark.parametrize("query", ["", " \n"])
def test_an_empty_query_has_no_candidates(tmp_path: Path, query: str) -> None:
    search = search_in(tmp_path)
    found = search.candidates(query, 10)
    assert (found.dense, found.lexical, len(found.vector)) == ({}, {}, 0)
    assert search.fuse(found) == {}
    search.library.close()


def test_fused_candidates_are_the_hits_of_a_search(tmp_path: Path) -> None:
    search = search_in(tmp_path, dense_weight=0.3)
    fused = by_id(search, search.rank(search.candidates("wind", 10)))
    hits = search.search("wind", 10).hits
    assert {hit.paper.id: hit.score for hit in hits} == pytest.approx(fused, abs=1e-6)
    search.library.close()
