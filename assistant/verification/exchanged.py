"""Words that have changed places: `cats chase dogs` against `dogs chase cats`."""

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.extractive.question import content_stems

_WORD = re.compile(r"[A-Za-z0-9]+")
_WORDS_EACH_SIDE = 2
_LEAST_GAINED = 4
_LEAST_WORDS = 3
_MOST_WORDS = 60

_Sides = tuple[frozenset[str], frozenset[str]]


def exchanged(claim: str, sentences: Sequence[str]) -> bool:
    """Whether two words of the claim each stand where a sentence has the other.

    Each must have more of the other's neighbours on their side than of its own. Words said twice
    are left out, since they have two places; two neighbours alone may just be told in reverse, as
    in `detects tides by sonar` and `sonar tide detection`.
    """
    said = _neighbours(claim)
    for sentence in sentences:
        held = _neighbours(sentence)
        shared = [word for word in said if word in held][:_MOST_WORDS]
        if any(_crossed(said, held, one, other) for one, other in combinations(shared, 2)):
            return True
    return False


def _crossed(said: dict[str, _Sides], held: dict[str, _Sides], one: str, other: str) -> bool:
    pair = {one, other}
    crossed = _alike(said[one], held[other], pair), _alike(said[other], held[one], pair)
    straight = _alike(said[one], held[one], pair), _alike(said[other], held[other], pair)
    gains = [len(new) - len(own) for new, own in zip(crossed, straight, strict=True)]
    words = {stem for new in crossed for _, stem in new}
    return min(gains) > 0 and sum(gains) >= _LEAST_GAINED and len(words) >= _LEAST_WORDS


def _alike(sides: _Sides, others: _Sides, left_out: set[str]) -> set[tuple[int, str]]:
    """The stems that stand on the same side of both, with the side."""
    pairs = enumerate(zip(sides, others, strict=True))
    return {(side, stem) for side, (a, b) in pairs for stem in (a & b) - left_out}


def _neighbours(text: str) -> dict[str, _Sides]:
    """The content stems before and behind each content stem that occurs once."""
    stems = content_stems(" ".join(_WORD.findall(text)))
    places = {stem: n for n, stem in enumerate(stems)}
    once = [stem for stem in places if stems.count(stem) == 1]
    return {
        stem: (
            frozenset(stems[max(0, places[stem] - _WORDS_EACH_SIDE) : places[stem]]),
            frozenset(stems[places[stem] + 1 : places[stem] + 1 + _WORDS_EACH_SIDE]),
        )
        for stem in once
    }
