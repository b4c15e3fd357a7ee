"""Abstracts as inverted indexes, {word: [positions]}, as OpenAlex and AMiner have them."""

from typing import Any


def rebuild_abstract(index: Any) -> str:
    """The text of an inverted index, {word: [positions]}; ValueError if it is anything else.

    Words are put in the order of their positions; a gap becomes one "…" however wide it is, so
    that words which don't follow each other are never read, or quoted, as if they did.
    """
    if not isinstance(index, dict):
        raise ValueError("no object of words")
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if not isinstance(positions, list) or not all(type(p) is int for p in positions):
            raise ValueError(f"no list of positions for {word!r}")
        placed.extend((position, word) for position in positions)
    placed.sort(key=lambda pair: pair[0])
    before = [position for position, _ in placed]
    words = (
        word if position - last <= 1 else f"… {word}"
        for last, (position, word) in zip([-1, *before], placed, strict=False)
    )
    return " ".join(words)
