"""Scores the sentences of retrieved abstracts against a question."""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from assistant.extractive.counted import counts, thing_counted
from assistant.extractive.decision import calibration
from assistant.extractive.question import Kind, Question, content_stems, fold, mentions
from ingest.paper import Paper
from ingest.text import Span, split_sentences

Vector = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vector]

_QUOTED = re.compile(r"``[^`']{0,200}''?|“[^”]{0,200}”|\"[^\"]{0,200}\"")
_NUMBER = re.compile(r"(?<![\w.-])\d[\d,.]*|\b\w+fold\b")
_WORDED_NUMBER = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?"
    r"|millions?|billions?|half|twice|double|triple)\b",
    re.IGNORECASE,
)
_CONTRIBUTION = re.compile(
    r"\b(we|authors?|paper|work|study)\s+(\w+\s+)?(propose|introduce|present|develop|show|find"
    r"|demonstrate|design|release|build)|\b(is|are) an? (\w+[ -]){0,5}(framework|method|model"
    r"|architecture|approach|benchmark|dataset|library|survey|toolkit|system|algorithm)\b"
    r"|\b(outperforms?|achieves?|reaches|replaces?|improves?)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"^(however|recent(ly)?|existing|despite|while|although|in recent years|traditionally|previous"
    r"|for the past|currently|unfortunately)\b|\bfuture work\b|\bcode( is| and| will|:)|https?://",
    re.IGNORECASE,
)
_MECHANISM = re.compile(
    r"\b(by|via|through|using|uses|based on|consists? of|in which|where|so that|first|then)\b",
    re.IGNORECASE,
)
VECTORS_KEPT = 40_000
"""Some 75 MB at 384 dimensions."""

MAX_SENTENCES = 96
"""Real abstracts are shorter; a whole book in the place of one must not hold up every reader."""


@dataclass(frozen=True)
class Passage:
    """A sentence of an abstract, `paper.abstract[start:end]`, and how well it fits a question.

    `cosine` and `coverage` (IDF-weighted share of the question's words) are of the sentence;
    `focus` is the share of what is asked for in it, `names` that of the question's names; the rest
    says what its form is good for, `place` where it stands (0 first, 1 last).
    """

    paper: Paper
    start: int
    end: int
    cosine: float
    coverage: float
    focus: float
    names: float
    has_figure: bool
    place: float
    score: float = 0.0

    def features(self, question: Question) -> tuple[float, ...]:
        """The figures that the calibrated ranking weighs, in its order."""
        text = self.text
        explain = question.kind is Kind.EXPLAIN
        thing = thing_counted(question.text)
        return (
            self.cosine,
            self.coverage,
            self.focus,
            self.names,
            float(question.wants_figure and self.has_figure),
            float(bool(_CONTRIBUTION.search(text))),
            float(bool(_BACKGROUND.search(text))),
            self.place,
            min(len(text), 400) / 400,
            self.cosine if explain else 0.0,
            self.coverage if explain else 0.0,
            self.place if explain else 0.0,
            float(explain and bool(_MECHANISM.search(text))),
            float(bool(thing) and counts(text, thing)),
        )

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.paper.abstract[self.start : self.end]


class SentenceVectors:
    """Encodes sentences once and keeps the vectors used last; safe to share between threads.

    A sentence is known by its digest, so that what is kept has a bound in bytes, whatever the
    length of the sentences.
    """

    def __init__(self, encode: Encode, keep: int = VECTORS_KEPT) -> None:
        self._encode = encode
        self._kept: LRUCache[bytes, Vector] = LRUCache(keep)
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (n, dimension)."""
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        with self._lock:
            held = {key: self._kept[key] for key in keys if key in self._kept}
        missing = {key: t for key, t in zip(keys, texts, strict=True) if key not in held}
        if missing:
            encoded = self._encode(list(missing.values()))
            # Copies, for a row that is kept would keep all rows beside it.
            new = {key: row.copy() for key, row in zip(missing, encoded, strict=True)}
            held |= new
            with self._lock:
                self._kept.update(new)
        return np.stack([held[key] for key in keys])


def weighted_coverage(terms: Sequence[str], weights: dict[str, float], text: str) -> float:
    """Share of the terms' weight (inverse document frequency) whose stems occur in the text."""
    total = sum(weights.get(t, 0.0) for t in terms)
    if not total:
        return 0.0
    present = set(content_stems(text))
    return sum(weights.get(t, 0.0) for t in terms if t in present) / total


def without_quoted(text: str) -> str:
    """The text without quoted examples: what a paper mentions, it does not say."""
    return _QUOTED.sub(" ", text)


def score_passages(
    question: Question,
    paper: Paper,
    weights: dict[str, float],
    question_vector: Vector,
    vectors: SentenceVectors,
) -> list[Passage]:
    """The sentences of a paper's abstract, best first."""
    return ranked(question, read_passages(question, paper, weights), question_vector, vectors)


def read_passages(question: Question, paper: Paper, weights: dict[str, float]) -> list[Passage]:
    """The sentences of an abstract as words tell of them, in order; cosines and scores are zero.

    Of more than `MAX_SENTENCES`, those with the most of the question's words.
    """
    spans = list(enumerate(split_sentences(paper.abstract)))
    last = max(1, len(spans) - 1)
    said = {n: without_quoted(paper.abstract[s.start : s.end]) for n, s in spans}
    coverage = {n: weighted_coverage(question.terms, weights, text) for n, text in said.items()}
    if len(spans) > MAX_SENTENCES:
        best = sorted(spans, key=lambda span: -coverage[span[0]])[:MAX_SENTENCES]
        spans = sorted(best, key=lambda span: span[0])
    return [
        _as_words_tell(question, paper, weights, span, said[n], coverage[n], n / last)
        for n, span in spans
    ]


def ranked(
    question: Question,
    passages: Sequence[Passage],
    question_vector: Vector,
    vectors: SentenceVectors,
) -> list[Passage]:
    """Sentences with their cosines and scores, best first."""
    if not passages:
        return []
    texts = [without_quoted(p.text).strip() or p.text for p in passages]
    rank = calibration().passage
    scored = []
    for passage, cosine in zip(passages, vectors(texts) @ question_vector, strict=True):
        near = replace(passage, cosine=float(cosine))
        scored.append(replace(near, score=rank.probability(near.features(question))))
    return sorted(scored, key=lambda p: -p.score)


def _as_words_tell(
    question: Question,
    paper: Paper,
    weights: dict[str, float],
    span: Span,
    said: str,
    coverage: float,
    place: float,
) -> Passage:
    text, folded = paper.abstract[span.start : span.end], fold(said)
    return Passage(
        paper=paper,
        start=span.start,
        end=span.end,
        cosine=0.0,
        coverage=coverage,
        focus=weighted_coverage(question.focus, weights, said) if question.focus else 1.0,
        names=_share([mentions(folded, name) for name in question.names]),
        has_figure=bool(_NUMBER.search(text) or _WORDED_NUMBER.search(text)),
        place=place,
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 1.0
