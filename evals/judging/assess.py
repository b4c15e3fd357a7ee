"""How good a judge is on labelled pairs: in all, by data set, and against word overlap."""

from collections.abc import Callable, Sequence

from assistant.answer import Frozen
from evals.answer_run import each
from evals.judging.judge import Judge, Judgement
from evals.judging.pairs import Pair
from evals.metrics.agreement import (
    accuracy,
    auroc,
    cohen_kappa,
    expected_calibration_error,
    kappa_in_words,
    reliability,
)
from evals.metrics.true_rate import JudgeErrors
from evals.metrics.word_overlap import word_overlap


class ReliabilityBin(Frozen):
    """Pairs whose score lies in [low, high)."""

    low: float
    high: float
    n: int
    mean_score: float
    supported: float


class Assessment(Frozen):
    """A judge on the pairs of one data set, or of all (`dataset` "all").

    `n` counts the judged pairs, `unjudged` the others. `by_label` has the share called supported
    of each label. A figure is None where the pairs have one class only.
    """

    dataset: str
    n: int
    unjudged: int
    positives: int
    auroc: float | None
    auroc_word_overlap: float | None
    auroc_support_contradict: float | None
    accuracy: float
    kappa: float
    kappa_in_words: str
    ece: float
    sensitivity: float
    specificity: float
    true_positives: int
    true_negatives: int
    by_label: dict[str, float]
    bins: tuple[ReliabilityBin, ...]

    @property
    def errors(self) -> JudgeErrors:
        """The counts by which a measured rate is corrected."""
        return JudgeErrors(
            self.true_positives, self.positives, self.true_negatives, self.n - self.positives
        )


class PairVerdict(Frozen):
    """A judge's verdict on one pair, and whether it is right; None where it did not tell."""

    id: str
    dataset: str
    claim: str
    label: str
    judged: str
    score: float | None
    right: bool | None


Judged = list[tuple[Pair, Judgement]]


def judge_pairs(
    judge: Judge,
    pairs: Sequence[Pair],
    concurrency: int = 1,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Judged:
    """The verdict on every pair, in their order."""
    verdicts = each(
        lambda pair: judge.judge(pair.claim, [pair.paper]), pairs, concurrency, on_progress
    )
    return list(zip(pairs, verdicts, strict=True))


def verdicts_of(judged: Judged) -> list[PairVerdict]:
    """The verdicts one by one, as a report keeps them."""
    return [
        PairVerdict(
            id=pair.id,
            dataset=pair.dataset,
            claim=pair.claim,
            label=pair.label,
            judged=verdict.label,
            score=verdict.score,
            right=None if verdict.supported is None else verdict.supported == pair.supported,
        )
        for pair, verdict in judged
    ]


def assess(judged: Judged) -> list[Assessment]:
    """One assessment a data set, then one of all where there are several."""
    datasets = list(dict.fromkeys(pair.dataset for pair, _ in judged))
    found = [_assessment(name, [j for j in judged if j[0].dataset == name]) for name in datasets]
    return [*found, _assessment("all", judged)] if len(datasets) > 1 else found


def _assessment(dataset: str, judged: Judged) -> Assessment:
    told = [
        (pair, v.score or 0.0, v.label == "supported") for pair, v in judged if v.score is not None
    ]
    true = [pair.supported for pair, _, _ in told]
    said = [supported for _, _, supported in told]
    scores = [score for _, score, _ in told]
    bins = reliability(scores, true)
    kappa = cohen_kappa(said, true) if told else 0.0
    right = [one == other for one, other in zip(said, true, strict=True)]
    tp = sum(ok and supported for ok, supported in zip(right, true, strict=True))
    positives = sum(true)
    tn = sum(right) - tp
    overlaps = [word_overlap(pair.claim, pair.paper.text) for pair, _, _ in told]
    sharp = [
        at for at, (pair, _, _) in enumerate(told) if pair.supported or "contradict" in pair.label
    ]
    return Assessment(
        dataset=dataset,
        n=len(told),
        unjudged=len(judged) - len(told),
        positives=positives,
        auroc=auroc(scores, true),
        auroc_word_overlap=auroc(overlaps, true),
        auroc_support_contradict=auroc([scores[i] for i in sharp], [true[i] for i in sharp]),
        accuracy=accuracy(said, true) if told else 0.0,
        kappa=kappa,
        kappa_in_words=kappa_in_words(kappa),
        ece=expected_calibration_error(bins),
        sensitivity=tp / positives if positives else 0.0,
        specificity=tn / (len(told) - positives) if len(told) > positives else 0.0,
        true_positives=tp,
        true_negatives=tn,
        by_label=_by_label([(pair.label, supported) for pair, _, supported in told]),
        bins=tuple(ReliabilityBin(**one._asdict()) for one in bins),
    )


def _by_label(told: Sequence[tuple[str, bool]]) -> dict[str, float]:
    labels = sorted({label for label, _ in told})
    return {
        label: sum(said for name, said in told if name == label)
        / sum(name == label for name, _ in told)
        for label in labels
    }
