"""Two runs over the same items, paired: every figure with its difference and significance."""

from collections.abc import Sequence

from assistant.answer import Frozen
from evals.errors import DatasetError
from evals.figures import FIGURES, GATED
from evals.report.model import Report
from evals.resampling import paired
from evals.results import ItemResult
from evals.statistics import SEED, holm

_CAUSES = ("correctness", "faithfulness", "citation F1", "recall@10", "refusal right")
_TINY = 1e-9


class Compared(Frozen):
    """One figure of both runs; `p_holm` is adjusted for the gated figures among themselves."""

    name: str
    gated: bool
    before: float | None
    after: float | None
    difference: float | None
    p_value: float | None
    p_holm: float | None


class Changed(Frozen):
    """An item that got worse (or better): which scores fell or rose, and both texts or errors."""

    id: str
    question: str
    scores: dict[str, tuple[float, float]]
    before: str
    after: str


class Comparison(Frozen):
    """`n` items are in both runs unchanged; `left_out` are in one only, or were changed."""

    before: str
    after: str
    n: int
    left_out: int
    figures: tuple[Compared, ...]
    worse: tuple[Changed, ...]
    better: tuple[Changed, ...]


def compare(before: Report, after: Report, seed: int = SEED) -> Comparison:
    """Compare run `after` with run `before`; DatasetError where they share no item."""
    pairs = common_items(before.items, after.items)
    if not pairs:
        raise DatasetError("the two runs have no item in common; compare runs of one suite")
    was, now = [one.scores for one, _ in pairs], [other.scores for _, other in pairs]
    tests = {figure.name: paired(figure, was, now, seed) for figure in FIGURES}
    gated = {figure.name for figure in GATED}
    adjusted = holm(
        {
            name: test.p_value
            for name, test in tests.items()
            if name in gated and test.p_value is not None
        }
    )
    return Comparison(
        before=_named(before),
        after=_named(after),
        n=len(pairs),
        left_out=len({item.id for item in (*before.items, *after.items)}) - len(pairs),
        figures=tuple(
            Compared(
                name=name,
                gated=name in gated,
                before=test.before,
                after=test.after,
                difference=test.difference,
                p_value=test.p_value,
                p_holm=adjusted.get(name),
            )
            for name, test in tests.items()
            if test.before is not None or test.after is not None
        ),
        worse=_changed(pairs, -1),
        better=_changed(pairs, 1),
    )


def common_items(
    before: Sequence[ItemResult], after: Sequence[ItemResult]
) -> list[tuple[ItemResult, ItemResult]]:
    """The items that both runs have and that are the same question with the same gold."""
    earlier = {item.id: item for item in before}
    return [
        (earlier[item.id], item)
        for item in after
        if item.id in earlier and earlier[item.id].digest == item.digest
    ]


def _named(run: Report) -> str:
    return (
        f"{run.suite.name} ({run.suite.split}), {run.model}, judged by {run.judge.name},"
        f" {run.created.isoformat()}"
    )


def _told(item: ItemResult) -> str:
    return f"error: {item.error}" if item.status == "error" else item.text


def _changed(pairs: Sequence[tuple[ItemResult, ItemResult]], sign: int) -> tuple[Changed, ...]:
    found = []
    for one, other in pairs:
        scores = {
            name: (was, now)
            for name in _CAUSES
            if (was := one.scores.get(name)) is not None
            and (now := other.scores.get(name)) is not None
            and sign * (now - was) > _TINY
        }
        if scores:
            found.append(
                Changed(
                    id=other.id,
                    question=other.question,
                    scores=scores,
                    before=_told(one),
                    after=_told(other),
                )
            )
    return tuple(
        sorted(found, key=lambda c: (-max(abs(n - w) for w, n in c.scores.values()), c.id))
    )
