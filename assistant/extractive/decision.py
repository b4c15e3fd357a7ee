"""The calibrated decisions: does a paper bear on a question, and is the question answered."""

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

Decision = TypeVar("Decision", bound=BaseModel)


class Logistic(BaseModel):
    """A logistic regression: one weight a feature, and the probability from which it says yes."""

    model_config = ConfigDict(frozen=True)

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """Probability of yes, in [0, 1]; ValueError if the number of features is another."""
        logit = self.bias + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


class Calibration(BaseModel):
    """`passage` ranks sentences; `relevant` judges one paper; `answerable` the best one."""

    model_config = ConfigDict(frozen=True)

    passage: Logistic
    relevant: Logistic
    answerable: Logistic


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The shipped calibration, made by `python -m evals.fit_abstention`."""
    return shipped(Calibration, "calibration.json")


def shipped(model: type[Decision], name: str) -> Decision:
    """A decision that is shipped in this folder."""
    path = files("assistant.extractive") / name
    return model.model_validate_json(path.read_text(encoding="utf-8"))
