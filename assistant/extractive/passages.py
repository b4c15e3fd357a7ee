"""Scores the sentences of retrieved abstracts against a question."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.extractive.question import Kind, Question, content_stems
from ingest.paper import Paper
from ingest.text import split_sentences

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
_CACHE_SIZE = 20_000


@dataclass(frozen=True)
class Passage:
    """A sentence of an abstract, `paper.abstract[start:end]`, and how well it fits a question."""

    paper: Paper
    start: int
    end: int
    cosine: float
    coverage: float
    score: float
    has_figure: bool

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.paper.abstract[self.start : self.end]


class SentenceVectors:
    """Encodes sentences once and keeps the latest; safe to share between threads."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._kept: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (n, dimension)."""
        with self._lock:
            missing = [t for t in dict.fromkeys(texts) if t not in self._kept]
        fresh = dict(zip(missing, self._encode(missing), strict=True)) if missing else {}
        with self._lock:
            self._kept.update(fresh)
            for text in texts:
                if text in self._kept:
                    self._kept.move_to_end(text)
                    fresh[text] = self._kept[text]
            while len(self._kept) > _CACHE_SIZE:
                self._kept.popitem(last=False)
        return np.stack([fresh[t] for t in texts])


def weighted_coverage(terms: Sequence[str], weights: dict[str, float], text: str) -> float:
    """Share of the terms' weight (inverse document frequency) whose stems occur in the text."""
    total = sum(weights[t] for t in terms)
    if not total:
        return 0.0
    present = set(content_stems(text))
    return sum(weights[t] for t in terms if t in present) / total


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
    """Every sentence of a paper's abstract, best first."""
    spans = split_sentences(paper.abstract)
    if not spans:
        return []
    texts = [paper.abstract[s.start : s.end] for s in spans]
    cosines = vectors([without_quoted(t).strip() or t for t in texts]) @ question_vector
    passages = []
    for span, text, cosine in zip(spans, texts, cosines, strict=True):
        coverage = weighted_coverage(question.terms, weights, without_quoted(text))
        figure = bool(_NUMBER.search(text) or _WORDED_NUMBER.search(text))
        score = float(cosine) + 0.5 * coverage + _cues(question, text, figure)
        passages.append(
            Passage(paper, span.start, span.end, float(cosine), coverage, score, figure)
        )
    return sorted(passages, key=lambda p: -p.score)


def _cues(question: Question, text: str, figure: bool) -> float:
    """What the kind of a question makes of a sentence's form."""
    score = 0.05 * bool(_CONTRIBUTION.search(text)) - 0.12 * bool(_BACKGROUND.search(text))
    if question.wants_figure:
        score += 0.15 if figure else -0.1
    if question.kind is Kind.EXPLAIN:
        score += 0.06 * bool(_MECHANISM.search(text))
    return score
