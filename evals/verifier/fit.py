"""Fits the verifier's decision on tuning parts: `python -m evals.verifier.fit`.

A logistic regression over the signals and their products, of the written claims that are held out
too, and the threshold that accepts 96 in 100 of those summaries of SciTLDR that no rule refutes.
Only sets with a stated licence are used.
"""

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.verification.comparer import Comparer, claim_comparer
from assistant.verification.signals import Signals, signals
from assistant.verification.verifier import CALIBRATION_FILE
from assistant.verification.windows import choose, sentences_near
from evals.verifier.cases import Case, by_hand, labelled, scripted, summaries, written

ACCEPTED = 0.96
_EACH = 70
_PARTLY = 0.6


def measured(cases: Sequence[Case], comparer: Comparer) -> list[Signals]:
    """The signals of each case, as the verifier would see them."""
    found = []
    for case in cases:
        spans = sentences_near(case.claim, case.paper.abstract)
        texts = [case.paper.abstract[s.start : s.end] for s in spans]
        chosen = [texts[n] for n in choose(case.claim, texts)]
        paper, both = case.paper, (comparer, claim_comparer())
        found.append(signals(case.claim, paper.title, paper.abstract, chosen, *both))
    return found


def tuning_cases() -> list[tuple[list[Case], float]]:
    """Tuning cases by origin, each with the weight of its true cases and of its false ones."""
    return [
        (scripted("tune", _EACH), 3.0),
        (summaries("tune"), 2.0),
        (written(), 2.0),
        (labelled("scifact", "tune", 400), 1.0),
        (labelled("wice", "tune", 400), 0.5),
        (by_hand("tune"), 0.5),
    ]


def fit_decision(groups: Sequence[tuple[list[Case], float]]) -> dict[str, object]:
    """The decision as it is stored; a figure that is not in the source has no say in the fit."""
    comparer = Comparer()
    rows, labels, weights, own = [], [], [], []
    for cases, weight in groups:
        found = measured(cases, comparer)
        counts = Counter(case.supported for case in cases)
        for case, one in zip(cases, found, strict=True):
            if one.refuted:
                continue
            rows.append(one.features())
            labels.append(case.supported)
            weights.append(weight / counts[case.supported])
            own.append(case.kind == "own summary")
    scale = len(weights) / sum(weights)
    model = LogisticRegression(max_iter=5000, C=1.0)
    model.fit(np.array(rows), labels, sample_weight=np.array(weights) * scale)
    chances = model.predict_proba(np.array(rows))[:, 1]
    threshold = float(np.quantile(chances[np.array(own)], 1 - ACCEPTED))
    return {
        "support": {
            "weights": [round(float(w), 4) for w in model.coef_[0]],
            "bias": round(float(model.intercept_[0]), 4),
            "threshold": round(threshold, 4),
        },
        "partly": round(_PARTLY * threshold, 4),
    }


def main() -> None:
    """Fit and store the decision that is shipped."""
    decision = fit_decision(tuning_cases())
    CALIBRATION_FILE.write_text(json.dumps(decision, indent=2) + "\n", encoding="utf-8")
    print(CALIBRATION_FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
