import json
from pathlib import Path
from typing import Literal

import pytest

from evals.suite import Item, load_suite, shipped_suite
from ingest.paper import derive_id

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
    with pytest.raises(ValueError, match=r"s\.jsonl:2: "):
        load_suite(path)


@pytest.mark.parametrize("name", ["sample", "papers-page"])
def test_the_shipped_suites_keep_their_promises(name: Literal["sample", "papers-page"]) -> None:
    items = load_suite(shipped_suite(name))
    assert len({item.id for item in items}) == len(items) >= 150
    assert len({item.question.casefold() for item in items}) == len(items)
    assert {item.kind for item in items} == {"fact", "list", "compare", "explain", "follow-up"}
    assert 1 / 3 <= sum(not item.answerable for item in items) / len(items) <= 0.6
    assert len(load_suite(shipped_suite(name), "tune")) == pytest.approx(len(items) / 2, abs=3)
    for item in items:
        assert _is_whole(item), item.id


def _is_whole(item: Item) -> bool:
    """An answerable item has gold, any other a reason; a follow-up has a history."""
    grounded = bool(item.gold_ids) if item.answerable else item.why_not is not None
    return grounded and (item.kind != "follow-up" or bool(item.history))
