from pathlib import Path

import pytest

from evals.beir import load_beir, read_corpus
from evals.errors import DatasetError
from tests.evals.beir_folder import DOCS, QRELS, QUERIES, write_beir
from tests.support.shared_data import shared_data


@pytest.mark.parametrize("zipped", [False, True])
def test_queries_and_judgements_of_a_split(tmp_path: Path, zipped: bool) -> None:
    folder = write_beir(
        tmp_path / "b", qrels={"test": QRELS, "dev": [("q4", "d2", 1)]}, zipped=zipped
    )
    beir = load_beir(folder, "test")
    assert beir.queries == {
        "q1": "plumage drizzle",
        "q2": "granite lichen",
        "q3": "waterproof feathers",
    }
    assert beir.qrels == {"q1": {"d1": 1}, "q2": {"d3": 2}, "q3": {"d1": 1}}
    assert beir.relevant == {"d1", "d3"}
    assert load_beir(folder, "dev").queries == {"q4": "in another split"}


@pytest.mark.parametrize("zipped", [False, True])
def test_every_document_is_a_paper_under_its_id(tmp_path: Path, zipped: bool) -> None:
    beir = load_beir(write_beir(tmp_path / "b", ["", *DOCS], zipped=zipped), "test")
    papers = list(read_corpus(beir.corpus))
    assert [(p.id, p.title, p.abstract) for p in papers] == [
        (doc["_id"], doc["title"], doc["text"]) for doc in DOCS
    ]
    assert [p.sources[0].line for p in papers] == [2, 3, 4, 5]


def test_numbers_may_be_ids(tmp_path: Path) -> None:
    docs = [{"_id": 7, "title": "Heron wings", "text": "Plumage."}]
    folder = write_beir(tmp_path / "b", docs, [{"_id": 1, "text": "x"}], {"test": [(1, 7, 1)]})
    beir = load_beir(folder, "test")
    assert (beir.qrels, [p.id for p in read_corpus(beir.corpus)]) == ({"1": {"7": 1}}, ["7"])


def test_a_file_without_a_header_loses_no_line(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "b")
    (folder / "qrels" / "test.tsv").write_text("q1\td1\t1\nq2\td3\t1\n")
    assert load_beir(folder, "test").qrels == {"q1": {"d1": 1}, "q2": {"d3": 1}}


def test_queries_without_a_relevant_document_are_left_out(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "b", qrels={"test": [*QRELS, ("q4", "d1", 0), ("q4", "d2", -1)]})
    assert load_beir(folder, "test").queries.keys() == {"q1", "q2", "q3"}


def test_the_first_queries_in_the_order_of_the_judgements(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "b", qrels={"test": [QRELS[2], QRELS[0], QRELS[1]]})
    some = load_beir(folder, "test").first(2)
    assert list(some.queries) == list(some.qrels) == ["q3", "q1"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("q1\td1", "parted by tabs"),
        ("q1 d1 1", "parted by tabs"),
        ("q1\td1\thigh", "whole number"),
        ("q1\td1\t0.5", "whole number"),
        ("q1\t0\td1\t1", "parted by tabs"),
        ("q9\td1\t1", "query 'q9' is not in"),
        ("q1\td1\t2", "graded otherwise"),
    ],
)
def test_a_broken_judgement_is_named_by_file_and_line(
    tmp_path: Path, row: str, message: str
) -> None:
    folder = write_beir(tmp_path / "b", qrels={"test": [*QRELS, row]})
    with pytest.raises(DatasetError, match=rf"test\.tsv:5: .*{message}"):
        load_beir(folder, "test")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[1]", "not a JSON object"),
        ({"text": "no id"}, 'no "_id"'),
        ({"_id": "q5"}, 'no "text"'),
        ({"_id": "q5", "text": " "}, 'no "text"'),
        ({"_id": "q5", "text": ["x"]}, 'no "text"'),
    ],
)
def test_a_broken_query_is_named_by_file_and_line(
    tmp_path: Path, row: object, message: str
) -> None:
    folder = write_beir(tmp_path / "b", queries=[*QUERIES, row])
    with pytest.raises(DatasetError, match=rf"queries\.jsonl:5: {message}"):
        load_beir(folder, "test")


def test_a_broken_document_is_named_by_file_and_line(tmp_path: Path) -> None:
    beir = load_beir(write_beir(tmp_path / "b", [*DOCS, {"_id": "d5", "title": ["x"]}]), "test")
    with pytest.raises(DatasetError, match=r'corpus\.jsonl:5: no "title"'):
        list(read_corpus(beir.corpus))


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere is no folder"):
        load_beir(tmp_path / "nowhere", "test")
    folder = write_beir(tmp_path / "b", qrels={"dev": QRELS, "train": QRELS})
    with pytest.raises(DatasetError, match=r"test\.tsv is missing; --split may be dev, train"):
        load_beir(folder, "test")
    (folder / "corpus.jsonl").unlink()
    with pytest.raises(DatasetError, match=r"corpus\.jsonl is missing, and so is"):
        load_beir(folder, "dev")
    empty = write_beir(tmp_path / "c", qrels={"test": [("q1", "d1", 0)]})
    with pytest.raises(DatasetError, match="nothing to measure"):
        load_beir(empty, "test")


@pytest.mark.parametrize(
    ("name", "split", "queries", "docs"),
    [("scifact", "train", 809, 5183), ("litsearch-inline", "test", 324, 41270)],
)
def test_real_collections_are_whole(name: str, split: str, queries: int, docs: int) -> None:
    beir = load_beir(shared_data(f"retrieval/{name}"), split)
    ids = [paper.id for paper in read_corpus(beir.corpus)]
    assert (len(beir.queries), len(ids)) == (queries, docs)
    assert beir.relevant <= set(ids)
