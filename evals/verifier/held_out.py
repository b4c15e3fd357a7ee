"""Tells how the comparers do on held-out lines: `python -m evals.verifier.held_out [MODEL.onnx]`.

Each is read as in training, a question with the title and six sentences of its abstract; those that
are answered also with other sentences, of which the comparer ought to think less where the answer
is not in them. Without a file the shipped ones are measured, each on the lines that it is for.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.verification.comparer import Comparer, answer_comparer, claim_comparer
from evals.verifier.lines import TWINS, Line, WrittenQuestion
from evals.verifier.narrowed import OVER_OTHER, narrowed
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
    """A line for each file, by the first letter of its ids: n and AUROC.

    Of twins, how often the true one, which comes first, scores higher; of what is off topic, and
    so never answered, AUROC beside the answered questions of the other files.
    """
    of_file, label, score = np.array(files), np.array(labels), np.array(scores, dtype=np.float64)
    off_topic = of_file == "o"
    beside = off_topic | (np.isin(of_file, ("q", "t")) & label)
    told = f"{auroc(label[beside], score[beside]):.3f}"
    yield f"off-topic questions: {off_topic.sum()}, told from the answered ones with AUROC {told}"
    for letter, name in _FILES.items():
        rows = of_file == letter
        found = score[rows]
        line = f"{name}: {rows.sum()}, AUROC {auroc(label[rows], found):.3f}"
        if letter in TWINS:
            line += f", the true twin told from the other {(found[::2] > found[1::2]).mean():.3f}"
        yield line


def read_narrowed(
    found: Sequence[tuple[Line, Pair]], scores: Sequence[float], comparer: Comparer
) -> list[tuple[float, ...]]:
    """Of each held-out answered question its score, and those over `OVER_OTHER` sentences."""
    abstracts, rows = Abstracts(), []
    for (line, pair), score in zip(found, scores, strict=True):
        if isinstance(line, WrittenQuestion) and line.answerable:
            over = narrowed(line, abstracts.of(line), pair)
            read = [comparer.read(other.claim, other.window).support for other in over]
            if len(read) == len(OVER_OTHER):
                rows.append((score, *read))
    return rows


def narrowed_figures(rows: Sequence[tuple[float, ...]]) -> Iterator[str]:
    """How answered questions are told from the same over what is not the answer.

    Over six sentences from six without the answer, and over its sentence alone from another alone.
    """
    whole, alone, without, beside = np.array(rows, dtype=np.float64).T
    labels = np.repeat([True, False], len(rows))
    taken_out = auroc(labels, np.concatenate([whole, without]))
    single = auroc(labels, np.concatenate([alone, beside]))
    yield f"answers taken out: {len(rows)}, AUROC {taken_out:.3f}"
    yield (
        f"single sentences: {len(rows)}, AUROC {single:.3f},"
        f" the answer's told from another {(alone > beside).mean():.3f}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?")
    model = parser.parse_args().model
    asked, told = (
        Comparer(model) if model else shipped() for shipped in (answer_comparer, claim_comparer)
    )
    found = held_out_pairs(Abstracts())
    scores = [
        (asked if isinstance(line, WrittenQuestion) else told).read(pair.claim, pair.window).support
        for line, pair in found
    ]
    lines = figures([line.id[0] for line, _ in found], [p.supported for _, p in found], scores)
    print("\n".join([*lines, *narrowed_figures(read_narrowed(found, scores, asked))]))


if __name__ == "__main__":
    main()
