"""ALCE's definition, by hand. Papers are sets of words; a sentence is supported by their union."""

from collections.abc import Sequence

import pytest

from evals.metrics.citations import SentenceCitations, Supports, score_sentence, total
from evals.metrics.markers import cited_numbers, without_markers


def needs(words: str, **papers: str) -> Supports:
    """A sentence of these words; paper n says `pn`."""

    def supports(numbers: Sequence[int]) -> bool:
        said = {word for number in numbers for word in papers.get(f"p{number}", "").split()}
        return set(words.split()) <= said

    return supports


@pytest.mark.parametrize(
    ("cited", "papers", "expected"),
    [
        ([1], {"p1": "a b"}, (True, 1, 1)),
        ([1], {"p1": "a"}, (False, 1, 0)),
        ([], {}, (False, 0, 0)),
        ([1, 2], {"p1": "a b", "p2": "c"}, (True, 2, 1)),
        ([1, 2], {"p1": "a", "p2": "b"}, (True, 2, 2)),
        ([1, 2], {"p1": "a b", "p2": "a b"}, (True, 2, 2)),
        ([1, 2, 3], {"p1": "a", "p2": "b", "p3": "b"}, (True, 3, 1)),
        ([1, 1], {"p1": "a b"}, (True, 1, 1)),
    ],
    ids=[
        *("alone", "not supported", "none", "needless", "both needed", "either will do"),
        *("one of two twins would do, so neither is needed", "said twice"),
    ],
)
def test_a_sentence(
    cited: list[int], papers: dict[str, str], expected: tuple[bool, int, int]
) -> None:
    assert score_sentence(cited, needs("a b", **papers)) == expected


def test_an_unjudged_sentence_counts_nowhere() -> None:
    unjudged = score_sentence([1], lambda _: None)
    assert unjudged.supported is None
    assert total([unjudged]).recall is total([unjudged]).f1 is None
    assert total([unjudged, SentenceCitations(True, 1, 1)]).recall == 1


def test_an_answer() -> None:
    """Two of three sentences are supported; two of four citations are precise."""
    sums = total(
        [
            SentenceCitations(True, 2, 1),
            SentenceCitations(True, 1, 1),
            SentenceCitations(False, 1, 0),
        ]
    )
    assert (sums.recall, sums.precision) == (2 / 3, 2 / 4)
    assert sums.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))


def test_sentences_without_citations_have_no_precision() -> None:
    sums = total([SentenceCitations(False, 0, 0)])
    assert (sums.recall, sums.precision, sums.f1) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("x [2, 3].", (2, 3)),
        ("x [2][3] y [2]", (2, 3)),
        ("x [2; 3 and 5]", (2, 3, 5)),
        ("x [1-3]", (1, 2, 3)),
        ("x [1–3, 7]", (1, 2, 3, 7)),
        ("x [3-1]", ()),
        ("x [a] (2) [2a] []", ()),
        ("x [1-999]", (1,)),
    ],
)
def test_every_number_in_a_bracket_is_read(text: str, numbers: tuple[int, ...]) -> None:
    assert cited_numbers(text) == numbers


def test_markers_leave_no_trace() -> None:
    assert without_markers("Fast [1, 2]. Small [3]!") == "Fast. Small!"
