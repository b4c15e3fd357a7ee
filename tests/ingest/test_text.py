import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text import clean_text, one_line, split_sentences


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two   spaces\tand a tab ", "two spaces and a tab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("blank \n\n\n lines", "blank\nlines"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("right\u202eto left\u202c", "rightto left"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("no\u00a0break", "no break"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("e\u0301", "\u00e9"),
        ("<script>alert(1)</script> **bold** [9]", "<script>alert(1)</script> **bold** [9]"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_clean_text_is_printable_and_stable(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in clean if c != "\n")


def test_one_line_has_no_break() -> None:
    assert one_line(" A title\n over two  lines ") == "A title over two lines"


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Smith et al. show it. We agree.", ["Smith et al. show it.", "We agree."]),
        ("See Fig. 3 and Eq. 4. Done.", ["See Fig. 3 and Eq. 4.", "Done."]),
        ("Nets, e.g. MLPs, are fast. Yes.", ["Nets, e.g. MLPs, are fast.", "Yes."]),
        ("It reaches 82.1% vs. 80.0%. Good.", ["It reaches 82.1% vs. 80.0%.", "Good."]),
        ("First line\nsecond line. Third.", ["First line", "second line.", "Third."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("ab A.!?\n1,é"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_spans_are_in_order_trimmed_and_lose_no_word(text: str) -> None:
    spans = split_sentences(text)
    for before, after in pairwise(spans):
        assert before.end <= after.start
    pieces = [text[s.start : s.end] for s in spans]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
