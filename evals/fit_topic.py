"""Fits `assistant/extractive/topic.json`: `python -m evals.fit_topic PAGE LIBRARY`.

PAGE is the saved Papers page, LIBRARY a library of other papers (LitSearch's 41,270 are meant). The
tuning halves of both shipped suites are asked twice: of their own 72 papers, and of those among the
others. A logistic regression then tells questions that some paper bears on (answerable ones, absent
facts, false premises) from those that none does (other topics, invented names). Its threshold is
the largest that refuses at most 1 % of the answerable ones among them out of fold; all askings of a
question are in one fold.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.extractive.topic import is_named, topic_features
from evals.engine_over import engine_over, found_for
from evals.fit_abstention import tuning_items
from evals.suite import Item, SuiteName
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.01
_BORNE_ON = (None, "fact_absent", "false_premise")


class Asked(NamedTuple):
    """A question, and the features of the best paper for it."""

    item: Item
    features: tuple[float, ...]


def ask(name: SuiteName, papers: Path, beside: Path | None) -> Iterator[Asked]:
    """The tuning questions of a suite, asked of its papers, which lie among those of a library.

    Those whose best paper names what is asked about are left out: nothing is decided about them.
    """
    with engine_over(read_papers([papers]), beside) as engine:
        extractive = engine.extractive
        papers_held = extractive.library.lexical.count
        for item in tuning_items(name):
            question, hits = found_for(engine, item)
            best = extractive.best_paper(question, hits, extractive.reading(question, hits))
            if not is_named(question, best):
                yield Asked(item, topic_features(best, papers_held))


def fit(asked: list[Asked]) -> tuple[LogisticRegression, float]:
    """The model and its threshold."""
    rows = np.array([one.features for one in asked])
    labels = np.array([one.item.why_not in _BORNE_ON for one in asked])
    answerable = np.array([one.item.answerable for one in asked])
    scale = rows.std(axis=0)
    model = LogisticRegression(max_iter=5000)
    chances = cross_val_predict(
        model,
        rows / scale,
        labels,
        groups=[one.item.question for one in asked],
        cv=GroupKFold(10),
        method="predict_proba",
    )[:, 1]
    model.fit(rows / scale, labels)
    model.coef_ /= scale
    return model, float(np.quantile(chances[answerable], MAX_OVER_REFUSED))


def main(page: Path, library: Path) -> None:
    """Print the calibration as JSON."""
    suites: list[tuple[SuiteName, Path]] = [("papers-page", page), ("sample", SAMPLE_FILE)]
    asked = [
        one
        for name, papers in suites
        for beside in (None, library)
        for one in ask(name, papers, beside)
    ]
    model, threshold = fit(asked)
    calibration = {
        "weights": [round(float(w), 4) for w in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }
    json.dump(calibration, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
