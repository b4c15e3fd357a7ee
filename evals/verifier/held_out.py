"""Tells how a comparer does on held-out lines: `python -m evals.verifier.held_out [MODEL.onnx]`.

Each is read as in training, a question with the title and six sentences of its abstract; those that
are answered also with six of the sentences that do not hold the answer, of which the comparer ought
to think less. Without a file it measures the shipped one.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.verification.comparer import ANSWERS_FILE, Comparer
from evals.verifier.lines import TWINS, Line, WrittenQuestion
from evals.verifier.narrowed import narrowed
from evals.verifier.pairs import Pair
from evals.verifier.watch import auroc
from evals.verifier.written import (
    Abstracts,
    claim_pair,
    held_out_claims,
    held_out_questions,
    question_pair,
)

_FILES = {"q": "questions", "t": "twin questions", "c": "claims", "u": "twin claims"}


def held_out_pairs(abstracts: Abstracts) -> list[tuple[Line, Pair]]:
    """Every held-out line with its pair, in the order of the files."""
    asked = [(q, question_pair(q, a)) for q, a in held_out_questions(abstracts)]
    return [*asked, *((c, claim_pair(c, a)) for c, a in held_out_claims(abstracts))]


def figures(files: Sequence[str], labels: Sequence[bool], scores: Sequence[float]) -> Iterator[str]:
    """A line for each file, by the first letter of its ids: n and AUROC; of twins, how often the
    true one, which comes first, scores higher.
    """
    of_file, label, score = np.array(files), np.array(labels), np.array(scores, dtype=np.float64)
    for letter, name in _FILES.items():
        rows = of_file == letter
        told = score[rows]
        line = f"{name}: {rows.sum()}, AUROC {auroc(label[rows], told):.3f}"
        if letter in TWINS:
            line += f", the true twin told from the other {(told[::2] > told[1::2]).mean():.3f}"
        yield line


def answers_taken_out(
    found: Sequence[tuple[Line, Pair]], scores: Sequence[float], comparer: Comparer
) -> str:
    """How the held-out answered questions are told from themselves with the answer taken out."""
    abstracts = Abstracts()
    told, lacking = [], []
    for (line, pair), score in zip(found, scores, strict=True):
        if isinstance(line, WrittenQuestion) and line.answerable:
            for other in narrowed(line, abstracts.of(line), pair):
                if not other.supported:
                    told.append(score)
                    lacking.append(comparer.read(other.claim, other.window).support)
    labels = np.repeat([True, False], len(told))
    area = auroc(labels, np.array([*told, *lacking]))
    return f"answers taken out: {len(told)}, AUROC {area:.3f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=ANSWERS_FILE)
    comparer = Comparer(parser.parse_args().model)
    found = held_out_pairs(Abstracts())
    scores = [comparer.read(pair.claim, pair.window).support for _, pair in found]
    lines = figures([line.id[0] for line, _ in found], [p.supported for _, p in found], scores)
    print("\n".join([*lines, answers_taken_out(found, scores, comparer)]))


if __name__ == "__main__":
    main()
