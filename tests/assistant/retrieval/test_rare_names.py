from pathlib import Path

import pytest

from assistant.retrieval.rare_names import holders, names_in
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("The DESMOND program changes weight", ["DESMOND"]),
        ("Removal of Sox2 and il-18 in mice", ["Sox2", "il-18"]),
        ("Lamins are found in the nucleus. They are bound.", []),
        ("which papers use the Gutenberg corpus?", ["Gutenberg"]),
        ("factors such as BMP4 bind CD40", []),
        ("What binds CD40, for example BMP4?", ["CD40"]),
        ("attention is all you need", []),
        ("", []),
    ],
)
def test_names_are_told_by_capitals_and_digits(query: str, names: list[str]) -> None:
    assert names_in(query) == names


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """Of 1,000 papers one holds DESMOND, two hold GIZA, six hold BERT, which is not rare."""
    held = {1: "DESMOND GIZA", 2: "GIZA", **dict.fromkeys(range(3, 9), "BERT")}
    papers = {
        key: Paper(id=str(key), title="Paper", abstract=held.get(key, "Words."))
        for key in range(1, 1001)
    }
    index = LexicalIndex(tmp_path_factory.mktemp("index"))
    index.replace(papers)
    return index


def test_a_name_is_worth_the_more_the_fewer_hold_it(index: LexicalIndex) -> None:
    found = holders(index, "the GIZA aligner", range(1, 1001))
    # A name of one paper in 1,000 is worth 1, of 5 in 1,000 nothing: (ln 500 - ln 200) / ln 5.
    assert found == {1: pytest.approx(0.5693, abs=1e-4), 2: pytest.approx(0.5693, abs=1e-4)}


def test_a_paper_counts_by_the_rarest_name_it_holds(index: LexicalIndex) -> None:
    found = holders(index, "both GIZA and DESMOND", range(1, 1001))
    assert found[1] == pytest.approx(1)
    assert found[2] < 1


def test_only_given_papers_are_reported(index: LexicalIndex) -> None:
    assert holders(index, "the GIZA aligner", [2, 3]).keys() == {2}


@pytest.mark.parametrize("query", ["the BERT model", "desmond and giza", "of XYZ"])
def test_frequent_and_unknown_words_and_plain_spellings_are_no_rare_names(
    index: LexicalIndex, query: str
) -> None:
    assert holders(index, query, range(1, 1001)) == {}


def test_an_empty_index_holds_no_names(tmp_path: Path) -> None:
    assert holders(LexicalIndex(tmp_path), "the DESMOND program", []) == {}
