"""What a rate that an erring judge measured comes to, once its errors are counted.

With sensitivity s and specificity c, known from labelled pairs, a judge calls
`r s + (1 - r) (1 - c)` of the sentences supported where r are. Solved for r (Rogan and Gladen 1978,
"Estimating prevalence from the results of a screening test"). The interval is that of r's posterior
given both samples, answers and labelled pairs, from a uniform prior (Gelman and Carpenter 2020,
"Bayesian analysis of tests with unknown specificity and sensitivity"): unlike one of resampled
answers it does not shrink to a point where all of them are called supported. It presumes that the
judge errs on answers as often as on the pairs; the nearer the pairs are to the answers, the truer.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
_DRAWS = 2000
_GRID = 251


class JudgeErrors(NamedTuple):
    """Verdicts on labelled pairs: of `positives` supported ones `true_positives` were called so."""

    true_positives: int
    positives: int
    true_negatives: int
    negatives: int

    @property
    def sensitivity(self) -> float:
        """Share of the supported that is called so; 0 without any."""
        return self.true_positives / self.positives if self.positives else 0.0

    @property
    def specificity(self) -> float:
        """Share of the others that is not called supported; 0 without any."""
        return self.true_negatives / self.negatives if self.negatives else 0.0


class Corrected(NamedTuple):
    """The corrected rate with the bounds that hold it with 95 % confidence."""

    rate: float
    low: float
    high: float


def corrected_rate(apparent: Values | float, sensitivity: Values, specificity: Values) -> Values:
    """Rogan and Gladen's estimate, within [0, 1]; NaN where the judge is no better than chance."""
    informed = np.asarray(sensitivity + specificity - 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (np.asarray(apparent) + specificity - 1) / informed
    return np.where(informed > 0, np.clip(rate, 0, 1), np.nan)


def corrected(
    apparent: float, answers: int, resampled: Values, errors: JudgeErrors, seed: int
) -> Corrected | None:
    """The corrected rate; None where the judge's errors say nothing about it.

    `apparent` is a mean over so many `answers`, `resampled` are its bootstrap draws: from their
    variance the number of independent verdicts is known that would make it as sure.
    """
    if not errors.positives or not errors.negatives:
        return None
    point = corrected_rate(
        apparent, np.array(errors.sensitivity), np.array(errors.specificity)
    ).item()
    if np.isnan(point):
        return None
    variance = float(np.var(resampled))
    size = apparent * (1 - apparent) / variance if variance else answers
    low, high = _credible(apparent * size, size, errors, seed)
    return Corrected(point, min(low, point), max(high, point))


def _credible(
    supported: float, verdicts: float, errors: JudgeErrors, seed: int
) -> tuple[float, float]:
    """The likeliest rates that hold 95 %; s and c are drawn from Jeffreys' posteriors."""
    generator = np.random.default_rng(seed)
    tp, tn = errors.true_positives, errors.true_negatives
    sensitivity = generator.beta(tp + 0.5, errors.positives - tp + 0.5, _DRAWS)
    specificity = generator.beta(tn + 0.5, errors.negatives - tn + 0.5, _DRAWS)
    rates = np.linspace(0, 1, _GRID)[:, np.newaxis]
    called = np.clip(rates * sensitivity + (1 - rates) * (1 - specificity), 1e-12, 1 - 1e-12)
    log_chance = supported * np.log(called) + (verdicts - supported) * np.log1p(-called)
    posterior = np.exp(log_chance - log_chance.max()).sum(axis=1)
    likeliest = np.argsort(-posterior)
    share = np.cumsum(posterior[likeliest]) / posterior.sum()
    inside = rates[likeliest[: int(np.searchsorted(share, 0.95)) + 1]]
    return float(inside.min()), float(inside.max())
