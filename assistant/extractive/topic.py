"""Whether a paper is about what a question is about, however many papers it was found among.

The more papers a library holds, the nearer the nearest one comes to any question by chance: the
greatest of n draws grows with log n. "How do I bake bread?" finds nothing near it among 72 papers
about neural networks, and a lexical network of the word "bread" among 41,270 papers about language.
So the same evidence counts for less in a large library.
"""

import json
import math
import re
from functools import lru_cache
from importlib.resources import files

from assistant.extractive.decision import Logistic
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import Question

_ASKS_FOR_PAPERS = re.compile(
    r"\b(?:papers?|works?|studies|articles|research|publications)\b", re.IGNORECASE
)
_NAMED = 0.1
# HotpotQA, ET-BERT, DreamerV3; not HDL-C, mRNA or Arabic-English, which papers write in other ways.
_OWN_NAME = re.compile(r".*(?:[A-Z][a-z]+[A-Z]|[A-Z]{2}-[A-Z][A-Za-z]{2}|[A-Za-z]{3}\d)")


def is_off_topic(question: Question, best: Evidence, papers: int) -> bool:
    """Whether even the best of so many papers is about something else."""
    if asks_for_named_papers(question, best):
        return False
    decide = topic_calibration()
    return decide.probability(topic_features(best, papers)) < decide.threshold


def unmentioned(question: Question, best: Evidence) -> str:
    """What the question names by a name that stands for nothing else, if the best paper names none.

    None where the paper has another name of the question: it may know this one by a description.
    """
    own = (name for name in question.names if _OWN_NAME.match(name))
    return "" if best.names else next(own, "")


def asks_for_named_papers(question: Question, best: Evidence) -> bool:
    """Whether papers are asked for whose topic the best one names.

    Such a topic may be named in few words, so one of them is enough to go on.
    """
    return _ASKS_FOR_PAPERS.search(question.text) is not None and best.coverage >= _NAMED


def topic_features(best: Evidence, papers: int) -> tuple[float, ...]:
    """What the decision weighs, in its order."""
    return (best.closeness, best.coverage, math.log(max(papers, 1)))


@lru_cache(maxsize=1)
def topic_calibration() -> Logistic:
    """The shipped calibration, made by `python -m evals.fit_topic`."""
    path = files("assistant.extractive") / "topic.json"
    return Logistic.model_validate(json.loads(path.read_text(encoding="utf-8")))
