"""Words put in the place of others: `keyword-based retriever` for `embedding-based retriever`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.extractive.question import content_stems
from assistant.verification.comparer import Reading

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*(?:['’][a-z]+)?|[^\sA-Za-z]")
_PLAIN = """
    accurate additional available best better big certain comprehensive considerable crucial
    current different difficult easy effective efficient essential existing extensive extra first
    full general good great hard high higher important improved key large large-scale larger last
    latest main major modern new next novel original other own particular possible powerful present
    previous prior proper proposed real recent related relevant same second several significant
    similar simple single small smaller special specific standard state-of-the-art strong suitable
    third top total traditional typical unique useful various very well wide only
"""
_UNTELLING = frozenset(_PLAIN.split())
_SHORTEST = 4
_REST_HELD = 0.6
_DOUBTED = -0.85
"""Logit of a word not being borne out from which it counts as doubted: a chance of .3."""


@dataclass(frozen=True)
class _Pair:
    """Two words side by side, and where the first stands."""

    first: str
    second: str
    start: int
    end: int


def replaced_word(
    claim: str, sentences: Sequence[str], source: str, reading: Reading
) -> tuple[str, str]:
    """A word of the claim and the one that it replaces; empty words if there is none.

    The word is nowhere in the source, the comparer doubts it, and a sentence that holds most of the
    rest of the claim has another before the same next word. Words that tell little, such as `new`,
    are left alone: they are often said in other words.
    """
    held, said = set(content_stems(source)), set(content_stems(claim))
    for pair in _pairs(claim):
        own = _stems(pair.first)
        if own <= held or not _tells(pair.first) or _doubt(reading, pair) < _DOUBTED:
            continue
        rest = said - own
        for sentence in sentences:
            if len(rest & set(content_stems(sentence))) < _REST_HELD * len(rest):
                continue
            for other in _before(pair.second, sentence):
                if not _stems(other) <= said and not _akin(pair.first, other):
                    return pair.first, other
    return "", ""


def _before(word: str, sentence: str) -> Iterator[str]:
    stems = _stems(word)
    return (p.first for p in _pairs(sentence) if _stems(p.second) == stems and _tells(p.first))


def _pairs(text: str) -> Iterator[_Pair]:
    """Neighbouring words that both carry content."""
    words = list(_TOKEN.finditer(text))
    for first, second in pairwise(words):
        if _stems(first.group()) and _stems(second.group()) and second.group()[0].isalpha():
            yield _Pair(first.group(), second.group(), first.start(), first.end())


@lru_cache(maxsize=8192)
def _stems(word: str) -> frozenset[str]:
    return frozenset(content_stems(word))


def _tells(word: str) -> bool:
    low = word.lower()
    return len(low) >= _SHORTEST and low not in _UNTELLING and not low.endswith("ly")


def _akin(one: str, other: str) -> bool:
    """Whether two words begin alike, as forms of one word do."""
    return one[:_SHORTEST].lower() == other[:_SHORTEST].lower()


def _doubt(reading: Reading, pair: _Pair) -> float:
    """The highest logit among the pieces of the pair's first word."""
    inside = [w for start, end, w in reading.wrong if start >= pair.start and end <= pair.end]
    return max(inside, default=float("-inf"))
