"""Figures and names in another's place: they stand in the source, but said of something else."""

import re
from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass

from assistant.extractive.question import content_stems, fold
from assistant.verification.surface import figures_of, numbers, telling_names

_WORDS_EACH_SIDE = 5
_REACH = 150
_CLEARLY_MORE = 0.3
_MOST = 0.5
_BEHIND = re.compile(r"\s?(?:%|percent\b)")
_PLURAL = re.compile(r"(?<=[^s])s$")
_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"\W*(?:it|its|they|their|this|these|he|she|his|her|we|our)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Likeness:
    """How many words must stand around a thing, and which share of them around another, before
    that is taken for its place. Names need more than figures: a text has more of them.
    """

    words: int
    share: float


_FIGURES = _Likeness(2, 0.6)
_NAMES = _Likeness(3, 0.8)


@dataclass(frozen=True)
class _Place:
    """A figure or name of a text, as compared and as written, with the content stems around it."""

    thing: Hashable
    written: str
    around: frozenset[str]

    def alike(self, other: "_Place") -> float:
        """Share of the words around this one that stand around another too."""
        return len(self.around & other.around) / len(self.around)


def misplaced_figure(claim: str, sentences: Sequence[str], source: str) -> str:
    """A figure of the claim in whose place the source has another; empty if there is none.

    The place of a figure is told by the words around it. Only a place in `sentences` counts whose
    sentence lacks the figure and whose own figure the claim lacks, and only if the figure has
    places in `source`, none of them nearly as much like the claim's. `one` is left out, as it is
    seldom a count.
    """
    asked = _figure_places(claim)
    if not asked:
        return ""
    said = numbers(claim)
    everywhere = _figure_places(source, {place.thing for place in asked})
    near = [(numbers(sentence), _figure_places(sentence)) for sentence in sentences]
    for place in asked:
        others = [p for held, places in near if place.thing not in held
                  for p in places if p.thing not in said]  # fmt: skip
        if _is_taken(place, others, everywhere, _FIGURES):
            return place.written
    return ""


def misplaced_name(claim: str, sentences: Sequence[str], source: str) -> str:
    """A name of the claim in whose place the source has another; empty if there is none.

    As for figures, but in sentences alone that hold most of the claim and do not begin with a
    pronoun, which may stand for the name.
    """
    asked = _name_places(claim)
    if not asked:
        return ""
    said = _joined(claim)
    everywhere = _name_places(source, {place.thing for place in asked})
    stems = set(content_stems(claim))
    near = [
        (_joined(sentence), _name_places(sentence))
        for sentence in sentences
        if len(stems & set(content_stems(sentence))) >= _MOST * len(stems)
        and not _PRONOUN.match(sentence)
    ]
    for place in asked:
        others = [p for held, places in near if str(place.thing) not in held
                  for p in places if str(p.thing) not in said]  # fmt: skip
        if _is_taken(place, others, everywhere, _NAMES):
            return place.written
    return ""


def _is_taken(
    place: _Place, others: Sequence[_Place], everywhere: Sequence[_Place], least: _Likeness
) -> bool:
    """Whether one of the others stands in the place, and the thing itself only elsewhere."""
    if len(place.around) < least.words:
        return False
    there = max((place.alike(other) for other in others), default=0.0)
    own = [place.alike(p) for p in everywhere if p.thing == place.thing]
    return bool(own) and there >= max(least.share, max(own) + _CLEARLY_MORE)


def _figure_places(text: str, only: Container[Hashable] | None = None) -> list[_Place]:
    """The figures by value, or only some; `%` behind one counts as a word around it."""
    figures = [f for f in figures_of(text) if text[f.start : f.end].lower() != "one"]
    letters = list(text)
    for figure in figures:
        letters[figure.start : figure.end] = " " * (figure.end - figure.start)
    bare = "".join(letters)
    places = []
    for figure in figures:
        if only is None or figure.value in only:
            mark = {"%"} if _BEHIND.match(text, figure.end) else set()
            around = _around(bare, figure.start, figure.end) | mark
            places.append(_Place(figure.value, text[figure.start : figure.end], around))
    return places


def _name_places(text: str, only: Container[Hashable] | None = None) -> list[_Place]:
    """The names, or only some, joined and without a plural s."""
    found = [(start, name, _joined(_PLURAL.sub("", name))) for start, name in telling_names(text)]
    return [
        _Place(thing, name, _around(text, start, start + len(name)))
        for start, name, thing in found
        if only is None or thing in only
    ]


def _joined(text: str) -> str:
    """A folded text without spaces, since `CIFAR-10` is also written `CIFAR10`."""
    return fold(text).replace(" ", "")


def _around(text: str, start: int, end: int) -> frozenset[str]:
    before = _WORD.findall(text[max(0, start - _REACH) : start])[-_WORDS_EACH_SIDE:]
    behind = _WORD.findall(text[end : end + _REACH])[:_WORDS_EACH_SIDE]
    return frozenset(content_stems(" ".join([*before, *behind])))
