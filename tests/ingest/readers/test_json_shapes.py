"""Many records without a list: by id, and by column."""

import json
from collections.abc import Sequence

import pytest

from ingest.readers.json_shapes import is_shaped, shaped_records
from ingest.readers.plain_json import PlainJsonReader
from tests.ingest.readers.exports import read

BY_ID = {
    "2001.01234": {"title": "Kites", "abstract": "Fly."},
    "2001.01235": {"title": "Ovens", "abstract": "Bake."},
}
COLUMNS: dict[str, Sequence[object]] = {
    "title": ["Kites", "Ovens"],
    "abstract": ["Fly.", "Bake."],
    "year": [2020, 2021],
}
PANDAS = {name: dict(zip("01", cells, strict=True)) for name, cells in COLUMNS.items()}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("document", [BY_ID, COLUMNS, PANDAS], ids=["id", "columns", "pandas"])
def test_two_papers(document: dict[str, object], indent: int | None) -> None:
    got = read(PlainJsonReader(), json.dumps(document, indent=indent))
    assert [(p.title, p.abstract) for p in got.papers] == [("Kites", "Fly."), ("Ovens", "Bake.")]
    assert not got.failures


def test_the_key_is_the_id_and_the_years_stay_with_their_rows() -> None:
    assert read(PlainJsonReader(), json.dumps(BY_ID)).papers[1].arxiv_id == "2001.01235"
    assert [p.year for p in read(PlainJsonReader(), json.dumps(PANDAS)).papers] == [2020, 2021]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"title": "Kites", "abstract": "Fly."},
        {"title": ["Kites in Crossref"], "subtitle": ["A study"]},
        {"title": ["Kites", "Drachen"], "abstract": "Fly."},
        {"title_s": ["Kites", "Drachen"], "author": ["Lee", "Ng"], "year": 2020, "doi": "10.1/k"},
        {"a": {"title": "Kites"}, "b": 3},
        {"coredata": {"dc:title": "Kites"}},
        {"article": {"title": "Kites"}, "journal": {"title": "Kite J"}},
        [{"title": "Kites"}],
        None,
    ],
)
def test_one_record_is_no_shape(record: object) -> None:
    assert not is_shaped(record)


def test_a_stray_value_among_papers_by_id_is_a_record_without_a_title() -> None:
    papers = {f"p{n}": {"title": f"Kite {n}"} for n in range(20)}
    assert shaped_records({**papers, "count": 20})[-1] == {"id": "count"}
