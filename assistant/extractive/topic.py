"""Whether a paper is about what a question is about, however many papers it was found among.

The more papers a library holds, the nearer the nearest one comes to any question by chance: the
greatest of n draws grows with log n. "How do I bake bread?" finds nothing near it among 72 papers
about neural networks, and a lexical network of the word "bread" among 41,270 papers about language.
So the same evidence counts for less in a large library.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer import Hit
from assistant.extractive.decision import Logistic, shipped
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import Kind, Question, fold, mentions

_POSSESSIVE = re.compile(r"['’]s$")
_NAMED = 0.1
_MIN_CLOSENESS = 0.25
_FOREIGN = 0.2
"""Set by hand: of the tuning questions that the comparer takes for answered, those of other topics
lie below."""
# HotpotQA, ET-BERT, DreamerV3; not HDL-C, mRNA or Arabic-English, which papers write in other ways.
_OWN_NAME = re.compile(r".*(?:[A-Z][a-z]+[A-Z]|[A-Z]{2}-[A-Z][A-Za-z]{2}|[A-Za-z]{3}\d)")


def is_off_topic(question: Question, best: Evidence, papers: int) -> bool:
    """Whether even the best of so many papers is about something else."""
    if is_named(question, best):
        return False
    decide = topic_calibration()
    improbable = decide.probability(topic_features(best, papers)) < decide.threshold
    return improbable or best.closeness < _MIN_CLOSENESS


def is_foreign(best: Evidence) -> bool:
    """Whether the best paper is so far off that no reading of it counts."""
    return best.closeness < _FOREIGN


def is_named(question: Question, best: Evidence) -> bool:
    """Whether the best paper surely names what is asked about.

    It has a name of the question in its very letters ("Swift" in a question about a singer does not
    name SWIFT), or things are asked for whose topic it names: such a topic may be named in few
    words, so one of them is enough to go on.
    """
    if question.kind is Kind.LIST and best.coverage >= _NAMED:
        return True
    own = (name for name in question.names if any(c.isupper() for c in name[1:]))
    text = best.hit.paper.text
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in own)


def unmentioned(question: Question, best: Evidence) -> str:
    """What the question names by a name that stands for nothing else, if the best paper names none.

    None where the paper has another name of the question: it may know this one by a description.
    """
    return "" if best.names else next(iter(_own_names(question)), "")


def naming(question: Question, hits: Sequence[Hit]) -> list[int]:
    """The places of the hits that mention such a name of the question."""
    names = _own_names(question)
    texts = [fold(hit.paper.text) for hit in hits] if names else []
    return [at for at, text in enumerate(texts) if any(mentions(text, name) for name in names)]


def _own_names(question: Question) -> list[str]:
    names = (_POSSESSIVE.sub("", name) for name in question.names)
    return [name for name in names if _OWN_NAME.match(name)]


def topic_features(best: Evidence, papers: int) -> tuple[float, ...]:
    """What the decision weighs, in its order."""
    return (best.closeness, best.coverage, math.log(max(papers, 1)))


@lru_cache(maxsize=1)
def topic_calibration() -> Logistic:
    """The shipped calibration, made by `python -m evals.fit_topic`."""
    return shipped(Logistic, "topic.json")
