from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.library.filters import PaperFilter
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper


def paper(title: str, abstract: str = "") -> Paper:
    return Paper(id=title, title=title, abstract=abstract)


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path)
    index.replace(
        {
            1: paper("Training MLPs", "Networks of multilayer perceptrons."),
            2: paper("$\\gamma$-MoD and M^{2}UGen", "Mixtures of depths."),
            3: paper("Naïve café surveys", "Résumés of baristas."),
        }
    )
    return index


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("network", 1),
        ("TRAINED", 1),
        ("MLP", 1),
        ("mlps", 1),
        ("γ-MoD", 2),
        ("gamma mod", 2),
        ("M2UGen", 2),
        ("M²UGen", 2),
        ("naive cafe", 3),
        ("resume", 3),
    ],
)
def test_spellings_meet(index: LexicalIndex, query: str, key: int) -> None:
    assert [found for found, _ in index.search(query, 10)] == [key]


def test_rare_words_weigh_more_than_common_ones(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    common = {n: paper(f"Common word {n}") for n in range(1, 9)}
    index.replace({**common, 9: paper("Rare zebra word")})
    assert index.search("common zebra", 1)[0][0] == 9


def test_scores_of_given_papers_are_those_of_the_search(index: LexicalIndex) -> None:
    found = dict(index.search("networks of mixtures of cafe", 10))
    scores = index.scores("networks of mixtures of cafe", [1, 2, 3, 99])
    assert scores.keys() == found.keys() == {1, 2, 3}
    for key, score in found.items():
        assert scores[key] == pytest.approx(score, rel=1e-5)


def test_document_frequency_counts_papers_by_their_stems(index: LexicalIndex) -> None:
    (stem,) = index.terms("networks")
    assert index.document_frequency(stem) == 1
    assert index.document_frequency("zebra") == 0


def test_a_paper_is_replaced_not_doubled(index: LexicalIndex) -> None:
    index.replace({1: paper("Something else")})
    assert index.count == 3
    assert index.search("perceptrons", 10) == []
    index.replace({}, [1, 2])
    assert index.count == 1


def test_a_query_of_many_words_is_bounded(index: LexicalIndex) -> None:
    words = " ".join(f"word{n}" for n in range(20_000))
    assert index.search(f"cafe {words}", 10)[0][0] == 3


def test_another_instance_sees_a_commit_after_reload(tmp_path: Path) -> None:
    writer, reader = LexicalIndex(tmp_path), LexicalIndex(tmp_path)
    writer.replace({1: paper("Zebra")})
    reader.reload()
    assert [key for key, _ in reader.search("zebra", 5)] == [1]


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    LexicalIndex(tmp_path)
    (tmp_path / "tantivy" / "meta.json").write_text("{broken")
    with pytest.raises(LibraryError, match="tantivy"):
        LexicalIndex(tmp_path)


def test_phrases_are_words_in_order(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.replace(
        {
            1: paper("Routing", "A mixture of experts for words."),
            2: paper("Experts", "Of a mixture, no experts."),
            3: paper("Mixtures of experts and γ-MoD"),
        }
    )
    assert {key for key, _ in index.with_phrases(["mixture of experts"], 10)} == {1, 3}
    assert {key for key, _ in index.with_phrases(["Gamma-MoD", "of experts"], 10)} == {3}
    assert [key for key, _ in index.with_phrases(["routing"], 10)] == [1]
    assert index.with_phrases(["?!"], 10) == index.with_phrases([], 10) == []
    only = PaperFilter(year_from=2020)
    assert index.with_phrases(["mixture of experts"], 10, only) == []


def test_papers_that_a_filter_admits_are_counted(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.replace(
        {
            n: Paper(id=str(n), title="T", year=2018 + n, venue="Big Sky", authors=("José Núñez",))
            for n in range(4)
        }
    )
    assert index.admitted(PaperFilter()) == 4
    assert index.admitted(PaperFilter(year_from=2020)) == 2
    assert index.admitted(PaperFilter(venue="sky", author="nunez", year_to=2018)) == 1
    assert index.admitted(PaperFilter(author="nobody")) == 0
    assert (index.bearers("venue", "sky"), index.bearers("authors", "sky")) == (4, 0)


COPIED = (
    "We propose a sail made of woven reeds, whose seams are sealed with tar, and show that it"
    " holds its shape in a gale for longer than one made of canvas."
)


@pytest.mark.parametrize(
    "query",
    [
        COPIED,
        COPIED.upper(),
        COPIED.replace("woven reeds", "plaited reeds"),
        "sail made of woven reeds, whose seams are sealed",
    ],
)
def test_a_pasted_text_meets_the_paper_it_was_copied_from(tmp_path: Path, query: str) -> None:
    index = LexicalIndex(tmp_path)
    index.replace(
        {
            1: paper("Reeds", f"Ships need sails. {COPIED} Tar is cheap."),
            2: paper("Canvas", "In a gale for longer than one made of wool, canvas holds."),
        }
    )
    assert [key for key, _ in index.with_copied(query, 10)] == [1]


@pytest.mark.parametrize(
    "query",
    [
        "holds its shape in a gale",
        "In this paper we propose a hull that is painted with tar and lead",
        "a gale in shape its holds canvas of made one than longer for that show",
        "",
    ],
)
def test_a_stock_phrase_or_the_same_words_otherwise_are_no_copy(tmp_path: Path, query: str) -> None:
    index = LexicalIndex(tmp_path)
    index.replace({1: paper("Reeds", f"{COPIED} In this paper we propose a hull of reeds.")})
    assert index.with_copied(query, 10) == []


def test_papers_that_hold_a_term(index: LexicalIndex) -> None:
    (term,) = index.terms("networks")
    assert index.holding(term, 10) == [1]
    assert index.holding("zebra", 10) == []
