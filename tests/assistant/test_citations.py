"""Citations from a stream: what is read as one, and that cutting the stream changes nothing."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.citation_grammar import MAX_HELD
from assistant.citations import MARKER, CitationParser, Marker, Piece, Text, parse_citations

KNOWN = 5

SHAPES = [
    ("fast [1].", "fast [1].", (1,)),
    ("fast[2].", "fast[1].", (2,)),
    ("fast [1, 3].", "fast [1][2].", (1, 3)),
    ("fast [1][3].", "fast [1][2].", (1, 3)),
    ("fast [1; 3].", "fast [1][2].", (1, 3)),
    ("fast [1-3].", "fast [1][2][3].", (1, 2, 3)),
    ("fast [1–3].", "fast [1][2][3].", (1, 2, 3)),
    ("fast [4 - 5].", "fast [1][2].", (4, 5)),
    ("fast [3-1].", "fast [1][2][3].", (1, 2, 3)),
    ("fast 【1】.", "fast [1].", (1,)),
    ("fast 【1†source】.", "fast [1].", (1,)),
    ("fast 【3†L9-L11】.", "fast [1].", (3,)),
    ("fast ［2］.", "fast [1].", (2,)),
    ("fast (1).", "fast [1].", (1,)),
    ("fast (1, 2).", "fast [1][2].", (1, 2)),
    ("fast (4)\nNext", "fast [1]\nNext", (4,)),
    ("It is fast. (4)", "It is fast. [1]", (4,)),
    ("速い（1）。", "速い[1]。", (1,)),
    ("fast [Source 1].", "fast [1].", (1,)),
    ("fast [SOURCES 1 and 2].", "fast [1][2].", (1, 2)),
    ("fast [Source 1, Source 3] and", "fast [1][2] and", (1, 3)),
    ("fast (source 2) and", "fast [1] and", (2,)),
    ("fast [Paper 2].", "fast [1].", (2,)),
    ("fast [ref. 2].", "fast [1].", (2,)),
    ("schnell [Quelle 2 und 3].", "schnell [1][2].", (2, 3)),
    ("快[来源1]。", "快[1]。", (1,)),
    ("fast [^1].", "fast [1].", (1,)),
    ("fast [#2].", "fast [1].", (2,)),
    ("fast [[1]].", "fast [1].", (1,)),
    ("fast [1]-[3].", "fast [1][2][3].", (1, 2, 3)),
    ("fast [2] – [4] and", "fast [1][2][3] and", (2, 3, 4)),
    ("fast [1]…[3].", "fast [1][2][3].", (1, 2, 3)),
    ("fast [4]-[9].", "fast [1][2].", (4, 5)),
    ("fast ^[1].", "fast [1].", (1,)),
    ("fast ^[1]^ and", "fast [1] and", (1,)),
    ("fast **[1]**.", "fast [1].", (1,)),
    ("fast `[1]`.", "fast [1].", (1,)),
    ("fast \\[1\\].", "fast [1].", (1,)),
    ("fast <sup>1</sup>.", "fast [1].", (1,)),
    ("fast <sup>[1, 2]</sup>.", "fast [1][2].", (1, 2)),
    ("fast 〔1〕.", "fast [1].", (1,)),
    ("fast [\u200b1\u200b].", "fast [1].", (1,)),
    ("fast [cite: 1, 2].", "fast [1][2].", (1, 2)),
    ("fast [e.g., 1].", "fast [1].", (1,)),
    ("fast [1, p. 3].", "fast [1].", (1,)),
    ("fast [2, Table 4].", "fast [1].", (2,)),
    ("快[参考文献1]。", "快[1]。", (1,)),
    ("빠르다 [출처 1].", "빠르다 [1].", (1,)),
    ("Source 2 says fast.", "[1] says fast.", (2,)),
    ("According to source 2, fast.", "According to [1], fast.", (2,)),
    ("fast [2: Kettle Networks].", "fast [1].", (2,)),
    ("fast [1](https://example.org/a).", "fast [1].", (1,)),
    ("a [3], b [1], c [3].", "a [1], b [2], c [1].", (3, 1)),
]

REMOVED = [
    ("fast [9].", "fast."),
    ("fast [9] and", "fast and"),
    ("fast [9]and", "fast and"),
    ("fast.[9] Next", "fast. Next"),
    ("fast [7][8] and", "fast and"),
    ("fast [7], [8] and", "fast and"),
    ("fast [0].", "fast."),
    ("fast [2020].", "fast."),
    ("fast [6-9].", "fast."),
    ("fast [Source 9].", "fast."),
    ("fast (Source 9).", "fast."),
    ("fast 【4:0†source】.", "fast."),
    ("fast ([9]).", "fast."),
    ("fast ([9], [8]) and", "fast and"),
    ("([9])", ""),
    ("[9] Fast", "Fast"),
    ("[9], fast", "fast"),
    ("- [9] fast", "- fast"),
    ("a\n[9] b", "a\nb"),
    ("a [9]\nb", "a\nb"),
    ("fast [12345678901234567890].", "fast."),
    (f"fast [{'9' * 300}].", "fast."),
    ("Source 77 says fast.", "says fast."),
    ("fast [9]-[12].", "fast."),
    ("fast **[9]**.", "fast."),
    ("fast [\u200b9\u200b].", "fast."),
    ("cut off [1", "cut off"),
    ("cut off **[1", "cut off"),
    ("cut off [Sour", "cut off"),
    ("cut off (Source 1", "cut off"),
    ("cut off [", "cut off"),
]

MIXED = [
    ("fast [1, 9].", "fast [1].", (1,)),
    ("fast [9, 1].", "fast [1].", (1,)),
    ("fast [9][1].", "fast [1].", (1,)),
    ("fast [9], [1].", "fast [1].", (1,)),
    ("fast [1], [9].", "fast [1].", (1,)),
    ("[9]: [1] fast", "[1] fast", (1,)),
    ("as [1] and [9] say", "as [1] say", (1,)),
    ("fast ([9], [1]).", "fast ([1]).", (1,)),
    ("fast [2-99999999999].", "fast [1][2][3][4].", (2, 3, 4, 5)),
    ("fast [1] [1].", "fast [1].", (1,)),
    ("fast [1], [1] and", "fast [1] and", (1,)),
    ("fast [2, 2][2].", "fast [1].", (2,)),
    ("fast [1]. Light [1].", "fast [1]. Light [1].", (1,)),
]

TEXT = [
    "(1) first, (2) second",
    "In three parts: (1), (2) and (3) follow",
    "- (1) first\n- (2) second",
    "a\n(1), the first\n- (2).\n(3)",
    "as of (2020).",
    "in 12 layers (12).",
    "O(1).",
    "SU(2), SO(3).",
    "by equation (1).",
    "see Table (2), row 3",
    "values in [0, 1] or [0-1]",
    "between [-1, 1]",
    "on the range [1, 5] and the scale [1, 3].",
    "$x = [1, 2]$",
    "**bold** and *slanted* ^2^ <b>",
    "open source 2.0, resource 1, data source 3 and paper 4",
    "[0.1] and [1.5]",
    "[CLS] tokens [MASK]",
    "a [link](https://example.org)",
    "(see above) [so-called] {1}",
    "[a] 1] 2)",
    "[]()【】",
    "100 % (n = 1), p < .05 (see)",
]


@pytest.mark.parametrize(("written", "shown", "order"), SHAPES + MIXED)
def test_reads_what_models_write(written: str, shown: str, order: tuple[int, ...]) -> None:
    assert parse_citations(written, KNOWN) == (shown, order)


@pytest.mark.parametrize(("written", "shown"), REMOVED)
def test_removes_unknown_numbers_without_a_trace(written: str, shown: str) -> None:
    assert parse_citations(written, KNOWN) == (shown, ())


@pytest.mark.parametrize("written", TEXT)
def test_leaves_other_brackets_alone(written: str) -> None:
    assert parse_citations(written, KNOWN) == (written, ())


def test_inline_code_is_no_citation_nor_looks_like_one() -> None:
    shown, order = parse_citations("index `x[3]` or `y[7]` as in [3]", KNOWN)
    assert shown == "index `x[3 ]` or `y[7 ]` as in [1]"
    assert order == (3,)


def test_a_backtick_left_open_ends_with_its_line() -> None:
    assert parse_citations("a ` b [1]\nc [2]", KNOWN) == ("a ` b [1 ]\nc [1]", (2,))


def test_a_marker_becomes_no_link_of_the_model_s_making() -> None:
    assert parse_citations("[1](a.html)", KNOWN)[0] == "[1] (a.html)"
    assert parse_citations("[1]: http://example.org", KNOWN)[0] == "[1] : http://example.org"
    assert parse_citations("1. [1]: http://example.org", KNOWN)[0].startswith("1. [1] :")
    assert parse_citations(f"[1](http://{'a' * 400})", KNOWN)[0].startswith("[1] (http")


def test_pieces_name_the_source_behind_a_number() -> None:
    parser = CitationParser(KNOWN)
    pieces = parser.feed("a [4] b [2, 4].") + parser.finish()
    assert pieces == [
        Text("a "),
        Marker(number=1, source=4),
        Text(" b "),
        Marker(number=2, source=2),
        Marker(number=1, source=4),
        Text("."),
    ]
    assert parser.order == (4, 2)


def test_text_is_given_out_as_soon_as_it_is_certain() -> None:
    parser = CitationParser(KNOWN)
    assert parser.feed("It is fast [") == [Text("It is fast")]
    assert parser.feed("1") == []
    assert parser.feed("] and") == [Text(" "), Marker(1, 1)]
    assert parser.feed(" so [X") == [Text(" and so [X")]


@pytest.mark.parametrize("opening", ["[", "[1, ", "(", "【1†", "[1: a", "[[", "[1](http://", " "])
def test_what_never_closes_is_not_held_for_ever(opening: str) -> None:
    parser = CitationParser(KNOWN)
    fed = given_out = 0
    for chunk in (opening, *["1, "] * 3000):
        fed += len(chunk)
        given_out += sum(len(piece.text) for piece in parser.feed(chunk))
        assert fed - given_out <= 2 * MAX_HELD


def test_no_source_is_known_without_sources() -> None:
    assert parse_citations("fast [1], light [Source 1] and (1).", 0) == ("fast, light and (1).", ())


ALPHABET = "[]()【】（）［］^†`*\\0123459,;-–:. \nab#"
WORDS = st.sampled_from(
    [written for written, *_ in SHAPES + MIXED]
    + [written for written, _ in REMOVED]
    + TEXT
    + [
        "**",
        "^",
        "Source 1",
        "[1]-[3]",
        "…",
        "-",
        "[1]",
        "[9]",
        "[",
        "]",
        "(1)",
        "(9)",
        "(",
        ")",
        " ",
        ", ",
        " and ",
        "\n",
        "`",
        "x",
        ". ",
    ]
)
ANSWERS = st.one_of(
    st.lists(WORDS, max_size=8).map("".join),
    st.text(ALPHABET, max_size=60),
    st.text(max_size=60),
)


def fed(chunks: list[str], known: int = KNOWN) -> tuple[list[Piece], tuple[int, ...]]:
    parser = CitationParser(known)
    pieces = [piece for chunk in chunks for piece in parser.feed(chunk)]
    return pieces + parser.finish(), parser.order


def joined(pieces: list[Piece]) -> list[str | Marker]:
    """The pieces with neighbouring texts made one."""
    whole: list[str | Marker] = []
    for piece in pieces:
        if isinstance(piece, Text) and whole and isinstance(whole[-1], str):
            whole[-1] += piece.text
        else:
            whole.append(piece.text if isinstance(piece, Text) else piece)
    return whole


@given(ANSWERS, st.data())
@settings(max_examples=300, deadline=None)
def test_cutting_the_stream_changes_nothing(answer: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=10)))
    edges = [0, *cuts, len(answer)]
    chunks = [answer[a:b] for a, b in pairwise(edges)]
    assert "".join(chunks) == answer
    whole, order = fed([answer])
    for cut in (chunks, list(answer)):
        pieces, cut_order = fed(cut)
        assert (joined(pieces), cut_order) == (joined(whole), order)


@given(ANSWERS, st.integers(0, 12))
@example("[[9]1]", 3)
@example("[1[9]]", 3)
@example("[1] `[2]", 3)
@settings(max_examples=300, deadline=None)
def test_every_number_shown_is_a_known_source(answer: str, known: int) -> None:
    pieces, order = fed([answer], known)
    shown = "".join(piece.text for piece in pieces)
    markers = [piece for piece in pieces if isinstance(piece, Marker)]
    assert [int(n) for n in MARKER.findall(shown)] == [m.number for m in markers]
    assert all(1 <= m.source <= known and order[m.number - 1] == m.source for m in markers)
    assert list(dict.fromkeys(m.number for m in markers)) == list(range(1, len(order) + 1))
    assert len(set(order)) == len(order)


@given(st.text(st.characters(exclude_characters="[(【［（〔〖⟦`")), st.integers(0, 9))
@settings(deadline=None)
def test_text_without_brackets_is_untouched(answer: str, known: int) -> None:
    assert parse_citations(answer, known) == (answer, ())


@given(st.text(ALPHABET, max_size=20), st.text(ALPHABET, max_size=20))
@settings(max_examples=300, deadline=None)
def test_nothing_half_written_is_shown_before_it_is_whole(before: str, after: str) -> None:
    """What has been given out is never taken back: it begins the final text."""
    parser = CitationParser(KNOWN)
    early = "".join(piece.text for piece in parser.feed(before))
    rest = "".join(piece.text for piece in parser.feed(after) + parser.finish())
    assert early + rest == parse_citations(before + after, KNOWN)[0]


@pytest.mark.parametrize(("written", "shown", "order"), SHAPES + MIXED)
def test_no_beginning_of_a_stream_shows_part_of_a_marker(
    written: str, shown: str, order: tuple[int, ...]
) -> None:
    for end in range(len(written) + 1):
        parser = CitationParser(KNOWN)
        begun = "".join(piece.text for piece in parser.feed(written[:end]))
        assert shown.startswith(begun)
        without = MARKER.sub("", begun)
        assert not set("[【［") & set(without)
