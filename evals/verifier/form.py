"""What the words of a written question or claim tell of its label, with no look at the abstract.

People who write both kinds write them unlike: from its words alone, out of fold, a bag-of-words
model tells the label of a written question with AUROC .81 and of a written claim with .73, of
twins with .78 and .62. That says nothing of the abstract, so training adds this model's logit to
the comparer's, which then has to learn the rest only (the product of experts of Clark, Yatskar and
Zettlemoyer 2019, "Don't Take the Easy Way Out"). The logit is not there when the comparer is used.

Off-topic questions are left out: that no paper speaks of what they name is for the comparer to see.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from assistant.verification.comparer import tokenizer
from evals.verifier.lines import OFF_TOPIC
from evals.verifier.pairs import Origin, Pair

FOLDS = 8
_WRITTEN: tuple[Origin, ...] = ("question", "narrowed", "claim")


def form_logits(pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
    """For each written pair the logit of a model that saw no pair about its abstract; else 0."""
    logits = np.zeros(len(pairs), dtype=np.float32)
    for origin in _WRITTEN:
        rows = [
            n for n, pair in enumerate(pairs) if pair.origin == origin and not _is_off_topic(pair)
        ]
        if rows:
            logits[rows] = _out_of_fold([pairs[n] for n in rows])
    return logits


def _is_off_topic(pair: Pair) -> bool:
    """Whether it is about nothing that papers speak of, over whichever sentences."""
    return pair.kind.startswith(OFF_TOPIC)


def _out_of_fold(pairs: Sequence[Pair]) -> npt.NDArray[np.float64]:
    texts = tokenizer().encode_batch([pair.claim for pair in pairs])
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True, token_pattern=r"\S+"),
        LogisticRegression(C=2, max_iter=2000),
    )
    found: npt.NDArray[np.float64] = cross_val_predict(
        model,
        [" ".join(text.tokens[1:-1]) for text in texts],
        [pair.supported for pair in pairs],
        groups=[pair.about for pair in pairs],
        cv=GroupKFold(FOLDS),
        method="decision_function",
    )
    return found
