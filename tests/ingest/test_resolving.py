"""What incoming records mean for a library; nothing may get lost, and twice does no harm."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.paper import Paper
from tests.ingest.resolved import Shelf, record

ROPE = "Rope bridges of the Andes carry llamas and people across deep gorges every single season."
ROPE_SHORT = "Rope bridges carry llamas and people across gorges."
ROPE_LONG = f"{ROPE} Villages renew every rope bridge together, spending three days in June."
OVEN = "Clay ovens bake flat loaves within minutes because their walls store heat from embers."
TIDE = "Tidal gauges drift after storms, so operators recalibrate sensors against satellites."
TITLE = "Bridges of Rope and Steel"

Runs = tuple[list[Paper], ...]


@pytest.fixture(params=[1, 2, 100], ids=lambda size: f"batches of {size}")
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """An empty store that takes records in small or large batches."""
    shelf = Shelf(tmp_path, request.param)
    yield shelf
    shelf.records.close()


def brief(paper: Paper) -> tuple[str, str]:
    return paper.title, paper.abstract


def rope(file: str, line: int = 1, **fields: Any) -> Paper:
    return record(file, line, **{"title": TITLE, "abstract": ROPE, **fields})


ONE_PAPER: dict[str, tuple[Runs, str, dict[str, object]]] = {
    "an edited abstract": (
        ([rope("a")], [rope("a", abstract=ROPE_LONG)]),
        "updated",
        {"abstract": ROPE_LONG},
    ),
    "a shortened abstract": (
        ([rope("a")], [rope("a", abstract=ROPE_SHORT)]),
        "updated",
        {"abstract": ROPE_SHORT},
    ),
    "an abstract written anew under the source's id": (
        ([rope("a", id="7")], [rope("a", id="7", title="Loaves", abstract=OVEN)]),
        "updated",
        {"title": "Loaves", "abstract": OVEN},
    ),
    "a field that was cleared": (
        ([rope("a", venue="Spans")], [rope("a")]),
        "updated",
        {"venue": None},
    ),
    "a shorter abstract in another file": (
        ([rope("a", year=2020)], [rope("b", abstract=ROPE_SHORT, venue="Spans")]),
        "updated",
        {"abstract": ROPE, "year": 2020, "venue": "Spans"},
    ),
    "the source's id in another file, where the newest is believed": (
        ([rope("a", id="7", year=2020)], [rope("b", id="7", abstract=ROPE_SHORT)]),
        "updated",
        {"abstract": ROPE_SHORT, "year": 2020},
    ),
    "an edit of a record that two files have": (
        ([rope("a", year=2020), rope("b", abstract=ROPE_LONG)], [rope("a", abstract=ROPE_SHORT)]),
        "updated",
        {"abstract": ROPE_SHORT, "year": 2020},
    ),
    "the same DOI": (
        (
            [rope("a", id="7", doi="10.1000/x")],
            [rope("b", id="9", doi="10.1000/X", title=f"{TITLE}: a review", abstract=ROPE_LONG)],
        ),
        "merged",
        {"id": "7", "abstract": ROPE_LONG, "doi": "10.1000/x"},
    ),
    "the same arXiv id, as arXiv's DOI": (
        ([rope("a", arxiv_id="2409.10594")], [rope("b", doi="10.48550/arxiv.2409.10594")]),
        "merged",
        {"id": "arxiv:2409.10594"},
    ),
    "the same title and year": (
        (
            [rope("a", year=2020, arxiv_id="2001.00001")],
            [rope("b", year=2020, doi="10.1000/x", title=TITLE.upper())],
        ),
        "merged",
        {"id": "arxiv:2001.00001", "doi": "10.1000/x", "title": TITLE},
    ),
    "one file without ids that has a paper twice": (
        ([], [rope("a"), rope("a", 2, abstract=ROPE_LONG, doi="10.1000/x")]),
        "merged",
        {"abstract": ROPE_LONG, "doi": "10.1000/x"},
    ),
    "a third record that shows two papers to be one": (
        (
            [rope("a", arxiv_id="2001.00001", year=2020), rope("b", doi="10.1000/x", year=2021)],
            [rope("c", arxiv_id="2001.00001", doi="10.1000/x", year=2021)],
        ),
        "updated",
        {"id": "arxiv:2001.00001", "doi": "10.1000/x"},
    ),
}


@pytest.mark.parametrize(("runs", "verdict", "expected"), ONE_PAPER.values(), ids=list(ONE_PAPER))
def test_one_paper(shelf: Shelf, runs: Runs, verdict: str, expected: dict[str, object]) -> None:
    for earlier in runs[:-1]:
        shelf.take(earlier)
    assert shelf.take(runs[-1])[verdict] == 1
    (paper,) = shelf.papers()
    assert {field: getattr(paper, field) for field in expected} == expected
    assert {source.file for source in paper.sources} == {
        source.file for papers in runs for p in papers for source in p.sources
    }
    assert_nothing_changes(shelf, runs)


SEVERAL_PAPERS: dict[str, list[Paper]] = {
    "ids of the file's own under one title": [
        rope("a", id="1"),
        rope("a", 2, id="2", abstract=ROPE_LONG),
    ],
    "one DOI on two papers": [
        rope("a", doi="10.1000/x"),
        record("a", 2, title="Baking in Clay", abstract=OVEN, doi="10.1000/x"),
    ],
    "editorials": [
        record("a", title="Editorial", abstract=ROPE),
        record("a", 2, title="Editorial", abstract=OVEN),
        record("a", 3, title="Editorial", abstract=TIDE),
    ],
    "editorials of one editor": [
        record("a", n, title="Editorial", abstract=text, year=2020, authors=("Ann Lee",))
        for n, text in enumerate((ROPE, OVEN, TIDE))
    ],
    "editorials in several files": [
        record("a", title="Editorial", abstract=ROPE),
        record("b", title="Editorial", abstract=OVEN),
    ],
    "a title used again in another year": [
        rope("a", year=2010),
        rope("a", 2, year=2020, abstract=OVEN),
    ],
    "two files that number their records": [
        rope("a", id="1"),
        record("b", id="1", title="Baking in Clay", abstract=OVEN),
    ],
    "an id twice in one file": [
        rope("a", id="1"),
        record("a", 2, id="1", title="Baking in Clay", abstract=OVEN),
    ],
    "one id, one short title, two files": [
        record("a", id="1", title="Preface", abstract=ROPE),
        record("b", id="1", title="Preface", abstract=OVEN),
    ],
    "a PubMed id on two papers": [
        record("a", id="pmid:5", title=TITLE, abstract=ROPE),
        record("b", id="pmid:5", title="Baking in Clay", abstract=OVEN),
    ],
}


@pytest.mark.parametrize("papers", SEVERAL_PAPERS.values(), ids=list(SEVERAL_PAPERS))
@pytest.mark.parametrize("backwards", [False, True])
def test_several_papers(shelf: Shelf, papers: list[Paper], backwards: bool) -> None:
    papers = papers[::-1] if backwards else papers
    assert shelf.take(papers)["added"] == len(papers)
    assert sorted(map(brief, shelf.papers())) == sorted(map(brief, papers))
    assert_nothing_changes(shelf, (papers,))
    assert_nothing_changes(shelf, (papers[::-1],))


def assert_nothing_changes(shelf: Shelf, runs: Runs) -> None:
    """Take in what each file holds now once more."""
    before = shelf.papers()
    latest = {s.file: papers for papers in runs for p in papers for s in p.sources}
    now = list({id(p): p for papers in latest.values() for p in papers}.values())
    current = [p for p in now if latest[p.sources[0].file] is _run_of(runs, p)]
    assert shelf.take(current) == {"unchanged": len(current)}
    assert shelf.papers() == before
    assert shelf.embedded == []


def _run_of(runs: Runs, paper: Paper) -> list[Paper]:
    return next(papers for papers in runs if any(p is paper for p in papers))


def test_pairs_that_may_be_one_paper_are_reported(shelf: Shelf) -> None:
    wrong = record("a", 2, title="Baking in Clay", abstract=OVEN, doi="10.1000/x")
    again = rope("a", 3, doi="10.1000/z", year=2020)
    shelf.take([rope("a", doi="10.1000/x", year=2020), wrong, again])
    assert {(one.title, other.title) for one, other in shelf.near} == {
        (TITLE, "Baking in Clay"),
        (TITLE, TITLE),
    }
    assert len(shelf.papers()) == 3


def test_two_edits_in_one_file_each_reach_their_paper(shelf: Shelf) -> None:
    shelf.take([rope("a", id="1"), record("a", 2, id="2", title="Clay", abstract=OVEN)])
    edited = [
        rope("a", id="1", abstract=ROPE_SHORT),
        record("a", 2, id="2", title="Clay", abstract=TIDE),
    ]
    assert shelf.take(edited) == {"updated": 2}
    assert [p.abstract for p in shelf.papers()] == [ROPE_SHORT, TIDE]
    assert shelf.embedded == ["1", "2"]


def test_an_edit_taken_back_is_an_edit(shelf: Shelf) -> None:
    shelf.take([rope("a"), rope("b")])
    shelf.take([rope("a", abstract=ROPE_SHORT), rope("b")])
    assert shelf.papers()[0].abstract == ROPE_SHORT
    assert shelf.take([rope("a")]) == {"updated": 1}
    assert shelf.papers()[0].abstract == ROPE


def test_moved_lines_are_noted_without_embedding(shelf: Shelf) -> None:
    shelf.take([rope("a", 1)])
    assert shelf.take([rope("a", 9)]) == {"unchanged": 1}
    assert shelf.papers()[0].sources[0].line == 9
    assert shelf.embedded == []


def test_two_streams_are_two_files(shelf: Shelf) -> None:
    one, other = rope("a", id="1"), record("a", id="1", title="Clay", abstract=OVEN)
    stdin = {"file": "stdin"}
    for paper in (one, other):
        source = paper.sources[0].model_copy(update=stdin)
        shelf.take([paper.model_copy(update={"sources": (source,)})])
    assert sorted(p.abstract for p in shelf.papers()) == sorted([ROPE, OVEN])


def test_records_without_an_abstract_are_filled_in(shelf: Shelf) -> None:
    shelf.take([rope("a", abstract="", year=2020)])
    assert shelf.take([rope("b", year=2020)]) == {"updated": 1}
    assert [p.abstract for p in shelf.papers()] == [ROPE]


WORDS = ("rope", "clay", "tide", "loom", "kiln", "mast", "seed", "lamp")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "venue": st.sampled_from(["Spans", "arXiv", "Roads and Works"]),
        "authors": st.sampled_from([("Ann Lee",), ("Ann Lee", "Bo Xu")]),
        "url": st.just("https://example.org/p"),
    },
)


@st.composite
def copies(draw: st.DrawFn) -> Paper:
    """A record of one of eight papers, which share neither title nor words."""
    word = draw(st.sampled_from(WORDS))
    number = WORDS.index(word)
    sentences = [f"{word}{n} {word}makers {word}{n}works {word}season{n}." for n in range(6)]
    ids: dict[str, Any] = draw(
        st.sampled_from([{}, {"doi": f"10.1000/{word}"}, {"arxiv_id": f"2001.0000{number}"}])
    )
    return record(
        draw(st.sampled_from("abc")),
        draw(st.integers(1, 9)),
        title=f"The {word} and its {word}makers",
        year=2000 + number,
        abstract=" ".join(sentences[: draw(st.integers(3, 6))]),
        **draw(FIELDS),
        **ids,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a new folder each time it is called."""
    return lambda: tmp_path_factory.mktemp("shelf")


@settings(max_examples=60, deadline=None)
@given(
    papers=st.lists(copies(), min_size=1, max_size=14),
    size=st.integers(1, 5),
    data=st.data(),
)
def test_again_and_in_any_order(
    place: Callable[[], Path], papers: list[Paper], size: int, data: st.DataObject
) -> None:
    shelf, shuffled = Shelf(place(), size), Shelf(place(), size)
    shelf.take(papers)
    assert len(shelf.papers()) == len({paper.title for paper in papers})
    before = shelf.papers()
    assert shelf.take(papers) == {"unchanged": len(papers)}
    assert shelf.papers() == before
    assert shelf.embedded == []
    order = data.draw(st.permutations(papers))
    shuffled.take(order)
    assert {p.title for p in shuffled.papers()} == {p.title for p in before}
    assert len(shuffled.papers()) == len(before)
    assert shelf.take(order) == {"unchanged": len(papers)}
    shelf.records.close()
    shuffled.records.close()
