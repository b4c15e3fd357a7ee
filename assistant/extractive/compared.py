"""The papers that a comparison quotes beside the nearest: those that tell of its other side."""

import re
from collections.abc import Callable, Sequence

from assistant.extractive.evidence import Evidence
from assistant.extractive.passages import weighted_coverage
from assistant.extractive.question import ALTERNATIVES, Kind, Question, fold, mentions

_SO_MANY_PAPERS = re.compile(
    r"\b(?P<number>both|two|three|four|five)(?: of)?(?: the| these| those)? (?:[\w-]+ ){0,3}"
    r"(?:papers|works|studies|articles)\b",
    re.IGNORECASE,
)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_OTHER_SIDE = 0.25
"""Share of the question's words, by weight, that a paper adds as the other side of a comparison."""
_RELEVANT = 0.2


def papers_asked_of(question: Question) -> int:
    """How many papers the question says it is about, as in "how do the two papers ..."; 1 if none.

    A list asks for papers, whatever their number.
    """
    counted = _SO_MANY_PAPERS.search(question.text)
    if question.kind is Kind.LIST or counted is None:
        return 1
    return _NUMBERS[counted["number"].casefold()]


def may_be_of_several(question: Question) -> bool:
    """Whether several papers may answer it together: a list, a comparison, what counts papers."""
    several = question.kind in (Kind.LIST, Kind.COMPARE) or papers_asked_of(question) > 1
    return several or ALTERNATIVES.search(question.text) is not None


def compared(
    question: Question,
    best: Evidence,
    ranked: Sequence[Evidence],
    relevance: Callable[[Evidence], float],
    weights: dict[str, float],
) -> list[Evidence]:
    """The papers to quote, `best` first; it alone where one paper is asked about.

    Another paper is quoted if it has a name of the question that none chosen has, and of relevant
    ones, if the question counts it in, or if it has much of the question that none chosen has.
    `ranked` are all papers, the most relevant first; `weights` the question's terms by inverse
    document frequency.
    """
    others = [e for e in ranked if e is not best and relevance(e) >= _RELEVANT]
    chosen = [best, *others[: papers_asked_of(question) - 1]]
    if question.kind is Kind.COMPARE:
        for name in question.names:
            holding = [e for e in ranked if mentions(fold(e.hit.paper.text), name)]
            if holding and not any(e in chosen for e in holding):
                chosen.append(holding[0])
    if question.kind is Kind.COMPARE or ALTERNATIVES.search(question.text):
        for paper in others:
            if paper not in chosen and _adds(question, chosen, paper, weights) >= _OTHER_SIDE:
                chosen.append(paper)
    return chosen


def _adds(
    question: Question, chosen: Sequence[Evidence], paper: Evidence, weights: dict[str, float]
) -> float:
    """Share of the question's terms, by weight, that the paper has and none of the chosen."""
    texts = [evidence.hit.paper.text for evidence in chosen]
    together = weighted_coverage(question.terms, weights, "\n".join([*texts, paper.hit.paper.text]))
    return together - weighted_coverage(question.terms, weights, "\n".join(texts))
