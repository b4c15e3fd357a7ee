"""Sentences that say what the sources leave open; they claim nothing of a paper."""

import re

from assistant.headings import SURE_VERBS
from assistant.refusal import MISSING

_SORRY = re.compile(
    r"\A(?:(?:unfortunately|however|but|i(?:['’]m| am) sorry|sorry|i apologi[sz]e)[,.:]?\s+)*",
    re.IGNORECASE,
)
_SOURCES = (
    r"(?:the |these |those |any of the |none of the |no )?(?:provided |given |retrieved |available"
    r" |cited |numbered |listed )?(?:sources?|abstracts?|papers|passages?|library|context)"
    r"(?: (?:provided|given|above|listed|here))?"
)
_SAY = (
    r"(?:say|state|mention|report|give|provide|specify|discuss|cover|address|contain|include|describe"
    r"|tell|name|indicate|answer)"
)
_SILENT = re.compile(
    rf"(?:{_SOURCES} (?:(?:do(?:es)?|did) not|don['’]t|doesn['’]t|cannot) {_SAY}\b"
    rf"|(?:none|no one|nothing) (?:of|in) (?:the |these )?(?:{_SOURCES}) {_SAY}s?\b"
    rf"|no (?:sources?|abstracts?|papers?|passages?) {_SAY}s?\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:whether|if|how|what|which|why|when|where|who|that)\b(?:[^.!?]|\.(?=\d))*"
)
_TURN = re.compile(r"[,;]\s+(?:but|while|whereas|although|though|instead|and)\b|;|—| – ")
_WORD = re.compile(r"[\w'’-]+")
_FIGURE = re.compile(r"(?<![\w-])\d")


def says_what_is_missing(text: str) -> bool:
    """Whether a text opens with the fixed word, or says that the sources are silent.

    What follows must name what is missing, not go on to claim something: "MISSING: X fails
    everywhere" is a claim, and so is "The sources do not say so, but X wins".
    """
    plain = _SORRY.sub("", text.lstrip("*_ "))
    if _TURN.search(plain):
        return False
    if plain.startswith(MISSING):
        named = _SUBORDINATE.sub("", plain.removeprefix(MISSING)).casefold()
        return not SURE_VERBS.intersection(_WORD.findall(named))
    return _SILENT.match(plain) is not None and _FIGURE.search(plain) is None
