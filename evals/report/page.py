"""Renders `report.html`: one file that loads nothing, light or dark as its reader likes."""

from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.report.model import FigureResult, Report
from evals.report.plots import (
    WIDTH,
    Histogram,
    bars,
    bars_height,
    histogram,
    reliability_points,
)
from evals.report.summary import headline, shown
from evals.results import ItemResult

_SIDE = 240.0
_BARS = ("correctness", "citation F1", "faithfulness", "recall@10")

_ENVIRONMENT = Environment(
    loader=PackageLoader("evals"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["shown"] = shown


def render_page(report: Report) -> str:
    """The page as HTML; every text of papers, models and suites is escaped."""
    by_id = {item.id: item for item in report.items}
    assessment = report.judge.assessments[-1] if report.judge.assessments else None
    return _ENVIRONMENT.get_template("report.html.j2").render(
        report=report,
        headline=headline(report),
        worst=[by_id[item_id] for item_id in report.worst],
        errors=[item for item in report.items if item.status == "error"],
        unjudged=_unjudged(report.items),
        width=WIDTH,
        side=_SIDE,
        assessment=assessment,
        points=reliability_points(assessment.bins, _SIDE) if assessment else (),
        bar_plots=_bar_plots(report),
        histograms=_histograms(report),
    )


def _bar_plots(report: Report) -> list[dict[str, Any]]:
    plots = []
    for name in _BARS:
        rows = [
            (group.name.replace("_", " "), figure)
            for group in report.groups
            for figure in group.figures
            if figure.name == name and _is_of(group.answerable, figure)
        ]
        made = bars(rows)
        if made:
            plots.append({"title": name, "bars": made, "height": bars_height(made)})
    refused = [
        (group.name.replace("_", " "), figure)
        for group in report.groups
        for figure in group.figures
        if figure.name == "refused"
    ]
    made = bars(refused)
    plots.append({"title": "refused", "bars": made, "height": bars_height(made)})
    return plots


def _is_of(answerable: bool, figure: FigureResult) -> bool:
    """Citations of questions without an answer are beside the point."""
    return answerable or figure.name == "faithfulness"


def _histograms(report: Report) -> list[Histogram]:
    def of(key: str) -> list[float]:
        return [value for item in report.items if (value := item.scores[key]) is not None]

    support = [s.score for item in report.items for s in item.sentences if s.score is not None]
    made = (
        histogram("correctness of an answer", of("correctness"), top=1.0),
        histogram("faithfulness of an answer", of("faithfulness"), top=1.0),
        histogram("citation F1 of an answer", of("citation F1"), top=1.0),
        histogram("support of a sentence", support, top=1.0),
        _latency("latency, total", of("total ms")),
        _latency("latency, first token", of("first token ms")),
    )
    return [one for one in made if one is not None]


def _latency(title: str, values: list[float]) -> Histogram | None:
    """Up to the 95th percentile; what took longer stands in the last column."""
    if not values:
        return None
    return histogram(title, values, unit=" ms", top=max(float(np.quantile(values, 0.95)), 1.0))


def _unjudged(items: tuple[ItemResult, ...]) -> list[tuple[str, str, str]]:
    """(item, sentence, reason) of every sentence that the judge told nothing about."""
    return [
        (item.id, sentence.text, sentence.reason)
        for item in items
        for sentence in item.sentences
        if sentence.label == "unjudged"
    ]
