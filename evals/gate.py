"""Decides whether a run is significantly worse than the baseline.

Each gated figure is compared by a one-sided paired test, the p-values adjusted for being several
(Holm 1979), so that a run that is no worse fails by chance at most once in twenty. Besides the
answers, the judge's verdicts on labelled pairs are held against those of the baseline: a broken
verifier would otherwise judge itself.
"""

from collections.abc import Sequence

from assistant.answer import Frozen
from evals.baseline import Baseline, pair_key, pairs_of
from evals.errors import DatasetError
from evals.figures import GATED, Figure, Scores, mean_of
from evals.report.model import Report
from evals.resampling import paired
from evals.results import ItemResult
from evals.statistics import SEED, holm

ALPHA = 0.05
JUDGE_ACCURACY = mean_of("right", "judge accuracy")
_MAY_BE_CHANGED = 0.1
_TINY = 1e-9


class GatedFigure(Frozen):
    """A figure before and after, and whether its drop is significant."""

    name: str
    n: int
    before: float | None
    after: float | None
    p_worse: float | None
    failed: bool


class WorseItem(Frozen):
    """An item whose scores fell, with its sentences and facts that are wrong now."""

    id: str
    question: str
    fell: dict[str, tuple[float, float]]
    sentences: tuple[str, ...]
    status: str


class Decision(Frozen):
    """The gate's decision; `reasons` says why it fails, `worse` lists items of failed figures.

    `misjudged` lists the labelled claims that the judge got right before, where it got worse.
    """

    passed: bool
    reasons: tuple[str, ...]
    figures: tuple[GatedFigure, ...]
    worse: tuple[WorseItem, ...]
    misjudged: tuple[str, ...]
    not_compared: int


def decide(run: Report, baseline: Baseline, seed: int = SEED) -> Decision:
    """Hold a run against a baseline; DatasetError where they cannot be compared."""
    _check_alike(run, baseline)
    by_id = {item.id: item for item in run.items}
    same = [
        key
        for key, kept in baseline.items.items()
        if key in by_id and by_id[key].digest == kept.digest
    ]
    lacking = len(baseline.items) - len(same)
    if lacking > _MAY_BE_CHANGED * len(baseline.items):
        raise DatasetError(
            f"{lacking} of the baseline's {len(baseline.items)} items are not in the run, or were"
            " changed since; if that is meant, renew the baseline with --update"
        )
    before: list[Scores] = [
        dict(zip(baseline.keys, baseline.items[key].scores, strict=True)) for key in same
    ]
    after: list[Scores] = [by_id[key].scores for key in same]
    figures = _adjusted(
        [
            *(_test(figure, before, after, seed) for figure in GATED),
            *_judge_test(run, baseline, seed),
        ]
    )
    failed = [figure for figure in figures if figure.failed]
    reasons = tuple(
        f"{f.name} fell from {f.before:.3f} to {f.after:.3f} (n {f.n}, p {f.p_worse:.4f})"
        for f in failed
        if f.before is not None and f.after is not None and f.p_worse is not None
    ) + tuple(f"{f.name} cannot be measured any more" for f in failed if f.after is None)
    return Decision(
        passed=not failed,
        reasons=reasons,
        figures=tuple(figures),
        worse=_worse(failed, same, before, by_id),
        misjudged=_misjudged(failed, run, baseline),
        not_compared=lacking,
    )


def _check_alike(run: Report, baseline: Baseline) -> None:
    for name, has, wanted in (
        ("suite", run.suite.name, baseline.suite),
        ("split", run.suite.split, baseline.split),
        ("model", run.model, baseline.model),
        ("judge", run.judge.name, baseline.judge),
    ):
        if has != wanted:
            raise DatasetError(
                f"the run's {name} is {has!r}, the baseline's {wanted!r}; make the run alike, or"
                " renew the baseline with --update"
            )


def _test(
    figure: Figure, before: Sequence[Scores], after: Sequence[Scores], seed: int
) -> GatedFigure:
    found = paired(figure, before, after, seed)
    lost = found.before is not None and found.after is None
    return GatedFigure(
        name=figure.name,
        n=figure.count(before),
        before=found.before,
        after=found.after,
        p_worse=0.0 if lost else found.p_worse,
        failed=False,
    )


def _judge_test(run: Report, baseline: Baseline, seed: int) -> list[GatedFigure]:
    now = pairs_of(run)
    if not baseline.pairs:
        return []
    before: list[Scores] = [{"right": float(right)} for right in baseline.pairs.values()]
    after: list[Scores] = [{"right": float(now.get(key, False))} for key in baseline.pairs]
    return [_test(JUDGE_ACCURACY, before, after, seed)]


def _adjusted(figures: Sequence[GatedFigure]) -> list[GatedFigure]:
    p_values = holm({f.name: f.p_worse for f in figures if f.p_worse is not None})
    return [
        figure.model_copy(
            update={
                "p_worse": p_values.get(figure.name),
                "failed": p_values.get(figure.name, 1.0) < ALPHA,
            }
        )
        for figure in figures
    ]


def _worse(
    failed: Sequence[GatedFigure],
    same: Sequence[str],
    before: Sequence[Scores],
    by_id: dict[str, ItemResult],
) -> tuple[WorseItem, ...]:
    """Items that lost something of a failed figure, those that lost most first."""
    keys = {f.keys[0] for f in GATED for one in failed if one.name == f.name}
    found = []
    for key, was in zip(same, before, strict=True):
        now = by_id[key]
        fell = {
            name: (old, new)
            for name in sorted(keys)
            if (old := was.get(name)) is not None
            and (new := now.scores.get(name)) is not None
            and new < old - _TINY
        }
        if fell:
            found.append(
                WorseItem(
                    id=key,
                    question=now.question,
                    fell=fell,
                    sentences=_wrong_now(now),
                    status=now.status,
                )
            )
    return tuple(sorted(found, key=lambda one: min(n - o for o, n in one.fell.values())))


def _misjudged(failed: Sequence[GatedFigure], run: Report, baseline: Baseline) -> tuple[str, ...]:
    """`label, judged as: claim` of each pair that is judged wrongly now and was not before."""
    if JUDGE_ACCURACY.name not in {figure.name for figure in failed}:
        return ()
    return tuple(
        f"{pair.label.replace('_', ' ')}, judged {pair.judged.replace('_', ' ')}: {pair.claim}"
        for pair in run.judge.pairs
        if baseline.pairs.get(pair_key(pair)) and pair.right is not True
    )


def _wrong_now(item: ItemResult) -> tuple[str, ...]:
    """The sentences that are not supported; without any, what is missing from the answer."""
    wrong = tuple(
        f"{sentence.label.replace('_', ' ')}: {sentence.text}"
        for sentence in item.sentences
        if sentence.label != "supported" or sentence.cited_supports is False
    )
    if wrong:
        return wrong
    said = tuple(f"says: {sentence.text}" for sentence in item.sentences)
    facts = tuple(
        f"{fact.state}: {fact.fact}"
        + (f", in place of which stands {fact.instead}" if fact.instead else "")
        for fact in item.facts
        if fact.state != "stated"
    )
    return said + facts + ((f"error: {item.error}",) if item.error else ())
