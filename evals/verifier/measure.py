"""The verifier's figures: `python -m evals.verifier.measure [--limit N] [--rules]`.

Labelled sets are tuned on one half and reported on the other. Edits are counted at the verifier's
own threshold. What is not on this machine is named and left out.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence

from assistant.extractive.passages import SentenceVectors
from assistant.verification import ModelVerifier, Verdict, Verifier
from evals.errors import DatasetError
from evals.metrics.word_overlap import word_overlap
from evals.verifier.cases import Case, by_hand, development, labelled, scripted, summaries
from evals.verifier.rules import RuleVerifier
from evals.verifier.scoring import separation
from evals.verifier.sources import FAITHFULNESS, Part
from ingest.config import EmbeddingConfig
from ingest.embedding.provider import sentence_encoder

Score = Callable[[Case], float]
_EACH = 150


def separations(limit: int, scores: dict[str, Score]) -> Iterator[str]:
    """A line for each labelled set: AUROC and accuracy of every scorer, claims in the test half."""
    yield " | ".join(["set", "claims", *(f"{n} AUROC | accuracy" for n in scores), "vs CONTRADICT"])
    for name in FAITHFULNESS:
        try:
            halves = {part: labelled(name, part, limit) for part in _halves()}
        except DatasetError as error:
            yield f"{name}: {error}"
            continue
        yield _line(name, halves, scores)
    halves = {part: summaries(part) for part in _halves()}
    yield _line("scitldr", halves, scores)


def _halves() -> tuple[Part, Part]:
    return "tune", "test"


def _line(name: str, halves: dict[Part, list[Case]], scores: dict[str, Score]) -> str:
    cells = [name, str(len(halves["test"]))]
    against = "-"
    for score in scores.values():
        found = {p: ([score(c) for c in cs], [c.supported for c in cs]) for p, cs in halves.items()}
        figures = separation(found["tune"], found["test"])
        cells.append(f"{figures.auroc:.3f} | {figures.accuracy:.3f}")
        kept = [n for n, c in enumerate(halves["test"]) if c.supported or c.kind == "CONTRADICT"]
        if any(c.kind == "CONTRADICT" for c in halves["test"]):
            test = found["test"]
            part = ([test[0][n] for n in kept], [test[1][n] for n in kept])
            against = f"{separation(part, part).auroc:.3f}"
    return " | ".join([*cells, against])


def acceptance(name: str, cases: Sequence[Case], verifier: Verifier) -> Iterator[str]:
    """For each kind of case, how many of how many the verifier decides rightly."""
    right: dict[str, list[bool]] = {}
    for case in cases:
        said = verifier.check(case.claim, [case.paper]).supported
        right.setdefault(case.kind, []).append(said == case.supported)
    truth = {case.kind: case.supported for case in cases}
    for kind, found in sorted(right.items()):
        act = "accepted" if truth[kind] else "rejected"
        share = sum(found) / len(found)
        yield f"{name} | {kind} | {act} {sum(found)} of {len(found)} | {share:.3f}"


class Remembered:
    """A verifier whose verdicts are kept, so that several tables cost one run."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier
        self.seconds: list[float] = []
        self._kept: dict[tuple[str, str], Verdict] = {}

    def __call__(self, case: Case) -> float:
        """Support of a case."""
        key = (case.claim, case.paper.text)
        if key not in self._kept:
            began = time.perf_counter()
            self._kept[key] = self.verifier.check(case.claim, [case.paper])
            self.seconds.append(time.perf_counter() - began)
        return self._kept[key].support


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=1000, help="claims of a half of a set")
    parser.add_argument("--rules", action="store_true", help="the rules alone as well")
    options = parser.parse_args()
    model = ModelVerifier()
    remembered = Remembered(model)
    scores: dict[str, Score] = {
        "overlap": lambda case: word_overlap(case.claim, case.paper.abstract),
        "model": remembered,
    }
    if options.rules:
        rules = RuleVerifier(SentenceVectors(sentence_encoder(EmbeddingConfig()).encode))
        scores["rules"] = Remembered(rules)
    for line in acceptance("by hand, test half", by_hand("test"), model):
        print(line, flush=True)
    for line in acceptance("by hand, all", by_hand(), model):
        print(line, flush=True)
    try:
        for line in acceptance("development, tuned on", development(), model):
            print(line, flush=True)
        for line in acceptance("scitldr", summaries("test"), model):
            print(line, flush=True)
        for line in acceptance("scripted", scripted("test", _EACH), model):
            print(line, flush=True)
        for line in separations(options.limit, scores):
            print(line, flush=True)
    except DatasetError as error:
        print(error)
    if remembered.seconds:
        seconds = sorted(remembered.seconds)
        middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
        print(f"seconds a claim: median {middle:.4f}, 95 % below {late:.4f}")


if __name__ == "__main__":
    main()
