"""Nearest abstracts by shared words, from which believable false statements are taken."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

_BLOCK = 500


def nearest(
    queries: Sequence[str], texts: Sequence[str], count: int, skip_self: bool = True
) -> npt.NDArray[np.int64]:
    """Indices into `texts`, shape (queries, count), nearest first, by cosine of TF-IDF.

    With `skip_self`, query n is text n of the same list or equals its best match, and that is left
    out.
    """
    vectorizer = TfidfVectorizer(min_df=2, max_df=0.1, sublinear_tf=True, stop_words="english")
    matrix = vectorizer.fit_transform(texts)
    asked = vectorizer.transform(queries)
    found = []
    for start in range(0, len(queries), _BLOCK):
        scores = (asked[start : start + _BLOCK] @ matrix.T).toarray()
        order = np.argpartition(-scores, count + 1, axis=1)[:, : count + 1]
        ranked = np.take_along_axis(
            order, np.argsort(-np.take_along_axis(scores, order, 1), axis=1), 1
        )
        found.append(ranked[:, 1:] if skip_self else ranked[:, :count])
    return np.concatenate(found)
