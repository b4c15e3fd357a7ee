"""Questions whether papers disagree: what they are about, and the passages that do."""

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.extractive.disagreement import disagree
from assistant.extractive.evidence import Evidence
from assistant.extractive.passages import Passage

_PAPERS = (
    r"these|those|they|them|any|papers?|works?|studies|articles|authors?['’]?|sources?|findings"
    r"|results|claims|conclusions|abstracts"
)
_WHO = re.compile(rf"\b(?:{_PAPERS})(?!\w)", re.IGNORECASE)
# Each word once, and possessive: no two ways through a long row of them.
_AROUND = rf"(?:{_PAPERS}|some|all|the|of|two|three|both|other|my|our|here|me|in \w+ library)"
_OVER = r"(?=\W*(?:$|\()|\W+(?:about|on|over|regarding|as to|whether|when|in|here|among)\b)"
_ASKED = re.compile(
    r"^\W*(?:do|does|did|are|is|which|what|where do|any|show|find|list)"
    rf"(?P<who>(?: {_AROUND}(?!\w))++)"
    r"(?P<topic> (?:on|about|in|for|of|from|that|which)\b[^?]*?)?"
    rf" (?:disagree|contradict|conflict|at odds)(?:(?: with)? (?:each other|one another))?{_OVER}",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"^\W*(?:is|are) there (?:any )?(?:\w+ )?(?:disagreements?|contradictions?|conflicts?"
    r"|controvers(?:y|ies)|conflicting (?:results|findings|claims|evidence|papers))\b"
    r"(?: (?:between|among) (?:these|those|them|the)? ?\w*)?",
    re.IGNORECASE,
)


def disputed_topic(question: str) -> str | None:
    """What papers are asked to disagree about, empty if nothing is said; None if that is not asked.

    What people or systems inside a paper disagree about is a question like any other.
    """
    if asked := _ASKED.match(question):
        if not _WHO.search(asked["who"]):
            return None
        topic, end = asked["topic"] or "", asked.end()
    elif noun := _NOUN.match(question):
        topic, end = "", noun.end()
    else:
        return None
    return f"{topic} {question[end:]}".strip(" ?.!()")


def opposed_passages(evidence: Sequence[Evidence]) -> tuple[Passage, Passage] | None:
    """The likeliest two passages on the topic, of two papers, that say the opposite."""
    on_topic = [p for e in evidence for p in e.passages if p.coverage > 0]
    opposed = [
        (one, other)
        for one, other in combinations(on_topic, 2)
        if one.paper.id != other.paper.id and disagree(one.text, other.text)
    ]
    return max(opposed, key=lambda pair: pair[0].score * pair[1].score, default=None)
