"""Reads retrieved papers for a question, and encodes no more of their sentences than it must."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from assistant.answer import Hit
from assistant.extractive.evidence import Evidence, weigh
from assistant.extractive.passages import SentenceVectors, Vector, ranked, read_passages
from assistant.extractive.question import Question

Chance = Callable[[Evidence], float]
_OF_SENTENCES = {"passage": -1.0, "figure": 0.0, "focus": 0.0, "reversed": 0.0}
"""What only encoded sentences tell, with its least value; the greatest is 1."""


class Reading:
    """One question held against its hits. Papers are read when they are asked for, and once."""

    def __init__(
        self,
        question: Question,
        hits: Sequence[Hit],
        *,
        cosines: Sequence[float],
        weights: dict[str, float],
        unknown: Sequence[str],
        vector: Vector,
        vectors: SentenceVectors,
    ) -> None:
        self._question, self._vector, self._vectors = question, vector, vectors
        self.unknown = tuple(unknown)
        self.weights = weights
        self._passages = [read_passages(question, hit.paper, weights) for hit in hits]
        self._weigh = [
            partial(weigh, question, hit, cosine=cosine, weights=weights, unknown=unknown)
            for hit, cosine in zip(hits, cosines, strict=True)
        ]
        self._read: dict[int, Evidence] = {}

    def __getitem__(self, number: int) -> Evidence:
        """What the paper of that rank, from 0 on, offers."""
        if number not in self._read:
            passages = ranked(self._question, self._passages[number], self._vector, self._vectors)
            self._read[number] = self._weigh[number](passages)
        return self._read[number]

    def first(self, count: int) -> list[Evidence]:
        """What the nearest papers offer."""
        return [self[number] for number in range(min(count, len(self._weigh)))]

    def all(self) -> list[Evidence]:
        """What every paper offers."""
        return self.first(len(self._weigh))

    def best(self, chance: Chance, among: Sequence[int] | None = None) -> Evidence:
        """The paper with the highest chance, the nearer one of equals; there must be papers.

        `among` are the ranks, from 0 on, of those that come into question; by default all do.

        Papers are read in the order of what they could reach at most, until none that is left can
        reach the best (the threshold algorithm of Fagin, Lotem and Naor, 2003). `chance` must be
        monotone in every feature, as a logistic regression is.
        """
        most = [
            _at_most(weigh_with(passages), chance)
            for weigh_with, passages in zip(self._weigh, self._passages, strict=True)
        ]
        ranks = range(len(most)) if among is None else among
        first, *others = sorted(ranks, key=lambda n: -most[n])
        best = (chance(self[first]), -first)
        for number in others:
            if most[number] < best[0]:
                break
            best = max(best, (chance(self[number]), -number))
        return self[-best[1]]


def _at_most(unread: Evidence, chance: Chance) -> float:
    """The chance if all that is not known yet spoke for the paper."""
    for name, least in _OF_SENTENCES.items():
        ends: list[dict[str, Any]] = [{name: least}, {name: 1.0}]
        unread = max((replace(unread, **end) for end in ends), key=chance)
    return chance(unread)
