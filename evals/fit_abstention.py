"""Fits the extractive answerer's calibration: `python -m evals.fit_abstention PAGE`.

PAGE is the saved Papers page. Three logistic regressions on the tuning halves of both shipped
suites and of the further unanswerable questions: does a sentence of a right paper state a fact that
is asked for (features of `assistant.extractive.passages`), does a paper bear on a question (graded
papers), and is the question answered (features of `assistant.extractive.evidence`). The threshold
of the last is the largest that refuses at most 5 % of the answerable tuning questions out of fold;
a question that both suites ask is in one fold. The ranking of passages feeds the others: run it
twice after a change to a passage's features.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant import Settings
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import analyse
from assistant.followup import standalone_question
from assistant.opening import open_engine
from evals.metrics.correctness import fact_recall
from evals.suite import Item, SuiteName, load_suite, shipped_file, shipped_suite
from ingest.pipeline import ingest_records, read_papers
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.05
LISTED_FROM = 0.3
Measured = list[tuple[Item, list[Evidence]]]


def tuning_items(name: SuiteName) -> list[Item]:
    """The tuning half of a suite and of its further unanswerable questions."""
    files = (shipped_suite(name), shipped_file(f"{name}-unanswerable.jsonl"))
    return [item for file in files for item in load_suite(file, "tune")]


def measure(items: Sequence[Item], papers: Path) -> Measured:
    """Evidence of every retrieved paper for every question."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library={"path": Path(folder) / "library"})
        ingest_records(read_papers([papers]), settings.library, settings.embedding)
        engine = open_engine(settings)
        measured = []
        for item in items:
            text = standalone_question(item.question, item.history)
            hits = engine.search.search(text, settings.retrieval.sources).hits
            measured.append((item, engine.extractive.evidence(analyse(text), hits)))
        engine.close()
    return measured


def fit_passage(measured: Measured) -> LogisticRegression:
    """Which sentences of the right papers state a fact that the question asks for."""
    rows, labels = [], []
    for item, evidence in measured:
        question = analyse(standalone_question(item.question, item.history))
        for one in evidence:
            if one.hit.paper.id in item.gold_ids and item.facts:
                rows += [p.features(question) for p in one.passages]
                labels += [bool(fact_recall(p.text, item.facts)) for p in one.passages]
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_relevance(measured: Measured) -> LogisticRegression:
    """Which retrieved papers are graded, over the answerable questions."""
    rows, labels = [], []
    for item, evidence in measured:
        graded = {paper.paper_id for paper in item.papers}
        for one in evidence if item.answerable else []:
            rows.append(one.features())
            labels.append(one.hit.paper.id in graded)
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_answerable(
    measured: Measured, relevance: LogisticRegression
) -> tuple[LogisticRegression, float]:
    """Which questions are answerable, by their best paper; the model and its threshold."""
    rows = [_best(evidence, relevance) for _, evidence in measured if evidence]
    labels = np.array([item.answerable for item, evidence in measured if evidence])
    model = LogisticRegression(max_iter=5000)
    asked = [item.question for item, evidence in measured if evidence]
    chances = cross_val_predict(
        model, rows, labels, groups=asked, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    threshold = float(np.quantile(chances[labels], MAX_OVER_REFUSED))
    return model.fit(rows, labels), threshold


def _best(evidence: Sequence[Evidence], relevance: LogisticRegression) -> tuple[float, ...]:
    rows = np.array([one.features() for one in evidence])
    at = int(relevance.predict_proba(rows)[:, 1].argmax())
    return evidence[at].features()


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
        "relevant": _fields(relevance, LISTED_FROM),
        "answerable": _fields(answerable, threshold),
    }
    json.dump(calibration, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
