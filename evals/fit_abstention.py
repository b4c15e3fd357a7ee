"""Fits the extractive answerer's calibration: `python -m evals.fit_abstention PAGE`.

PAGE is the saved Papers page. Three logistic regressions on the tuning halves of both shipped
suites and of the further unanswerable questions: does a sentence of a right paper state a fact that
is asked for (features of `assistant.extractive.passages`), does a paper bear on a question (graded
papers), and is the question answered (features of `assistant.extractive.evidence`). The threshold
of the last is the largest that, with the rules of `assistant.extractive.absent`, refuses at most
3 % of the answerable tuning questions out of fold; a question that both suites ask is in one fold.
The ranking of passages feeds the others: run it twice after a change to a passage's features.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.extractive.absent import plainly_absent
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import Question
from assistant.extractive.topic import is_off_topic
from evals.engine_over import engine_over, found_for
from evals.metrics.correctness import fact_recall
from evals.suite import Item, SuiteName, load_suite, shipped_file, shipped_suite
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.03
_STRENGTH = 0.1


@dataclass(frozen=True)
class Measured:
    """A question as it was searched for, its evidence, and the words that no paper holds.

    `papers` is how many the library has.
    """

    item: Item
    question: Question
    evidence: list[Evidence]
    unknown: tuple[str, ...]
    papers: int


def tuning_items(name: SuiteName) -> list[Item]:
    """The tuning half of a suite and of its further unanswerable questions."""
    files = (shipped_suite(name), shipped_file(f"{name}-unanswerable.jsonl"))
    return [item for file in files for item in load_suite(file, "tune")]


def measure(items: Sequence[Item], papers: Path) -> list[Measured]:
    """Evidence of every retrieved paper for every question."""
    with engine_over(read_papers([papers])) as engine:
        papers_held = engine.extractive.library.lexical.count
        measured = []
        for item in items:
            question, hits = found_for(engine, item)
            reading = engine.extractive.reading(question, hits)
            measured.append(Measured(item, question, reading.all(), reading.unknown, papers_held))
    return measured


def fit_passage(measured: Sequence[Measured]) -> LogisticRegression:
    """Which sentences of the right papers state a fact that the question asks for."""
    rows, labels = [], []
    for one in measured:
        for evidence in one.evidence:
            if evidence.hit.paper.id in one.item.gold_ids and one.item.facts:
                rows += [p.features(one.question) for p in evidence.passages]
                labels += [bool(fact_recall(p.text, one.item.facts)) for p in evidence.passages]
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_relevance(measured: Sequence[Measured]) -> LogisticRegression:
    """Which retrieved papers are graded, over the answerable questions."""
    rows, labels = [], []
    for one in measured:
        graded = {paper.paper_id for paper in one.item.papers}
        for evidence in one.evidence if one.item.answerable else []:
            rows.append(evidence.features())
            labels.append(evidence.hit.paper.id in graded)
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_answerable(
    measured: Sequence[Measured], relevance: LogisticRegression
) -> tuple[LogisticRegression, float]:
    """Which questions are answerable, by their best paper; the model and its threshold."""
    asked = [one for one in measured if one.evidence]
    best = [_best(one.evidence, relevance) for one in asked]
    rows = np.array([evidence.features() for evidence in best])
    labels = np.array([one.item.answerable for one in asked])
    ruled_out = np.array(
        [
            bool(plainly_absent(o.question, o.unknown, b)) or is_off_topic(o.question, b, o.papers)
            for o, b in zip(asked, best, strict=True)
        ]
    )
    scale = rows.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=5000, C=_STRENGTH)
    groups = [one.item.question for one in asked]
    chances = cross_val_predict(
        model, rows / scale, labels, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    threshold = float(np.quantile(np.where(ruled_out, 0, chances)[labels], MAX_OVER_REFUSED))
    model.fit(rows / scale, labels)
    model.coef_ /= scale
    return model, threshold


def _best(evidence: Sequence[Evidence], relevance: LogisticRegression) -> Evidence:
    rows = np.array([one.features() for one in evidence])
    return evidence[int(relevance.predict_proba(rows)[:, 1].argmax())]


def _fields(model: LogisticRegression, threshold: float) -> dict[str, object]:
    return {
        "weights": [round(float(w), 4) for w in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }


def main(page: Path) -> None:
    """Print the calibration as JSON."""
    measured = measure(tuning_items("papers-page"), page)
    measured += measure(tuning_items("sample"), SAMPLE_FILE)
    relevance = fit_relevance(measured)
    answerable, threshold = fit_answerable(measured, relevance)
    calibration = {
        "passage": _fields(fit_passage(measured), 0.5),
        "relevant": _fields(relevance, 0.5),
        "answerable": _fields(answerable, threshold),
    }
    json.dump(calibration, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
