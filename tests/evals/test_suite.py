import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest

from evals.errors import DatasetError
from evals.metrics.correctness import stated_facts
from evals.refusals import papers_of
from evals.suite import Item, check_gold, load_suite, shipped_file, shipped_suite
from ingest.paper import Paper, derive_id
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE
from tests.support.shared_data import shared_data

ITEM = {
    "_id": "a",
    "question": "How deep is the lake?",
    "kind": "fact",
    "split": "tune",
    "answerable": True,
    "papers": [{"title": "Lakes of Lapland", "grade": 2}, {"title": "Rivers", "grade": 1}],
    "facts": [["95 m", "95 metres"]],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


def test_items_are_read_and_split(tmp_path: Path) -> None:
    path = write(tmp_path / "s.jsonl", ITEM, ITEM | {"_id": "b", "split": "test"})
    assert [item.id for item in load_suite(path)] == ["a", "b"]
    assert [item.id for item in load_suite(path, "test")] == ["b"]
    assert load_suite(path)[0].facts == (("95 m", "95 metres"),)


def test_gold_is_what_answers_directly(tmp_path: Path) -> None:
    (item,) = load_suite(write(tmp_path / "s.jsonl", ITEM))
    assert item.gold_ids == {derive_id("Lakes of Lapland")}


@pytest.mark.parametrize(
    "broken", ["{", ITEM | {"kind": "riddle"}, ITEM | {"facs": []}, {"_id": "x"}, "[]"]
)
def test_a_broken_item_is_named_by_file_and_line(tmp_path: Path, broken: object) -> None:
    path = write(tmp_path / "s.jsonl", ITEM, broken)
    with pytest.raises(DatasetError, match=r"s\.jsonl:2: "):
        load_suite(path)


def test_what_an_item_must_have(tmp_path: Path) -> None:
    for fields, message in (
        ({"papers": []}, "an answerable item needs a paper of grade 2"),
        ({"answerable": False}, "an unanswerable item needs why_not"),
        ({"kind": "follow-up"}, "a follow-up needs its history"),
        ({"facts": [["95 m", " "]]}, "a spelling of a fact, or a wrong one, is empty"),
        ({"facts": [["95 m"], []]}, "a fact has no spelling"),
        ({"wrong": ["64 m", " "]}, "a spelling of a fact, or a wrong one, is empty"),
        ({"papers": [{"grade": 2}]}, "papers.0: a paper needs a title or an id"),
    ):
        path = write(tmp_path / "s.jsonl", ITEM | fields)
        with pytest.raises(DatasetError, match=rf"s\.jsonl:1: {message}.*README"):
            load_suite(path)


def test_an_id_stands_once(tmp_path: Path) -> None:
    path = write(tmp_path / "s.jsonl", ITEM, ITEM | {"_id": "b"}, ITEM)
    with pytest.raises(DatasetError, match=r"s\.jsonl:3: the _id 'a' stands at .*s\.jsonl:1"):
        load_suite(path)


def test_a_paper_that_the_library_lacks_is_named_with_the_remedy(tmp_path: Path) -> None:
    (item,) = load_suite(write(tmp_path / "s.jsonl", ITEM))
    held = {derive_id("Lakes of Lapland")}
    with pytest.raises(DatasetError, match=r"s\.jsonl:1: .*'Rivers'.*--papers"):
        check_gold([item], held)
    check_gold([item], held | {derive_id("Rivers")})


def test_a_changed_item_has_another_digest() -> None:
    item = Item.model_validate(ITEM)
    assert item.digest == Item.model_validate(ITEM | {"place": "elsewhere:7"}).digest
    assert item.digest != Item.model_validate(ITEM | {"facts": [["96 m"]]}).digest


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_the_shipped_suites_keep_their_promises(name: Literal["sample", "papers-page"]) -> None:
    items = load_suite(shipped_suite(name))
    more = load_suite(shipped_file(f"{name}-unanswerable.jsonl"))
    assert len({item.id for item in (*items, *more)}) == len(items) + len(more)
    assert len({item.question.casefold() for item in items if not item.history}) >= 150
    assert {item.kind for item in items} == {"fact", "list", "compare", "explain", "follow-up"}
    assert sum(not i.answerable for i in items) / len(items) == pytest.approx(1 / 3, abs=0.01)
    assert {item.why_not for item in items if item.why_not} == {i.why_not for i in more}
    assert len(load_suite(shipped_suite(name), "tune")) == pytest.approx(len(items) / 2, abs=6)
    assert not any(item.answerable for item in more)


def test_every_fact_of_the_sample_stands_in_its_papers() -> None:
    notes = {paper.id: paper for paper in read_papers([SAMPLE_FILE]) if isinstance(paper, Paper)}
    for item in load_suite(shipped_suite("sample")):
        texts = "\n".join(notes[paper.paper_id].text for paper in item.papers)
        assert all(stated_facts(texts, item.facts)), item.id


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_no_answer_of_one_half_is_asked_for_in_the_other(
    name: Literal["sample", "papers-page"],
) -> None:
    items = [item for item in load_suite(shipped_suite(name)) if item.answerable]
    tune, test = ([i for i in items if i.split == split] for split in ("tune", "test"))
    for one, other in itertools.product(tune, test):
        if one.gold_ids == other.gold_ids:
            ours, theirs = ({fact[0].casefold() for fact in i.facts} for i in (one, other))
            assert not (ours <= theirs or theirs <= ours), (one.id, other.id)


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_wrong_spellings_contradict_and_nothing_else(
    name: Literal["sample", "papers-page"],
) -> None:
    items = load_suite(shipped_suite(name))
    having = [item for item in items if item.wrong]
    assert len(having) >= 100
    for item in having:
        asked = "\n".join([item.question, *(f"{t.question} {t.answer}" for t in item.history)])
        accepted = {spelling.casefold() for fact in item.facts for spelling in fact}
        assert item.answerable and len(item.wrong) <= 4, item.id
        assert not any(stated_facts(asked, [[spelling] for spelling in item.wrong])), item.id
        assert not accepted & {spelling.casefold() for spelling in item.wrong}, item.id


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_no_wrong_spelling_stands_in_a_paper_of_its_item(
    name: Literal["sample", "papers-page"],
) -> None:
    source = SAMPLE_FILE if name == "sample" else shared_data("papers-page.txt")
    texts = {paper.id: paper.text for paper in read_papers([source]) if isinstance(paper, Paper)}
    for item in load_suite(shipped_suite(name)):
        for paper_id in item.grades:
            found = stated_facts(texts[paper_id], [[spelling] for spelling in item.wrong])
            assert not any(found), (item.id, item.wrong)


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_a_verdict_is_of_a_yes_no_question(name: Literal["sample", "papers-page"]) -> None:
    for item in load_suite(shipped_suite(name)):
        first = item.question.split()[0].casefold()
        assert item.verdict is None or first in {"is", "are", "does", "do", "did", "can", "was"}


def test_the_questions_for_tuning_refusals_are_of_three_kinds_and_none_is_tested_on() -> None:
    items = load_suite(shipped_file("refusals.jsonl"))
    kinds = Counter(item.why_not or "answerable" for item in items)
    assert kinds == {"answerable": 354, "fact_absent": 152, "false_premise": 197}
    assert {item.split for item in items} == {"tune"}
    assert len({item.question.casefold() for item in items}) == len(items)
    assert all(len(item.papers) == 1 for item in items)


def test_the_questions_for_tuning_refusals_are_about_papers_of_litsearch() -> None:
    items = load_suite(shipped_file("refusals.jsonl"))
    found = papers_of(items, shared_data("retrieval/litsearch-inline"))
    assert {paper.title for paper in found} == {i.papers[0].title for i in items}
    assert all(paper.abstract for paper in found)
