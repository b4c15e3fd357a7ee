"""What a rate that an erring judge measured comes to, once its errors are counted.

With sensitivity s and specificity c, known from labelled pairs, a judge calls
`r s + (1 - r) (1 - c)` of the sentences supported where r are. Solved for r (Rogan and Gladen 1978,
"Estimating prevalence from the results of a screening test"). The interval counts the chance in
both samples, answers and labelled pairs (Lang and Reiczigel 2014). It presumes that the judge errs
on answers as often as on the pairs; the nearer the pairs are to the answers, the truer.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


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
    apparent: float, resampled: Values, errors: JudgeErrors, seed: int
) -> Corrected | None:
    """The corrected rate; None where the judge's errors say nothing about it.

    `resampled` are bootstrap draws of the apparent rate. Sensitivity and specificity are drawn with
    them, from Jeffreys' posterior Beta(k + 1/2, n - k + 1/2).
    """
    if not errors.positives or not errors.negatives:
        return None
    point = corrected_rate(
        apparent, np.array(errors.sensitivity), np.array(errors.specificity)
    ).item()
    if np.isnan(point):
        return None
    generator = np.random.default_rng(seed)
    tp, tn = errors.true_positives, errors.true_negatives
    size = len(resampled)
    sensitivity = generator.beta(tp + 0.5, errors.positives - tp + 0.5, size)
    specificity = generator.beta(tn + 0.5, errors.negatives - tn + 0.5, size)
    draws = corrected_rate(resampled, sensitivity, specificity)
    low, high = np.nanquantile(draws, (0.025, 0.975))
    return Corrected(point, min(float(low), point), max(float(high), point))
