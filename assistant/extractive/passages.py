"""Scores the sentences of retrieved abstracts against a question."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.extractive.decision import calibration
from assistant.extractive.question import Kind, Question, content_stems, fold, mentions
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
        )

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
            held = {t: self._kept[t] for t in texts if t in self._kept}
        missing = [t for t in dict.fromkeys(texts) if t not in held]
        if missing:
            held |= zip(missing, self._encode(missing), strict=True)
        with self._lock:
            for text in texts:
                self._kept[text] = held[text]
                self._kept.move_to_end(text)
            while len(self._kept) > _CACHE_SIZE:
                self._kept.popitem(last=False)
        return np.stack([held[t] for t in texts])


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
    """Every sentence of a paper's abstract, best first."""
    spans = split_sentences(paper.abstract)
    if not spans:
        return []
    texts = [paper.abstract[s.start : s.end] for s in spans]
    cosines = vectors([without_quoted(t).strip() or t for t in texts]) @ question_vector
    rank = calibration().passage
    passages = []
    for number, (span, text, cosine) in enumerate(zip(spans, texts, cosines, strict=True)):
        said = without_quoted(text)
        folded = fold(said)
        passage = Passage(
            paper=paper,
            start=span.start,
            end=span.end,
            cosine=float(cosine),
            coverage=weighted_coverage(question.terms, weights, said),
            focus=weighted_coverage(question.focus, weights, said) if question.focus else 1.0,
            names=_share([mentions(folded, name) for name in question.names]),
            has_figure=bool(_NUMBER.search(text) or _WORDED_NUMBER.search(text)),
            place=number / max(1, len(spans) - 1),
        )
        score = rank.probability(passage.features(question))
        passages.append(replace(passage, score=score))
    return sorted(passages, key=lambda p: -p.score)


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 1.0
