"""Fits `assistant/extractive/listed.json`: `python -m evals.fit_listed PAGE`.

PAGE is the saved Papers page. On the answerable questions for lists of the tuning halves of both
shipped suites: does a paper answer (grade 2)? The threshold is the one with the best F1 of the
papers listed, out of fold; what both suites ask is in one fold. Standard error tells that F1, and
the best by relevance alone.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.extractive.listed import listed_features
from assistant.extractive.question import Kind
from evals.engine_over import engine_over, found_for
from evals.suite import SuiteName, load_suite, shipped_suite
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE

Vector = npt.NDArray[np.float64]
_STRENGTH = 0.1
_FOLDS = 8


class Row(NamedTuple):
    """A paper that may be listed, and whether it should be."""

    question: str
    features: tuple[float, ...]
    answers: bool


def rows_of(suite: SuiteName, papers: Path) -> Iterator[Row]:
    """The papers found for every question for a list."""
    with engine_over(read_papers([papers])) as engine:
        for item in load_suite(shipped_suite(suite), "tune"):
            question, hits = found_for(engine, item)
            if not item.answerable or question.kind is not Kind.LIST:
                continue
            for evidence in engine.extractive.evidence(question, hits):
                features = listed_features(evidence, engine.extractive.relevance(evidence))
                yield Row(item.question, features, evidence.hit.paper.id in item.gold_ids)


def best_threshold(answers: Vector, chances: Vector) -> tuple[float, str]:
    """The threshold with the best F1, and how it fares."""
    precision, recall, thresholds = precision_recall_curve(answers, chances)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    at = int(np.argmax(f1))
    told = f"precision {precision[at]:.2f}, recall {recall[at]:.2f}, F1 {f1[at]:.2f}"
    return float(thresholds[at]), told


def main(page: Path) -> None:
    """Print the decision as JSON, and to standard error how it fares out of fold."""
    rows = [*rows_of("papers-page", page), *rows_of("sample", SAMPLE_FILE)]
    features = np.array([row.features for row in rows])
    answers = np.array([row.answers for row in rows])
    groups = [row.question for row in rows]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH))
    chances = cross_val_predict(
        model, features, answers, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    threshold, told = best_threshold(answers, chances)
    by_relevance = best_threshold(answers, features[:, 0])[1]
    asked = f"{len(set(groups))} questions, {len(rows)} papers"
    sys.stderr.write(f"{asked}: {told}; by relevance alone {by_relevance}\n")
    scale, regression = model.fit(features, answers)
    weights = regression.coef_[0] / scale.scale_
    decision = {
        "weights": [round(float(weight), 3) for weight in weights],
        "bias": round(float(regression.intercept_[0] - weights @ scale.mean_), 3),
        "threshold": round(threshold, 3),
    }
    json.dump(decision, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
