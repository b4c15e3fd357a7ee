"""What a retrieval run comes to: means with intervals, comparisons, and the queries one by one."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from evals.metrics.retrieval import MEASURES
from evals.retrieval_run import RetrievalRun
from evals.statistics import RESAMPLES, SEED, Interval, bootstrap_means, holm, paired_p_value

_TOP = 10
Figures = dict[str, dict[str, float]]


def report(run: RetrievalRun, baseline: str) -> dict[str, Any]:
    """The JSON document. Every variant but the baseline has p-values against it.

    `p_holm` is adjusted for the number of variants compared, within one measure.
    """
    figures = _means(run)
    for measure in MEASURES:
        for name, compared in _compare(run, baseline, measure).items():
            figures[name][measure] |= compared
    return {
        "split": run.beir.split,
        "queries": len(run.beir.queries),
        "docs": run.documents,
        "missing_docs": run.missing,
        "baseline": baseline,
        "confidence": 0.95,
        "resamples": RESAMPLES,
        "seed": SEED,
        "variants": [{"name": name, **figures[name]} for name in run.values],
    }


def per_query(run: RetrievalRun) -> Iterator[dict[str, Any]]:
    """A document for each query: its measures by variant, and where the relevant papers stand."""
    for at, (query_id, text) in enumerate(run.beir.queries.items()):
        graded = run.beir.qrels[query_id]
        yield {
            "_id": query_id,
            "text": text,
            "relevant": {doc: grade for doc, grade in graded.items() if grade > 0},
            "variants": {
                name: {
                    **{measure: round(float(values[at]), 6) for measure, values in by.items()},
                    "ranks": _ranks(run.rankings[name][query_id], graded),
                    "top": run.rankings[name][query_id][:_TOP],
                }
                for name, by in run.values.items()
            },
        }


def _ranks(ranking: list[str], graded: Mapping[str, int]) -> dict[str, int | None]:
    """Rank of each relevant document; None below the last rank that is measured."""
    rank = {doc: at for at, doc in enumerate(ranking, 1)}
    return {doc: rank.get(doc) for doc, grade in graded.items() if grade > 0}


def _means(run: RetrievalRun) -> dict[str, Figures]:
    columns = [(name, measure) for name in run.values for measure in MEASURES]
    matrix = np.column_stack([run.values[name][measure] for name, measure in columns])
    figures: dict[str, Figures] = {name: {} for name in run.values}
    for (name, measure), interval in zip(columns, bootstrap_means(matrix), strict=True):
        figures[name][measure] = _rounded(interval)
    return figures


def _rounded(interval: Interval) -> dict[str, float]:
    return {name: round(value, 6) for name, value in interval._asdict().items()}


def _compare(run: RetrievalRun, baseline: str, measure: str) -> dict[str, dict[str, float]]:
    base = run.values[baseline][measure]
    others = {name: by[measure] for name, by in run.values.items() if name != baseline}
    p_values = {name: paired_p_value(values, base) for name, values in others.items()}
    adjusted = holm(p_values)
    return {
        name: {
            "difference": round(float((values - base).mean()), 6),
            "p_value": round(p_values[name], 6),
            "p_holm": round(adjusted[name], 6),
        }
        for name, values in others.items()
    }
