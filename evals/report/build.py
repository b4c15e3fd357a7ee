"""Makes the document of a run out of the results of its items."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from evals.diagnosis import worst
from evals.figures import FAITHFULNESS, FIGURES, GROUP_FIGURES, RAGAS, Figure
from evals.metrics.true_rate import corrected
from evals.report.model import (
    CorrectedFigure,
    Cost,
    FigureResult,
    Group,
    JudgeState,
    Latency,
    LibraryState,
    Report,
    SuiteState,
)
from evals.resampling import interval, resampled
from evals.results import ItemResult
from evals.statistics import RESAMPLES, SEED

_STEPS: tuple[tuple[Literal["retrieve", "first token", "total"], str], ...] = (
    ("retrieve", "retrieve ms"),
    ("first token", "first token ms"),
    ("total", "total ms"),
)


def build_report(
    items: Sequence[ItemResult],
    *,
    program: str,
    suite: SuiteState,
    library: LibraryState,
    model: str,
    settings: dict[str, object],
    prompts: dict[str, str],
    judge: JudgeState,
    seed: int = SEED,
) -> Report:
    """Everything that a reader of the run may want; the same items and seed give the same."""
    return Report(
        created=datetime.now(UTC).replace(microsecond=0),
        program=program,
        suite=suite,
        library=library,
        model=model,
        settings=settings,
        prompts=prompts,
        judge=judge,
        seed=seed,
        resamples=RESAMPLES,
        figures=figures_of(FIGURES, items, seed),
        corrected=_corrected(items, judge, seed),
        groups=_groups(items, seed),
        cost=_cost(items),
        latency=_latency(items),
        problems=dict(sorted(Counter(item.problem for item in items if item.problem).items())),
        worst=tuple(item.id for item in worst(items)),
        items=tuple(items),
    )


def figures_of(
    figures: Sequence[Figure], items: Sequence[ItemResult], seed: int = SEED
) -> tuple[FigureResult, ...]:
    """Value, interval and count of each figure."""
    scores = [item.scores for item in items]
    found = []
    for figure, draws in zip(figures, resampled(figures, scores, seed), strict=True):
        bounds = interval(figure.value(scores), draws, figure.count(scores))
        value, low, high = (round(b, 6) for b in bounds) if bounds else (None, None, None)
        found.append(
            FigureResult(name=figure.name, value=value, low=low, high=high, n=figure.count(scores))
        )
    return tuple(found)


def _corrected(
    items: Sequence[ItemResult], judge: JudgeState, seed: int
) -> tuple[CorrectedFigure, ...]:
    """Both definitions of faithfulness, corrected over what the judge decided: the answers.

    An abstention is faithful whatever the judge; only the share of answered items is corrected.
    """
    if not judge.assessments:
        return ()
    errors = judge.assessments[-1].errors
    scores = [item.scores for item in items]
    made = []
    ((ragas_draws,), value) = resampled([RAGAS], scores, seed), RAGAS.value(scores)
    if value is None:
        return ()
    answers = RAGAS.count(scores)
    answered = answers / max(FAITHFULNESS.count(scores), 1)
    rate = corrected(value, answers, ragas_draws[~np.isnan(ragas_draws)], errors, seed)
    if rate is None:
        return ()
    pairs = errors.positives + errors.negatives
    for name, share in ((FAITHFULNESS.name, answered), (RAGAS.name, 1.0)):
        measured, corrected_value, low, high = (
            round(1 - share + share * one, 6) for one in (value, *rate)
        )
        made.append(
            CorrectedFigure(
                name=name,
                measured=measured,
                value=corrected_value,
                low=low,
                high=high,
                sensitivity=round(errors.sensitivity, 6),
                specificity=round(errors.specificity, 6),
                pairs=pairs,
            )
        )
    return tuple(made)


def _groups(items: Sequence[ItemResult], seed: int) -> tuple[Group, ...]:
    names = dict.fromkeys(sorted((not item.answerable, item.group) for item in items))
    return tuple(
        Group(
            name=name,
            answerable=not unanswerable,
            n=len(own),
            figures=figures_of(GROUP_FIGURES, own, seed),
        )
        for unanswerable, name in names
        if (own := [i for i in items if i.group == name and i.answerable != unanswerable])
    )


def _cost(items: Sequence[ItemResult]) -> Cost:
    costs = [item.usage.cost_usd for item in items]
    known = [cost for cost in costs if cost is not None]
    return Cost(
        llm_calls=sum(item.usage.llm_calls for item in items),
        prompt_tokens=sum(item.usage.prompt_tokens for item in items),
        completion_tokens=sum(item.usage.completion_tokens for item in items),
        cost_usd=round(sum(known), 6) if len(known) == len(costs) else None,
    )


def _latency(items: Sequence[ItemResult]) -> tuple[Latency, ...]:
    found = []
    for step, key in _STEPS:
        values = [value for item in items if (value := item.scores[key]) is not None]
        if values:
            median, p95 = np.quantile(values, (0.5, 0.95))
            found.append(
                Latency(
                    step=step,
                    median=round(float(median), 1),
                    p95=round(float(p95), 1),
                    longest=round(max(values), 1),
                    n=len(values),
                )
            )
    return tuple(found)
