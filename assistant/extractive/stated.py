"""Whether a paper states what a question asks for and takes for granted, by the trained comparer.

The comparer was trained on questions as well as on claims: sentences bear a question out if they
answer it. Words that a rule refutes in a claim are held against a question too, since "why does X
slow Y down?" presumes that X does.
"""

from dataclasses import dataclass

from assistant.verification.comparer import Comparer
from assistant.verification.signals import Signals, signals
from assistant.verification.windows import choose, sentences_near, with_title
from ingest.paper import Paper

UNREAD = -6.0
"""The logit of a paper without an abstract."""


@dataclass(frozen=True)
class Stated:
    """`support` is the logit of the question being answered, `doubt` the greatest probability of
    one of its words being unfounded, `refuted` what a rule holds against its premise.
    """

    support: float
    doubt: float
    refuted: str = ""

    def features(self) -> tuple[float, ...]:
        """The figures that the calibrated decision weighs, in its order."""
        return self.support, self.doubt, float(bool(self.refuted))


class QuestionReader:
    """Reads abstracts for an answer. Safe to share between threads; loads its model at first use."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer

    def __call__(self, question: str, paper: Paper) -> Stated:
        """Hold a question against the sentences of a paper that share most words with it."""
        spans = sentences_near(question, paper.abstract)
        if not spans or not question.strip():
            return Stated(UNREAD, 1.0)
        texts = [paper.abstract[s.start : s.end] for s in spans]
        near = [texts[n] for n in choose(question, texts)]
        reading = self._comparer.read(question, with_title(paper.title, near))
        found = signals(question, paper.title, paper.abstract, near, reading)
        return Stated(reading.support, _doubt(found), found.opposed or ("swapped" if found.swapped else ""))

    def sentence(self, question: str, title: str, sentence: str) -> float:
        """The logit of one sentence answering the question."""
        return self._comparer.read(question, with_title(title, [sentence])).support


def _doubt(found: Signals) -> float:
    return found.features()[1]
