"""Sentences of an answer with the sources they cite."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.citations import MARKER, parse_citations
from assistant.sentences import answer_parts, cited_sentences

SENTENCES = [
    ("It is fast [1].", [("It is fast.", (1,))]),
    ("It is fast. [1] It is light. [2]", [("It is fast.", (1,)), ("It is light.", (2,))]),
    ("It is fast.[1]It is light.[2]", [("It is fast.", (1,)), ("It is light.", (2,))]),
    ("It is fast [1][2]. And light.", [("It is fast.", (1, 2)), ("And light.", ())]),
    ("It is fast [1], [2] and [3].", [("It is fast.", (1, 2, 3))]),
    ("KAT [1] beats ViT [2] by 3 %.", [("KAT beats ViT by 3 %.", (1, 2))]),
    ("[1] reports 5, [4] reports 6.", [("reports 5, reports 6.", (1, 4))]),
    ('He calls it "fast." [1] She left.', [('He calls it "fast."', (1,)), ("She left.", ())]),
    ("Is it fast? [1] Yes! [2]", [("Is it fast?", (1,)), ("Yes!", (2,))]),
    (
        "It gains 2.5 %, e.g. on CIFAR-10 (vs. 1.0 before) [1]. Liu et al. [2] agree.",
        [
            ("It gains 2.5 %, e.g. on CIFAR-10 (vs. 1.0 before).", (1,)),
            ("Liu et al. agree.", (2,)),
        ],
    ),
    (
        "- It is fast [1]\n* It is light [2]. [3]\n1. It is old.\n2) It is new [1]",
        [
            ("It is fast", (1,)),
            ("It is light.", (2, 3)),
            ("It is old.", ()),
            ("It is new", (1,)),
        ],
    ),
    ("It is fast.\n[1]", [("It is fast.", (1,))]),
    ("它很快。[1] 它很轻[2]。", [("它很快。", (1,)), ("它很轻。", (2,))]),
    (
        "| Model | Accuracy |\n|---|:-:|\n| KAT. B | 82.1 % [1] |",
        [("| KAT. B | 82.1 % |", (1,))],
    ),
    ("82.1 % [1]", [("82.1 %", (1,))]),
    ("", []),
    ("[1]", []),
    ("\n---\n\n", []),
]


@pytest.mark.parametrize(("answer", "expected"), SENTENCES)
def test_sentences_and_their_sources(
    answer: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert cited_sentences(answer) == expected


def test_headings_and_the_line_of_what_is_missing_are_no_claims() -> None:
    answer = "Papers found:\n- KAT is fast [1].\nMISSING: the price. And the date."
    parts = answer_parts(answer)
    assert [part.kind for part in parts] == ["heading", "claim", "missing"]
    assert [part.text for part in parts][2] == "MISSING: the price. And the date."
    assert cited_sentences(answer) == [("KAT is fast.", (1,))]


def test_parts_say_where_they_stand() -> None:
    answer = "Papers found:\n\n- It is fast. [1] It is light [2].\n- It is old\n[3]\n快。 "
    assert [answer[part.start : part.end] for part in answer_parts(answer)] == [
        "Papers found:",
        "It is fast. [1]",
        "It is light [2].",
        "It is old\n[3]",
        "快。",
    ]


PIECES = st.sampled_from(
    ["It is fast", "KAT", ".", "!", " ", " ", "\n", "- ", "[1]", " [2]", "|", "。", "et al.", "# "]
)


@given(st.lists(PIECES, max_size=20).map("".join))
@example("[1].。.")
@example("KAT[1].。.It is fast")
@settings(max_examples=300, deadline=None)
def test_no_word_and_no_citation_is_lost(draft: str) -> None:
    answer, _ = parse_citations(draft, 2)
    parts = answer_parts(answer)
    for earlier, later in pairwise(parts):
        assert earlier.end <= later.start
    for part in parts:
        written = answer[part.start : part.end]
        assert set(MARKER.findall(written)) == {str(number) for number in part.citations}
        assert MARKER.search(part.text) is None
    letters = "".join(c for c in MARKER.sub("", answer) if c.isalpha())
    assert "".join(c for part in parts for c in part.text if c.isalpha()) == letters
