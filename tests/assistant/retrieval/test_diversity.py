from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.answer import Hit
from assistant.retrieval.diversity import distinct
from ingest.paper import Paper
from tests.support.vectors import filled, unit

TITLE = "Spline Networks for Image Recognition"


def paper(paper_id: str, title: str = TITLE, **fields: Any) -> Paper:
    return Paper(id=paper_id, title=title, **fields)


def kept(
    folder: Path, *papers: tuple[Paper, npt.NDArray[np.float32]]
) -> list[tuple[str, list[str]]]:
    """Ids of the hits that are left, with the ids of their versions."""
    hits = [Hit(rank=n, paper=p, score=1 / n) for n, (p, _) in enumerate(papers, 1)]
    with filled(folder / "library", papers)[0] as library:
        left = distinct(library, hits)
    return [(hit.paper.id, [version.paper_id for version in hit.versions]) for hit in left]


@pytest.mark.parametrize(
    "title",
    [TITLE, "Spline networks for image recognition.", "Spline-Networks for Image Recognition"],
)
def test_one_title_is_one_paper(tmp_path: Path, title: str) -> None:
    found = kept(
        tmp_path,
        (paper("journal"), unit(1, 0, 0)),
        (paper("between", "Kites"), unit(0, 1, 0)),
        (paper("preprint", title), unit(0, 0, 1)),
    )
    assert found == [("journal", ["preprint"]), ("between", [])]


def test_related_titles_with_one_text_are_one_paper(tmp_path: Path) -> None:
    other = "Spline Networks for Image Recognition and Detection: Extended Version"
    near, far = unit(1, 0.1, 0), unit(1, 1, 0)
    assert kept(tmp_path / "near", (paper("a"), unit(1, 0, 0)), (paper("b", other), near)) == [
        ("a", ["b"])
    ]
    assert kept(tmp_path / "far", (paper("a"), unit(1, 0, 0)), (paper("b", other), far)) == [
        ("a", []),
        ("b", []),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": f"{TITLE} Part I"}, {"title": f"{TITLE} Part II"}),
        (
            {"title": f"Findings of the Shared Task on {TITLE} 2019"},
            {"title": f"Findings of the Shared Task on {TITLE} 2020"},
        ),
        ({"authors": ("Ada Li",)}, {"authors": ("Bo Xu",)}),
        ({"title": "Kites at night"}, {"title": "Sails by day"}),
    ],
)
def test_what_only_looks_alike_stays(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any]
) -> None:
    vector = unit(1, 0, 0)
    found = kept(
        tmp_path,
        (Paper.model_validate({"id": "a", "title": TITLE, **one}), vector),
        (Paper.model_validate({"id": "b", "title": TITLE, **other}), vector),
    )
    assert [paper_id for paper_id, _ in found] == ["a", "b"]


def test_a_title_that_tells_nothing_needs_one_text(tmp_path: Path) -> None:
    apart = kept(
        tmp_path, (paper("a", "Editorial"), unit(1, 0, 0)), (paper("b", "Editorial"), unit(0, 1, 0))
    )
    assert [paper_id for paper_id, _ in apart] == ["a", "b"]


def test_all_versions_go_to_the_best(tmp_path: Path) -> None:
    vectors = [(paper(name), unit(1, n, 0)) for n, name in enumerate("abc")]
    assert kept(tmp_path, *vectors) == [("a", ["b", "c"])]
