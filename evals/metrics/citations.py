"""Citation recall, precision and F1 by the definition of ALCE.

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", section 4: a
sentence has recall 1 if all papers that it cites, together, support it. A citation is precise if
its sentence has recall 1 and the citation is not irrelevant, that is, not both unable to support
the sentence alone and needless, since the others support it without. An answer's recall is the mean
over sentences, its precision the mean over citations.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Supports = Callable[[Sequence[int]], bool | None]
"""Whether papers, by their numbers, together support a sentence; None where it was not judged."""


class SentenceCitations(NamedTuple):
    """One sentence: whether it is supported by what it cites; its citations, and the precise ones.

    `supported` is None where the judge did not tell; such a sentence counts nowhere.
    """

    supported: bool | None
    cited: int
    precise: int


class CitationScores(NamedTuple):
    """Sums over an answer's or a suite's judged sentences, and the shares they come to."""

    sentences: int
    supported: int
    cited: int
    precise: int

    @property
    def recall(self) -> float | None:
        """Share of the sentences supported by what they cite; None without sentences."""
        return self.supported / self.sentences if self.sentences else None

    @property
    def precision(self) -> float | None:
        """Share of precise citations; 0 for sentences without any, None without sentences."""
        if not self.sentences:
            return None
        return self.precise / self.cited if self.cited else 0.0

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None without sentences."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_sentence(cited: Sequence[int], supports: Supports) -> SentenceCitations:
    """Judge a sentence by the numbers it cites, each once; without any it has no support."""
    numbers = list(dict.fromkeys(cited))
    supported = supports(numbers) if numbers else False
    precise = 0
    if supported:
        precise = sum(not _irrelevant(number, numbers, supports) for number in numbers)
    return SentenceCitations(supported, len(numbers), precise)


def total(sentences: Sequence[SentenceCitations]) -> CitationScores:
    """Sums over the sentences that were judged."""
    judged = [sentence for sentence in sentences if sentence.supported is not None]
    return CitationScores(
        sentences=len(judged),
        supported=sum(bool(sentence.supported) for sentence in judged),
        cited=sum(sentence.cited for sentence in judged),
        precise=sum(sentence.precise for sentence in judged),
    )


def _irrelevant(number: int, numbers: Sequence[int], supports: Supports) -> bool:
    if len(numbers) == 1 or supports([number]):
        return False
    return bool(supports([other for other in numbers if other != number]))
