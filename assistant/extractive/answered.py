"""Whether an abstract answers a question, by a trained comparer that reads both.

What the rules of `absent` and `premise` know by exact signs, it knows in other words too: it was
trained on questions written over abstracts, half of which the abstract does not answer or which
take for granted what it does not say (`evals/verifier/README.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.extractive.decision import Logistic, shipped
from assistant.extractive.passages import Passage, without_quoted
from assistant.extractive.question import Question
from assistant.extractive.quoting import likeliest, said_to_answer
from assistant.verification.comparer import Comparer
from assistant.verification.windows import choose, sentences_near, with_title
from ingest.paper import Paper

SENTENCES = 6
"""Sentences of an abstract that are read beside a question and the title."""
READ_ALONE = 8
"""Sentences of a paper that are read one by one; more than eight are rare."""


@dataclass(frozen=True)
class Told:
    """What tells whether a paper answers a question.

    `whole` is the comparer's logit of title and six sentences answering it, `alone` the highest of
    single sentences; `ruled` says whether a rule or thin evidence is against it.
    """

    whole: float
    alone: float
    ruled: bool

    def features(self) -> tuple[float, ...]:
        """The figures that the decision weighs, in its order."""
        return (self.whole, self.alone, float(self.ruled))


@lru_cache(maxsize=1)
def answered_decision() -> Logistic:
    """The shipped decision, made by `python -m evals.fit_answered`."""
    return shipped(Logistic, "answered.json")


def logit_of_answer(question: str, paper: Paper, comparer: Comparer) -> float:
    """The comparer's logit of the abstract answering the question."""
    abstract = paper.abstract
    spans = sentences_near(question, abstract)
    texts = [without_quoted(abstract[span.start : span.end]) for span in spans]
    near = [texts[n] for n in choose(question, texts, SENTENCES)]
    return comparer.read(question, with_title(paper.title, near)).support


def logit_of_sentence(
    question: Question, passages: Sequence[Passage], comparer: Comparer
) -> float | None:
    """The highest of its logits of the likeliest sentences, each on its own; None without any."""
    read = likeliest(question, passages, READ_ALONE)
    return max((said_to_answer(question, passage, comparer) for passage in read), default=None)
