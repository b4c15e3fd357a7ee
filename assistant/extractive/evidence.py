"""How much evidence the retrieved papers hold for an answer: features of a question and a paper."""

import difflib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Hit
from assistant.extractive.counted import counts, thing_counted
from assistant.extractive.passages import Passage, weighted_coverage, without_quoted
from assistant.extractive.question import (
    Question,
    content_stems,
    content_words,
    fold,
    mentions,
)
from ingest.library.lexical import LexicalIndex

_OPPOSITES = (
    ("faster", "slower"),
    ("better", "worse"),
    ("outperform", "underperform"),
    ("higher", "lower"),
    ("larger", "smaller"),
    ("more", "fewer"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("improve", "degrade"),
    ("improve", "hurt"),
    ("supervised", "unsupervised"),
)


@dataclass(frozen=True)
class Evidence:
    """What one paper offers for a question.

    `cosine` is of question and abstract, `passage` of question and best sentence; `coverage` and
    `sentence_coverage` are the IDF-weighted shares of the question's words in them, `plain` that of
    the words that are no names in the abstract; `names` is the share of the question's names in
    title and abstract; `unknown` the number of unusual words that no paper holds; `figure` says
    whether a wanted figure is in the best sentence (1 if none is wanted); `focus` is the share of
    what is asked for in the best sentences; `reversed` says whether the best sentence says the
    opposite of a comparative in the question; `lexical` is log(1 + BM25); `counted` says whether
    the paper counts what the number is asked of (1 if none is).
    """

    hit: Hit
    passages: tuple[Passage, ...]
    cosine: float
    passage: float
    coverage: float
    sentence_coverage: float
    names: float
    unknown: int
    figure: float
    focus: float
    plain: float
    reversed: float
    lexical: float
    counted: float

    @property
    def closeness(self) -> float:
        """Mean of both cosines; shared words alone do not make a paper bear on a question."""
        return (self.cosine + self.passage) / 2

    def features(self) -> tuple[float, ...]:
        """The figures that the calibrated decision weighs, in its order."""
        return (
            self.cosine,
            self.passage,
            self.coverage,
            self.sentence_coverage,
            self.names,
            float(min(self.unknown, 2)),
            self.figure,
            self.focus,
            self.plain,
            self.reversed,
            self.lexical,
            self.counted,
        )


def idf_weights(terms: Sequence[str], index: LexicalIndex) -> dict[str, float]:
    """Inverse document frequency of each term in the library; unknown terms weigh most."""
    total = max(index.count, 1)
    return {t: math.log(1 + total / (index.document_frequency(t) + 0.5)) for t in terms}


def unknown_names(
    question: Question, index: LexicalIndex, pieces: Callable[[str], int], near: Sequence[str]
) -> list[str]:
    """Names and unusual words of the question that no paper of the library holds.

    A word is unusual if the encoder's vocabulary does not hold it whole (`pieces` counts its word
    pieces). A near spelling among the retrieved texts' words is taken for a typing error.
    """
    vocabulary = list({word for text in near for word in fold(text).split()})
    missing = []
    for word in question.words:
        stems = index.terms(word)
        if not stems or all(index.document_frequency(s) for s in stems):
            continue
        folded = fold(word)
        joined = folded.replace(" ", "")
        if index.document_frequency(joined) or any(mentions(fold(text), word) for text in near):
            continue
        is_content = bool(content_words(word))
        unusual = word in question.names or (is_content and pieces(folded) > 1)
        typo = word not in question.names and difflib.get_close_matches(
            folded, vocabulary, n=1, cutoff=0.8
        )
        if unusual and not typo:
            missing.append(word)
    return missing


def weigh(
    question: Question,
    hit: Hit,
    passages: Sequence[Passage],
    *,
    cosine: float,
    weights: dict[str, float],
    unknown: Sequence[str],
) -> Evidence:
    """Measure one paper against a question."""
    text = without_quoted(f"{hit.paper.title}\n{hit.paper.abstract}")
    folded = fold(text)
    names = [mentions(folded, name) for name in question.names]
    best = passages[0] if passages else None
    plain = _plain_terms(question)
    thing = thing_counted(question.text)
    return Evidence(
        hit=hit,
        passages=tuple(passages),
        cosine=cosine,
        passage=max((p.cosine for p in passages), default=0.0),
        coverage=weighted_coverage(question.terms, weights, text),
        sentence_coverage=max((p.coverage for p in passages), default=0.0),
        names=sum(names) / len(names) if names else 1.0,
        unknown=len(unknown),
        figure=float(not question.wants_figure or (best is not None and best.has_figure)),
        focus=_focus_coverage(question, passages),
        plain=weighted_coverage(plain, weights, text) if plain else 1.0,
        reversed=float(best is not None and says_opposite(question.text, best.text)),
        lexical=math.log1p(hit.lexical or 0.0),
        counted=float(not thing or counts(text, thing)),
    )


def _plain_terms(question: Question) -> list[str]:
    """The content terms that belong to no name."""
    named = {stem for name in question.names for stem in content_stems(name)}
    return [term for term in question.terms if term not in named]


def _focus_coverage(question: Question, passages: Sequence[Passage]) -> float:
    """How much of what is asked for the three best sentences hold, with a figure if wanted."""
    fitting = [p for p in passages[:3] if p.has_figure or not question.wants_figure]
    return max((p.focus for p in fitting), default=0.0)


def says_opposite(asked: str, said: str) -> bool:
    """Whether a comparative of the question meets only its opposite in the sentence."""
    for one, other in (*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)):
        if _has(one, asked) and _has(other, said) and not _has(one, said):
            return True
    return False


def _has(word: str, text: str) -> bool:
    return re.search(rf"\b{word}(s|d|es|ed|ing)?\b", text, re.IGNORECASE) is not None
