"""What a cluster is about, in the words that set its titles apart.

Words are weighed by class-based TF-IDF (Grootendorst, 2022): how often a word stands in the titles
of one cluster, against how often it stands in all.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer

from assistant.chat.topics.stop_words import stop_words

WORDS = 3
_MOST_WORDS = 20_000
_PHRASE = 1.6
"""A phrase is rarer than each of its words and says more."""

_TOKEN = r"(?u)\b[^\W\d_][\w-]{2,}\b"


def label_clusters(titles: Sequence[str], clusters: npt.NDArray[np.int32]) -> list[str]:
    """A label for each cluster, numbered from 0; a number where its titles have no word."""
    count = int(clusters.max()) + 1
    joined = [
        " ".join(title for title, cluster in zip(titles, clusters, strict=True) if cluster == one)
        for one in range(count)
    ]
    counter = CountVectorizer(
        stop_words=stop_words(titles),
        token_pattern=_TOKEN,
        ngram_range=(1, 2),
        max_features=_MOST_WORDS,
    )
    try:
        counts = counter.fit_transform(joined).toarray().astype(np.float64)
    except ValueError:
        return [f"topic {number + 1}" for number in range(count)]
    words = counter.get_feature_names_out()
    longer = np.array([_PHRASE if " " in word else 1.0 for word in words])
    within = longer * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    rarity = np.log1p(counts.sum() / count / counts.sum(axis=0))
    return [
        _label(words, weights) or f"topic {number + 1}"
        for number, weights in enumerate(within * rarity)
    ]


def _label(words: Sequence[str], weights: npt.NDArray[np.float64]) -> str:
    """The heaviest words, none of which repeats a part of another."""
    chosen: list[str] = []
    for place in np.argsort(-weights, kind="stable"):
        if weights[place] <= 0 or len(chosen) == WORDS:
            break
        word = str(words[place])
        if not any(set(word.split()) & set(other.split()) for other in chosen):
            chosen.append(word)
    return ", ".join(chosen)
