"""Statements of opposite direction: `raises` against `diminishes`, `common` against `scarce`.

The words of a scale stand in two groups of opposite sense, and a negation before a word turns it
round. Texts oppose each other where they put the same thing at opposite ends of one scale.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.extractive.question import content_stems

_SCALES = """
increase raise rise rose grow grew growth expand expansion enlarge higher more
= decrease reduce reduction lower drop fall fell fallen decline diminish lessen shrink shrunk
fewer less cut saving;
improve improvement enhance enhancement strengthen boost help benefit gain better superior
= degrade degradation worsen harm hurt impair weaken deteriorate hinder drop decline diminish worse
inferior;
high highest = low lowest;
common frequent widespread abundant plenty plentiful ubiquitous = scarce rare uncommon scarcity;
broad wide = narrow;
easy easily = hard difficult difficulty challenging time-consuming;
little = time-consuming laborious lengthy;
fast faster quick rapid = slow slower sluggish;
reliable trustworthy = unreliable untrustworthy;
robust stable resilient = fragile brittle unstable;
cheap cheaper inexpensive = expensive costly costlier;
strong stronger strongest powerful well = weak weaker weakest poor poorly struggle;
accurate precise = inaccurate imprecise;
positive positively = negative negatively;
often frequently usually typically always = rarely seldom hardly never few;
sufficient adequate enough = insufficient inadequate;
effective = ineffective; efficient = inefficient; consistent = inconsistent;
similar alike = different differ dissimilar;
succeed success successful = fail failure unsuccessful;
substantial considerable = minor negligible hardly;
long longer lengthy = short shorter brief;
mild milder moderate = severe
"""
_NEGATOR = re.compile(
    r"not|no|never|without|hardly|cannot|nor|neither|unable|n['’]t", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z]+(?:-[a-z]+)*|['’][a-z]+|[.,;:()]")
_WORDS_EACH_SIDE = 7
_NEGATOR_BEFORE = 4
_SHARED = 2
_MOST = 0.4


@dataclass(frozen=True)
class _Stand:
    """A word on a scale: `sign` says at which end, `around` what stands near it."""

    word: str
    scale: int
    sign: int
    around: frozenset[str]

    def shared(self, other: "_Stand") -> int:
        return len(self.around & other.around)


def opposed_direction(claim: str, sentences: Sequence[str]) -> str:
    """A word of the claim by which it opposes one of the sentences; empty if there is none.

    A sentence must hold much of the claim, and none may say the same in the claim's direction of
    what is at least as near. Where a claim or sentence names both ends of a scale, neither counts:
    it compares two things.
    """
    stems = set(content_stems(claim))
    held = [
        stand
        for sentence in sentences
        if len(stems & set(content_stems(sentence))) >= _MOST * len(stems)
        for stand in _one_sided(_stands(sentence))
    ]
    for said in _one_sided(_stands(claim)):
        fitting = [h for h in held if h.scale == said.scale and said.shared(h) >= _SHARED]
        against = max((said.shared(h) for h in fitting if h.sign != said.sign), default=0)
        same = max((said.shared(h) for h in fitting if h.sign == said.sign), default=0)
        if against > same:
            return said.word
    return ""


def _one_sided(stands: Sequence[_Stand]) -> list[_Stand]:
    ends = {(stand.scale, stand.sign) for stand in stands}
    return [stand for stand in stands if (stand.scale, -stand.sign) not in ends]


@lru_cache(maxsize=1)
def _scales() -> dict[str, tuple[tuple[int, int], ...]]:
    """Scale and end of each word's stem."""
    table: dict[str, set[tuple[int, int]]] = {}
    for number, scale in enumerate(_SCALES.split(";")):
        for sign, words in zip((1, -1), scale.split("="), strict=True):
            for word in words.split():
                table.setdefault(_stem(word), set()).add((number, sign))
    return {stem: tuple(sorted(places)) for stem, places in table.items()}


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return " ".join(content_stems(word)) or word.lower()


def _stands(text: str) -> list[_Stand]:
    tokens = _TOKEN.findall(text)
    found = []
    for at, word in enumerate(tokens):
        places = _scales().get(_stem(word), ())
        if not places:
            continue
        near = (
            tokens[max(0, at - _WORDS_EACH_SIDE) : at] + tokens[at + 1 : at + 1 + _WORDS_EACH_SIDE]
        )
        around = frozenset(content_stems(" ".join(near)))
        turned = -1 if _negated(tokens, at) else 1
        found += [_Stand(word, scale, sign * turned, around) for scale, sign in places]
    return found


def _negated(tokens: Sequence[str], at: int) -> bool:
    """Whether a negation stands shortly before a word, in the same clause."""
    for before in reversed(tokens[max(0, at - _NEGATOR_BEFORE) : at]):
        if not before[-1].isalpha():
            return False
        if _NEGATOR.fullmatch(before) or before.lower().endswith("n't"):
            return True
    return False
