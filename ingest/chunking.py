"""Cuts papers into the pieces that are embedded."""

from collections.abc import Callable
from typing import NamedTuple

from ingest.paper import Paper
from ingest.text import Span, split_sentences

TokenCounter = Callable[[str], int]
SPECIAL_TOKENS = 2


class Chunk(NamedTuple):
    """A piece of a paper: `text` is embedded, `abstract[start:end]` is where it stands."""

    paper_id: str
    part: int
    text: str
    start: int
    end: int


def chunk_paper(paper: Paper, count_tokens: TokenCounter, max_tokens: int) -> list[Chunk]:
    """One chunk of title and abstract; several, cut at sentence ends, if that is too long.

    Each chunk starts with the title and holds at most `max_tokens` tokens; a sentence that alone is
    longer is cut between words.
    """
    budget, text = max_tokens - SPECIAL_TOKENS, paper.text
    if count_tokens(text) <= budget:
        return [Chunk(paper.id, 0, text, 0, len(paper.abstract))]
    title = _shortened(paper.title, count_tokens, budget // 2)
    room = budget - count_tokens(title)
    spans = _pack(paper.abstract, count_tokens, room)
    return [
        Chunk(paper.id, i, f"{title}\n{paper.abstract[s.start : s.end]}", s.start, s.end)
        for i, s in enumerate(spans)
    ]


def _pack(text: str, count_tokens: TokenCounter, room: int) -> list[Span]:
    """Join neighbouring sentences as long as they fit."""
    packed: list[Span] = []
    used = 0
    for sentence in split_sentences(text):
        for piece in _fitting(text, sentence, count_tokens, room):
            tokens = count_tokens(text[piece.start : piece.end])
            if packed and used + tokens <= room:
                packed[-1] = Span(packed[-1].start, piece.end)
                used += tokens
            else:
                packed.append(piece)
                used = tokens
    return packed or [Span(0, len(text))]


def _fitting(text: str, span: Span, count_tokens: TokenCounter, room: int) -> list[Span]:
    """The span itself, or pieces of it that fit, halved between words until they do."""
    if span.end - span.start < 2 or count_tokens(text[span.start : span.end]) <= room:
        return [span]
    middle = (span.start + span.end) // 2
    cut = text.rfind(" ", span.start + 1, middle)
    cut = cut if cut > span.start else middle
    left = Span(span.start, cut)
    right = Span(cut + (text[cut] == " "), span.end)
    return [
        *_fitting(text, left, count_tokens, room),
        *_fitting(text, right, count_tokens, room),
    ]


def _shortened(title: str, count_tokens: TokenCounter, room: int) -> str:
    while title and count_tokens(title) > room:
        title = title[: len(title) * 3 // 4]
    return title
