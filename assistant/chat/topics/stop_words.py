"""Words that say nothing of a subject, in the languages that a library's titles are in.

The lists are NLTK's, which llama-index-core ships. They are not simply joined: what says nothing
in one language may be a subject in another, such as "sea" (Spanish: "may be").
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

_LISTS = "_static/nltk_cache/corpora/stopwords"
_MIXED = frozenset(("README", "english", "hinglish"))
_TELLING = 2
"""So many words of a list in a title tell its language; one may be a name."""

_LEAST_SHARE = 0.01
_LEAST_TITLES = 2
_WORD = re.compile(r"\w+")


def stop_words(titles: Sequence[str]) -> list[str]:
    """English stop words, and those of every language with titles enough."""
    enough = max(_LEAST_TITLES, _LEAST_SHARE * len(titles))
    words = [frozenset(_WORD.findall(title.lower())) for title in titles]
    found = set(ENGLISH_STOP_WORDS)
    for listed in _lists():
        own = listed - ENGLISH_STOP_WORDS
        if sum(len(title & own) >= _TELLING for title in words) >= enough:
            found |= own
    return sorted(found)


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], ...]:
    found = find_spec("llama_index.core")  # not imported, which takes seconds
    assert found is not None and found.origin is not None
    files = sorted((Path(found.origin).parent / _LISTS).iterdir())
    return tuple(
        frozenset(_WORD.findall(file.read_text("utf-8").lower()))
        for file in files
        if file.name not in _MIXED
    )
