from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import chunk_paper
from ingest.embedding.encoder import OnnxEncoder
from ingest.paper import Paper

_SENTENCE = st.lists(st.text(st.sampled_from("abcé"), min_size=1, max_size=9), min_size=1).map(
    lambda words: " ".join(words) + "."
)
_ABSTRACT = st.lists(_SENTENCE, max_size=30).map(" ".join)
_SPECIAL = 2


def count_words(text: str) -> int:
    return len(text.split())


def paper(abstract: str, title: str = "A title of five words") -> Paper:
    return Paper(id="p", title=title, abstract=abstract)


def test_a_short_paper_is_one_chunk() -> None:
    one = paper("Short. Indeed.")
    (chunk,) = chunk_paper(one, count_words, 50)
    assert (chunk.paper_id, chunk.part, chunk.text) == ("p", 0, one.text)
    assert (chunk.start, chunk.end) == (0, len(one.abstract))


def test_a_long_one_is_cut_at_sentence_ends() -> None:
    abstract = "One two three four. Five six seven eight. Nine ten."
    chunks = chunk_paper(paper(abstract, "T"), count_words, 2 + 1 + 6)
    assert [abstract[c.start : c.end] for c in chunks] == [
        "One two three four.",
        "Five six seven eight. Nine ten.",
    ]
    assert [c.part for c in chunks] == [0, 1]
    assert all(c.text == f"T\n{abstract[c.start : c.end]}" for c in chunks)


def test_an_endless_title_leaves_room_for_the_abstract() -> None:
    chunks = chunk_paper(paper("Some words here.", "long " * 90), count_words, 20)
    assert all(count_words(c.text) <= 20 - _SPECIAL for c in chunks)
    assert "Some words here." in " ".join(c.text for c in chunks)


def test_a_paper_without_abstract_is_its_title() -> None:
    (chunk,) = chunk_paper(Paper(id="p", title="Only a title"), count_words, 50)
    assert (chunk.text, chunk.start, chunk.end) == ("Only a title", 0, 0)


@given(_ABSTRACT, st.integers(min_value=16, max_value=60))
@settings(max_examples=150, deadline=None)
def test_chunks_cover_the_abstract_within_the_limit(abstract: str, limit: int) -> None:
    chunks = chunk_paper(paper(abstract), count_words, limit)
    for chunk in chunks:
        assert abstract[chunk.start : chunk.end] in chunk.text
        assert count_words(chunk.text) <= limit - _SPECIAL
    for before, after in pairwise(chunks):
        assert abstract[before.end : after.start].strip() == ""
        assert before.end <= after.start
    assert abstract[: chunks[0].start].strip() == ""
    assert abstract[chunks[-1].end :].strip() == ""


def test_word_pieces_of_a_huge_sentence_fit_the_model(encoder: OnnxEncoder) -> None:
    abstract = "unpunctuated graph tokens without any end " * 400
    chunks = chunk_paper(paper(abstract.strip()), encoder.count_tokens, 256)
    assert len(chunks) > 5
    assert all(encoder.count_tokens(c.text) <= 256 - _SPECIAL for c in chunks)


def test_a_text_without_a_space_is_cut_too() -> None:
    chunks = chunk_paper(paper("x" * 1000, "T"), len, 100)
    assert "".join(c.text.removeprefix("T\n") for c in chunks) == "x" * 1000
    assert all(len(c.text.removeprefix("T\n")) <= 100 - _SPECIAL for c in chunks)
