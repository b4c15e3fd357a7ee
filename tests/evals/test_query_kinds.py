from pathlib import Path

from assistant.settings import Settings
from evals.beir import BeirFolder
from evals.query_kinds import make_kinds, measure
from ingest.library import Library
from ingest.paper import Paper

LONG = " ".join(["which"] * 24 + ["sails"])
ASKED = BeirFolder(
    Path("corpus.jsonl"),
    "test",
    {"long": LONG, "short": "sails"},
    {"long": {"a": 1}, "short": {"a": 1}},
)
PAPERS = [
    Paper(id="a", title="MAST: Sails", abstract="One sail. Two sails. Three sails end it."),
    Paper(id="b", title="MAST: Poles", abstract="A pole."),
    Paper(id="c", title="Bread: a History", abstract=""),
]


def test_kinds_are_made_from_what_papers_hold() -> None:
    kinds = make_kinds(PAPERS, ASKED)
    assert kinds["exact title"].qrels["MAST: Sails"] == {"a": 1}
    assert kinds["id"].texts.keys() == {"a", "b", "c"}
    assert kinds["last sentence"].qrels == {"Three sails end it.": {"a": 1}}
    assert kinds["acronym"].qrels == {"MAST": {"a": 1, "b": 1}}
    assert kinds["long question"].texts == {"long": LONG}


def test_the_size_holds_and_the_draw_is_the_same_again() -> None:
    one, again = make_kinds(PAPERS, ASKED, 1), make_kinds(PAPERS, ASKED, 1)
    assert one == again
    assert len(one["id"].texts) == 1


def test_ids_are_found_by_search_and_not_by_words(small_library: Library) -> None:
    found = measure(small_library, Settings(), ASKED, 3)
    assert found["id"]["success@1"]["search"] == 1
    assert found["exact title"]["success@1"]["search"] == 1
    assert found["id"]["queries"] == 3
