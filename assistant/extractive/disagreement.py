"""Finds quoted passages of different papers that say the opposite of each other."""

from collections.abc import Sequence
from itertools import combinations

from assistant.draft import Draft, DraftSentence
from assistant.extractive.evidence import says_opposite
from assistant.extractive.question import content_stems
from assistant.verification.surface import is_negated

_SAME_SUBJECT = 0.75
"""Share of the shorter passage's content words that the other holds."""
_LEAST_SAID = 4
HEADING = "Passages found in {papers} papers that disagree:"


def with_disagreement(draft: Draft) -> Draft:
    """The draft, whose heading says so where two of its papers contradict each other.

    Neither side is left out or weighed against the other; the reader sees both, each with its own
    number.
    """
    if not any(_between_papers(one, other) for one, other in combinations(draft.sentences, 2)):
        return draft
    heading = HEADING.format(papers=len(_papers(draft.sentences)))
    return draft.model_copy(update={"heading": heading})


def _between_papers(one: DraftSentence, other: DraftSentence) -> bool:
    return not _papers([one]) & _papers([other]) and disagree(one.text, other.text)


def disagree(one: str, other: str) -> bool:
    """Whether two sentences on the same subject say the opposite, or one denies."""
    if not _same_subject(one, other):
        return False
    opposite = says_opposite(one, other) or says_opposite(other, one)
    return opposite or is_negated(one) != is_negated(other)


def _same_subject(one: str, other: str) -> bool:
    first, second = set(content_stems(one)), set(content_stems(other))
    shorter = min(len(first), len(second))
    return shorter >= _LEAST_SAID and len(first & second) / shorter >= _SAME_SUBJECT


def _papers(sentences: Sequence[DraftSentence]) -> set[str]:
    return {quote.paper.id for sentence in sentences for quote in sentence.quotes}
