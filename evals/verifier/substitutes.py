"""Words that stand in the same place in a corpus: the same word before and the same after."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from assistant.extractive.question import content_stems
from evals.verifier.opposites import SYNONYMS
from evals.verifier.thesaurus import Thesaurus

_WORD = re.compile(r"[\w-]+|[.,;:!?]")
_MIN_COUNT = 2
_MAX_OPTIONS = 8
_TOO_COMMON = 0.08


class Substitutes:
    """Built from texts; a place is a pair of words, so what fits it fits the grammar."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._texts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            words = _WORD.findall(text.lower())
            self._words.update(words)
            self._words.update(f"to {b}" for a, b in pairwise(words) if a == "to")
            self._texts.update(set(words))
            for before, word, after in zip(words, words[1:], words[2:], strict=False):
                if len(word) > 3 and word[0].isalpha():
                    self._places[before, after][word] += 1
        self._limit = _TOO_COMMON * total

    def count(self, word: str) -> int:
        """How often a word (or `to` and a verb) occurs."""
        return self._words[word]

    def alike(self, before: str, word: str, after: str, thesaurus: Thesaurus) -> list[str]:
        """Other content words seen between the same neighbours; none for a very common word."""
        low = word.lower()
        stems = set(content_stems(low))
        if not stems or self._texts[low] > self._limit or len(low) < 4:
            return []
        same = {low, *thesaurus.synonyms(low), *SYNONYMS.get(low, ())}
        options: list[str] = []
        for other, count in self._places[before, after].most_common(60):
            if count < _MIN_COUNT or len(options) == _MAX_OPTIONS:
                break
            found = content_stems(other)
            if other in same or not found or set(found) & stems:
                continue
            if low in thesaurus.synonyms(other) or other[-2:] != low[-2:]:
                continue
            options.append(other)
        return options
