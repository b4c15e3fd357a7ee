"""Scores that `search` leaves out, because they cannot matter, do not matter."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from assistant.answer import Filters
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.paper import Paper
from tests.support.vectors import filled, unit

_WORDS = ("wind", "sail", "hull", "rope", "mast", "keel", "tide", "reef", "buoy", "oar")


@pytest.mark.parametrize("candidates", [3, 10, 40])
@pytest.mark.parametrize("filters", [Filters(), Filters(year_from=2001)])
def test_the_best_are_those_of_all_scores(
    tmp_path: Path, candidates: int, filters: Filters
) -> None:
    random = Random(7)
    papers = [
        Paper(
            id=f"p{n}",
            title=" ".join(random.choices(_WORDS, k=random.randint(1, 12))),
            year=2000 + n % 3,
        )
        for n in range(300)
    ]
    vectors = [unit(*(random.gauss(0, 1) for _ in range(3))) for _ in papers]
    library, _ = filled(tmp_path / "library", list(zip(papers, vectors, strict=True)))
    with library:
        for number, query in enumerate(("wind tide", "oar", "keel reef buoy", "nothing")):
            towards = unit(np.sin(number), np.cos(number), 0.5)
            hybrid = HybridSearch(
                library,
                lambda _, towards=towards: towards,  # type: ignore[misc]
                RetrievalConfig(candidates=candidates, feedback_weight=0),
            )
            found = hybrid.search(query, 3, filters).hits
            fused = hybrid.fuse(hybrid.candidates(query, candidates, filters))
            best = sorted(fused.values(), reverse=True)[:3]
            assert [hit.score for hit in found] == pytest.approx(best, abs=1e-5)
