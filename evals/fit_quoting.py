"""Fits `assistant/extractive/quoting.json`: `python -m evals.fit_quoting`.

On the written questions that an abstract answers in a known place: which of its sentences is the
answer, by a logistic regression over pairs of a right and a wrong one (Bradley and Terry, 1952).
One in ten of those that the comparer was trained on is enough. Those held out tell, on standard
error, how often the answer is among the first sentences of the ranking and of this.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from assistant.extractive.evidence import idf_weights
from assistant.extractive.passages import Passage, score_passages
from assistant.extractive.question import analyse
from assistant.extractive.quoting import said_to_answer
from evals.engine_over import engine_over
from evals.verifier.lines import WrittenQuestion
from evals.verifier.sources import Abstract
from evals.verifier.written import Abstracts, held_out_questions, training_questions
from ingest.paper import Paper

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]
Asked = tuple[WrittenQuestion, Abstract]
_ONE_IN = 10
_STRENGTH = 0.1
_FIRST = (1, 2, 3)


class Choice(NamedTuple):
    """The sentences of an abstract, best first by the ranking.

    `features` has shape (sentences, features); `right` tells which hold a part of the answer.
    """

    features: Matrix
    right: npt.NDArray[np.bool_]


def choices(asked: Sequence[Asked]) -> Iterator[Choice]:
    """What is to be chosen from for each question whose answer stands in a known place."""
    papers = {a.id: Paper(id=a.id, title=a.title, abstract=a.text) for _, a in asked}
    with engine_over(papers.values()) as engine:
        extractive = engine.extractive
        for line, abstract in asked:
            question = analyse(line.question)
            passages = score_passages(
                question,
                papers[abstract.id],
                idf_weights(question.terms, extractive.library.lexical),
                extractive.encoder.encode_one(question.text),
                extractive.vectors,
            )
            right = np.array([_holds(passage, line) for passage in passages])
            if right.any() and not right.all():
                rows = [
                    (*p.features(question), said_to_answer(question, p, extractive.comparer))
                    for p in passages
                ]
                yield Choice(np.array(rows), right)


def _holds(passage: Passage, line: WrittenQuestion) -> bool:
    return line.at is not None and passage.start < line.at.end and line.at.start < passage.end


def fit(made: Sequence[Choice]) -> Vector:
    """Weights by which right sentences beat the others, each question weighing the same."""
    beaten, shares = [], []
    for features, right in made:
        gaps = features[right][:, None, :] - features[~right][None]
        beaten.append(gaps.reshape(-1, features.shape[1]))
        shares += [1 / len(beaten[-1])] * len(beaten[-1])
    rows = np.concatenate(beaten)
    model = LogisticRegression(fit_intercept=False, C=_STRENGTH, max_iter=5000)
    labels = np.repeat([True, False], len(rows))
    model.fit(np.concatenate([rows, -rows]), labels, sample_weight=np.tile(shares, 2))
    return np.asarray(model.coef_[0])


def found_among_first(made: Sequence[Choice], weights: Vector | None, first: int) -> float:
    """How often the answer is among so many sentences; without weights, of the ranking."""
    found = []
    for features, right in made:
        order = np.arange(len(right)) if weights is None else np.argsort(-(features @ weights))
        found.append(right[order[:first]].any())
    return float(np.mean(found))


def main() -> None:
    """Print the weights as JSON, and to standard error how often the answer comes first."""
    abstracts = Abstracts()
    placed = [pair for pair in training_questions(abstracts) if pair[0].answerable]
    weights = fit(list(choices(placed[::_ONE_IN])))
    held_out = list(choices([pair for pair in held_out_questions(abstracts) if pair[0].answerable]))
    for name, by in (("ranking", None), ("quoting", weights)):
        shares = ", ".join(f"{found_among_first(held_out, by, n):.3f}" for n in _FIRST)
        sys.stderr.write(f"{name}: answer among the first 1, 2, 3 of {len(held_out)}: {shares}\n")
    json.dump({"weights": [round(float(weight), 3) for weight in weights]}, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
