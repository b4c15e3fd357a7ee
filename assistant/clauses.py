"""Splits a sentence that tells of several papers into clauses that each tell of one."""

import re
from itertools import takewhile

from assistant.extractive.question import content_stems
from assistant.headings import FINITE_VERBS
from assistant.verification.surface import names

_JOINT = re.compile(
    r"\s*;\s+|,?\s+(?:while|whereas)\s+|,?\s+(?:but|and|yet)\s+(?:also\s+)?|,\s+", re.IGNORECASE
)
_WEAK = re.compile(r"\s+and\s+(?:also\s+)?|,\s+", re.IGNORECASE)
"""Joins words as well as clauses, so what follows it must have a verb to be a clause."""
_LAST_JOINT = re.compile(rf"(?:{_JOINT.pattern})\Z", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
_LEAST_STEMS = 3
_SUBJECT_WORDS = 6


def clauses(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence, or none where it does not fall into clauses of their own.

    Each begins by naming what it is about and says something of it: in "A halves the cost, and
    doubles the speed" the second half has no subject, and held against another paper than A's it
    would be pinned on the wrong one, so it stays with the first. "A and B reach 81 %" is one
    clause.
    """
    starts = [0]
    for joint in _JOINT.finditer(sentence):
        following = _JOINT.search(sentence, joint.end())
        end = following.start() if following else len(sentence)
        piece = sentence[joint.end() : end]
        weak = _WEAK.fullmatch(joint[0]) is not None
        if _stands_alone(piece, first=False) and (has_verb(piece) or not weak):
            starts.append(joint.end())
    ends = [*starts[1:], len(sentence)]
    found = tuple(_trimmed(sentence[a:b]) for a, b in zip(starts, ends, strict=True))
    return found if len(found) > 1 and _stands_alone(found[0], first=True) else ()


def subject_words(clause: str) -> list[str]:
    """The words before the verb, as far as a list of common verbs tells it."""
    words = _WORD.findall(clause)[:_SUBJECT_WORDS]
    return list(takewhile(lambda word: word.casefold() not in FINITE_VERBS, words))


def has_verb(clause: str) -> bool:
    """Whether a word of a list of common finite verbs stands in it."""
    return any(word.casefold() in FINITE_VERBS for word in _WORD.findall(clause))


def _trimmed(clause: str) -> str:
    """Without the joint that it ends with."""
    return _LAST_JOINT.sub("", clause).strip()


def _stands_alone(clause: str, *, first: bool) -> bool:
    """The capital of a sentence's first word makes no name of it; that of a later clause's does."""
    subject = " ".join(subject_words(clause))
    named = [name for name in names(subject if first else f"so {subject}") if content_stems(name)]
    return bool(named) and len(content_stems(clause)) >= _LEAST_STEMS
