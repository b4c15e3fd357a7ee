"""Which sentences of an abstract are quoted: those that answer the question.

The trained comparer reads each on its own, under the paper's title; what it says is weighed beside
what words and vectors tell: of the sentences of one abstract, which is the answer?
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.extractive.decision import shipped
from assistant.extractive.passages import Passage, without_quoted
from assistant.extractive.question import Question
from assistant.verification.comparer import Comparer
from assistant.verification.windows import with_title

_GIVEN_AWAY = (
    r"(?:source )?(?:codes?|implementations?|models?|data|data ?sets?|corpus|corpora|resources"
    r"|benchmarks?|weights|checkpoints|scripts?|demos?|videos?|project page|website)"
)
_ANNOUNCES = re.compile(
    rf"^\W*(?:finally,? )?(?:(?:(?:all|our|the|its|both|this) )*{_GIVEN_AWAY}\b[^.]{{0,60}}"
    r"\b(?:available|released|accessible|open-?sourced?)"
    r"(?:\W*$|\W+(?:at|on|via|from|here|online|under|through|to)\b)"
    rf"|(?:we|the authors) (?:also )?(?:publicly )?(?:release|open-?source) (?:our|the|all)\b"
    rf"[^.]{{0,40}}\b{_GIVEN_AWAY}\b)",
    re.IGNORECASE,
)
_ASKS_FOR_IT = re.compile(
    rf"\b(?:{_GIVEN_AWAY}|availab\w+|releas\w+|download\w*|urls?|links?|page|github|repositor\w+"
    r"|open\w*|public\w*|access\w*|obtain\w*|shar\w+|licen\w+|where|give\w* away|free\w*)\b",
    re.IGNORECASE,
)


class Quoting(BaseModel):
    """A weight for each of `Passage.features`, and the last for the comparer's logit."""

    model_config = ConfigDict(frozen=True)

    weights: tuple[float, ...]


@lru_cache(maxsize=1)
def quoting() -> Quoting:
    """The shipped weights, made by `python -m evals.fit_quoting`."""
    return shipped(Quoting, "quoting.json")


def by_answer(
    question: Question, passages: Sequence[Passage], comparer: Comparer, most: int
) -> list[Passage]:
    """The passages of one paper that may be the answer, the likeliest first.

    The comparer reads the `most` that come first without it. `score` is the chance of being the
    answer, in [0, 1]; together they come to 1 (Luce, 1959).
    """
    first = likeliest(question, passages, most)
    if not first:
        return []
    by_comparer = quoting().weights[-1]
    read = [said_to_answer(question, passage, comparer) for passage in first]
    weighed = np.array(
        [p.score + by_comparer * logit for p, logit in zip(first, read, strict=True)]
    )
    chances = np.exp(weighed - weighed.max())
    chances /= chances.sum()
    return _by_score(replace(p, score=c) for p, c in zip(first, chances.tolist(), strict=True))


def likeliest(question: Question, passages: Sequence[Passage], most: int) -> list[Passage]:
    """The `most` passages that come first by words and vectors, which `score` weighs.

    Where code and data are to be had is told to those who ask for it, or where it is all there is.
    """
    if not _ASKS_FOR_IT.search(question.text):
        passages = [p for p in passages if not _ANNOUNCES.search(p.text)] or passages
    *plain, _ = quoting().weights
    sums = [float(np.dot(passage.features(question), plain)) for passage in passages]
    return _by_score(replace(p, score=s) for p, s in zip(passages, sums, strict=True))[:most]


def said_to_answer(question: Question, passage: Passage, comparer: Comparer) -> float:
    """The comparer's logit of the sentence, on its own, answering the question."""
    alone = with_title(passage.paper.title, [without_quoted(passage.text)])
    return comparer.read(question.text, alone).support


def _by_score(passages: Iterable[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda passage: -passage.score)
