"""Figures in another's place: in the source, but said of something else."""

import re
from collections.abc import Sequence

from assistant.extractive.question import content_stems
from assistant.verification.surface import Figure, figures_of, numbers

_WORDS_EACH_SIDE = 5
_LEAST_SAID = 2
_SAME_PLACE = 0.6
_CLEARLY_MORE = 0.3
_BEHIND = re.compile(r"\s?(?:%|percent\b)")
_WORD = re.compile(r"\w+")


def misplaced_figure(claim: str, sentences: Sequence[str], source: str) -> str:
    """A figure of the claim in whose place the source has another, as text; empty without one.

    The place of a figure is told by the words around it. Only a place in `sentences` counts whose
    sentence lacks the figure and whose own figure the claim lacks, and only if the figure has no
    place in `source` that is nearly as much like the claim's. `one` is left out, as it is seldom a
    count.
    """
    asked = [(value, words) for value, words in _places(claim) if len(words) >= _LEAST_SAID]
    if not asked:
        return ""
    everywhere = _places(source)
    said = numbers(claim)
    near = [(numbers(sentence), _places(sentence)) for sentence in sentences]
    for value, words in asked:
        others = [other for held, places in near if value not in held
                  for figure, other in places if figure not in said]  # fmt: skip
        there = max((_alike(words, other) for other in others), default=0.0)
        own = max((_alike(words, other) for v, other in everywhere if v == value), default=0.0)
        if there >= max(_SAME_PLACE, own + _CLEARLY_MORE):
            return f"{value:g}"
    return ""


def _places(text: str) -> list[tuple[float, frozenset[str]]]:
    """Each figure's value with the content stems around it; `%` counts as one of them."""
    figures = [f for f in figures_of(text) if text[f.start : f.end].lower() != "one"]
    bare = _without(text, figures)
    return [(f.value, _around(bare, f)) for f in figures]


def _without(text: str, figures: Sequence[Figure]) -> str:
    for figure in figures:
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def _around(bare: str, figure: Figure) -> frozenset[str]:
    before = _WORD.findall(bare[: figure.start])[-_WORDS_EACH_SIDE:]
    behind = _WORD.findall(bare[figure.end :])[:_WORDS_EACH_SIDE]
    mark = ["%"] if _BEHIND.match(bare, figure.end) else []
    return frozenset([*content_stems(" ".join([*before, *behind])), *mark])


def _alike(words: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words around one figure that stand around another too."""
    return len(words & other) / len(words)
