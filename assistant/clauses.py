"""Splits a sentence that tells of several papers into clauses that each tell of one."""

import re
from itertools import takewhile

from assistant.extractive.question import content_stems
from assistant.headings import FINITE_VERBS
from assistant.verification.surface import names

_JOINT = re.compile(
    r"\s*;\s+|,?\s+(?:while|whereas)\s+|,\s+(?:but|and|yet)\s+(?:also\s+)?", re.IGNORECASE
)
_LEAST_STEMS = 3
_SUBJECT_WORDS = 6


def clauses(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence, or none where it does not fall into clauses of their own.

    Each must begin by naming what it is about and say something of it: in "A halves the cost, and
    doubles the speed" the second clause has no subject, and held against another paper than A's it
    would be pinned on the wrong one. "A and B reach 81 %" is one clause.
    """
    parts = tuple(part.strip() for part in _JOINT.split(sentence) if part.strip())
    complete = (_stands_alone(part, first=n == 0) for n, part in enumerate(parts))
    return parts if len(parts) > 1 and all(complete) else ()


def _stands_alone(clause: str, *, first: bool) -> bool:
    """The capital of a sentence's first word makes no name of it; that of a later clause's does."""
    words = clause.split()[:_SUBJECT_WORDS]
    subject = " ".join(takewhile(lambda word: word.casefold() not in FINITE_VERBS, words))
    named = [name for name in names(subject if first else f"so {subject}") if content_stems(name)]
    return bool(named) and len(content_stems(clause)) >= _LEAST_STEMS
