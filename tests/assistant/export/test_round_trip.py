"""What is exported is read again by our own readers: the same papers, in the same order."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation
from assistant.export import FORMATS, cited_papers, export_papers
from assistant.export.registry import FormatError
from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.readers import Failure, Source, detect
from ingest.text import one_line
from tests.support.papers import own_papers

AWKWARD = Paper(
    id="title:x",
    title="50% of {Braces} & #tags_: a $O(n^2)$ bound ~ for 3$ -- ``quoted''",
    abstract="It costs 5$ \\alpha and 6$; <b>bold</b> α = β. @article{x, title={y}}\nTY  - JOUR",
    authors=("Ludwig van Beethoven", "José Núñez", "Plato", "Group for Bees and Wasps"),
    year=1999,
    venue="Journal of {Odd} Names, B&B",
    url="https://papers.example/a_b?c=d%20e&f=~g#h",
    doi="10.1234/ab_c(d)e",
    arxiv_id="2409.10594",
)


def read_again(text: str) -> list[Paper]:
    source = Source("export", data=text.encode())
    records = list(detect(source).read(source))
    assert not [r for r in records if isinstance(r, Failure)]
    return [r for r in records if isinstance(r, Paper)]


def fields(paper: Paper) -> tuple[object, ...]:
    kept = (paper.title, one_line(paper.abstract), paper.authors, paper.year, paper.venue)
    return (*kept, paper.url, paper.doi, paper.arxiv_id)


@pytest.mark.parametrize("name", FORMATS)
def test_papers_come_back_in_order(name: str) -> None:
    papers = own_papers()
    assert list(map(fields, read_again(export_papers(papers, name)))) == list(map(fields, papers))


@pytest.mark.parametrize("name", FORMATS)
def test_awkward_characters_come_back(name: str) -> None:
    (found,) = read_again(export_papers([AWKWARD], name))
    assert fields(found) == fields(AWKWARD)


@settings(max_examples=80, deadline=None)
@example("$%$", "bibtex")
@example("$a & b#$", "bibtex")
@given(st.text("ab \\{}%&#$_~^-`'\"@,=<>äλ", max_size=30), st.sampled_from(sorted(FORMATS)))
def test_any_title_comes_back(text: str, name: str) -> None:
    title = one_line(f"Ox {text} yz")
    (found,) = read_again(export_papers([Paper(id="a", title=title, abstract=title)], name))
    assert (found.title, found.abstract) == (title, title)


def test_what_is_written_is_ingested_as_a_file(tmp_path: Path) -> None:
    for name, written in FORMATS.items():
        path = tmp_path / f"papers.{written.suffix}"
        path.write_text(export_papers(own_papers(), name), encoding="utf-8")
    assert len(list(read_papers([tmp_path]))) == 3 * len(own_papers())


def test_keys_differ_and_are_plain() -> None:
    twice = [AWKWARD, AWKWARD.model_copy(update={"id": "y"})]
    first, second = json.loads(export_papers(twice, "csl-json"))
    assert (first["id"], second["id"]) == ("beethoven199950", "beethoven199950-2")


def test_names_are_parted_where_that_is_certain() -> None:
    (item,) = json.loads(export_papers([AWKWARD], "csl-json"))
    assert item["author"][0] == {"family": "van Beethoven", "given": "Ludwig"}
    assert item["author"][2] == {"literal": "Plato"}


def test_no_paper_makes_no_record() -> None:
    assert [export_papers([], name).strip() for name in FORMATS] == ["", "", "[]"]
    with pytest.raises(FormatError, match="bibtex, ris, csl-json"):
        export_papers([], "endnote")


def test_exactly_the_cited_papers_in_the_order_of_their_numbers() -> None:
    a, b, c = own_papers()[:3]
    cited = [
        Citation(number=n, paper=p, quote=p.abstract[:9], start=0, end=9, support=1.0)
        for n, p in ((3, a), (1, c), (3, a), (1, c))
    ]
    answer = Answer(question="q", status="answered", text="", citations=tuple(cited))
    assert cited_papers(answer) == [c, a]
    assert b not in cited_papers(answer)
