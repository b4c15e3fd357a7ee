"""Comparisons with the wrong winner: the claim lets win what comes out behind in the source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.question import content_stems
from assistant.verification.surface import telling_names

_WINS = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|beat(?:s|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?"
    r"|overcomes?|(?:better|higher|faster|larger|stronger|greater) than"
    r"|more (?:\w+ ){0,2}than(?! \d)|ahead of|superior to)\b",
    re.IGNORECASE,
)
_LOSES = re.compile(
    r"\b(?:(?:is|are|was|were) (?:\w+ )?(?:outperformed|beaten|surpassed|exceeded) by"
    r"|(?:worse|lower|slower|smaller|weaker) than|less \w+ than|inferior to|underperforms?|trails?"
    r"|falls? behind|lags? behind)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:our|ours|we|it|proposed|this (?:paper|work)"
    r"|the (?:methods?|models?|approach|approaches|systems?|framework|authors))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.]\s")
_PHRASE_END = re.compile(
    r"[,;:.()]|\b(?:on|in|by|with|for|at|across|while|when|shows?|under|over|which|that|where"
    r"|without|than)\b",
    re.IGNORECASE,
)
# "X is a model that beats Y": X wins.
_IS_WHAT = re.compile(
    r"\s(?:is|are|was|were) (?:(?:an?|the|one) )?(?:[\w-]+ ){1,6}(?:that|which|who)(?: \w+ly)?\s*$",
    re.IGNORECASE,
)
_LONGEST = 6
_MOST = 0.5


@dataclass(frozen=True)
class _Contest:
    """Who wins and who loses, in the few words beside the verb."""

    winner: str
    loser: str


def wrong_winner(claim: str, sentences: Sequence[str], title: str) -> bool:
    """Whether a sentence has the claim's winner lose to the claim's loser.

    What a paper calls its own (`our model`) is whatever the claim calls the method, or words of the
    title, or a name of which the sentence says nothing.
    """
    said = _contest(claim)
    if said is None:
        return False
    held = [contest for sentence in sentences if (contest := _contest(sentence))]
    return any(_turned(said, contest, title) for contest in held)


def _contest(text: str) -> _Contest | None:
    for verb, losing in ((_LOSES, True), (_WINS, False)):
        if found := verb.search(text):
            before = _IS_WHAT.sub("", _CLAUSE.split(text[: found.start()])[-1])
            before = " ".join(before.split()[-_LONGEST:])
            behind = text[found.end() :].strip()
            if end := _PHRASE_END.search(behind):
                behind = behind[: end.start()]
            behind = " ".join(behind.split()[:_LONGEST])
            return _Contest(behind, before) if losing else _Contest(before, behind)
    return None


def _turned(said: _Contest, held: _Contest, title: str) -> bool:
    winner, loser = set(content_stems(said.winner)), set(content_stems(said.loser))
    ahead, behind = set(content_stems(held.winner)), set(content_stems(held.loser))
    if not winner or not behind:
        return False
    beaten = winner & behind
    if len(beaten) < _MOST * min(len(winner), len(behind)) or beaten <= ahead:
        return False
    if loser & behind - winner or len(winner & ahead) > len(beaten):
        return False
    return bool(loser & ahead - behind) or (
        _OWN.search(held.winner) is not None and _is_own(said.loser, loser, behind, title)
    )


def _is_own(words: str, stems: set[str], behind: set[str], title: str) -> bool:
    if _OWN.search(words) or stems & set(content_stems(title)):
        return True
    return any(not set(content_stems(name)) & behind for _, name in telling_names(f"- {words}"))
