"""Makes a follow-up question stand alone, by rules: it takes up what the turns before were about.

A question that stands alone is never changed, so the first thing decided is whether it leans on the
conversation at all: by a word that points back and has nothing in the question to point to, or by
being too short to be a question.
"""

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.extractive.question import analyse, content_words

_OPENING = re.compile(
    r"^\W*(?:and|but|or|also|then|so|ok(?:ay)?)\b|^\W*(?:what|how) about\b", re.IGNORECASE
)
_THING = (
    r"(?:papers?|methods?|models?|approach(?:es)?|works?|authors?|systems?|networks?|datasets?"
    r"|benchmarks?|results?|stud(?:y|ies)|techniques?|ones?|architectures?|frameworks?)"
)
_VERB_OR_END = (
    r"(?=\W*$|[,;:]|['’]s\b|\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|use"
    r"|uses|used|reach|reaches|need|needs|achieve|achieves|report|reports|compare|compares|perform"
    r"|performs|work|works|run|runs|train|trained|evaluate|evaluated|say|says|also)\b)"
)
_BACK = re.compile(
    r"\b(?:it|its|they|their|theirs|them|he|she|his|her|those|these|both|any others?|others(?=\W*$)"
    r"|(?:another|the same)(?=\W*$)"
    rf"|the (?:former|latter)"
    rf"|the (?:first|second|third|last|other|two|three)(?: {_THING})?{_VERB_OR_END}"
    rf"|(?:this|that) {_THING}|the {_THING}{_VERB_OR_END}"
    r"|(?:this|that)(?=\W*$)|this(?=\s+(?:is|was|does|did)\b)"
    r"|(?:does|did|is|was) that(?=\s+(?:mean|work|help|true|cost|hold|do|perform|compare|beat"
    r"|improve|better|best|worse|faster|slower)\b))\b",
    re.IGNORECASE,
)
_PLURAL_ASKED = re.compile(
    rf"^\W*(?:which|what)\s+{_THING}|^\W*(?:which|what) (?:other|else)", re.IGNORECASE
)
_ONE = re.compile(
    r"\b(?:which|what) ones?\b|\ba(?:n other|nother)? \w+er one\b"
    r"|^\W*(?:(?:are|is) there )?any (?:with|without|that|which|using|from|on|for|of)(?![\w-])",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?:is|was|would|does|can|be|makes?) it (?:\w+ )?(?:possible|true|known|common|useful|better"
    r"|hard|easy|difficult|necessary|enough|safe|matter|help|feasible|worth)\b"
    r"|\bhow \w+ is it to\b|\b(?:will|did|does|would) it (?:rain|take)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^\W*(?:why|how|how so|how come|since when|by how much|where|when|who|more|any more|which ones"
    r"|anything else|what else|for example|such as)\W*$",
    re.IGNORECASE,
)
_PLACE = r"(?:on|for|in|with|without|at|using|under|over|against|of)"
_ELLIPSIS = re.compile(
    rf"^\W*(?:(?:and|but|or|also|what about|how about|then)\s+)*(?P<place>{_PLACE})\s+"
    r"(?P<what>[^?]{1,60}?)\W*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compar\w+ (?:to|with)|versus|vs\.?|differ\w* from|beats?)\s+(?:it|them|that)\b",
    re.IGNORECASE,
)
_COMPARATIVE = re.compile(
    r"^\W*(?:which|what|who)(?: of (?:them|these|those|the \w+))?(?: (?:one|ones))?\s+(?:is|are|was"
    r"|has|have)\s+(?:the\s+)?(?:more\s+|most\s+)?\w+(?:er|est|ate|ent|ive)?\W*$",
    re.IGNORECASE,
)
_SINGULAR = re.compile(rf"\b(?:it|its|this|that|he|she|the (?!same){_THING})\b", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could)\b", re.IGNORECASE)
_LEAD = re.compile(r"\n\n([^\n“]{3,300}): “")
_CLAUSE = re.compile(
    r"[,;:?]|\b(?:and|but|that|which|who|when|if|because|while|so)\b", re.IGNORECASE
)
_POSSESSIVE = ("its", "their", "his", "her")
_LONGEST_NAME = 3
_SHORT = 6
_NOTHING_BEFORE = 2
_MOST_CARRIED = 10


def leans_on(question: str, history: Sequence[Turn]) -> bool:
    """Whether a question cannot be understood without the turns before it."""
    if not history or not question.strip():
        return False
    cut_short = _ELLIPSIS.match(question) and not _VERB.search(question)
    if _ALONE.match(question) or cut_short or _ONE.search(question):
        return True
    asked = analyse(question)
    if _OPENING.match(question) and len(asked.terms) <= _SHORT:
        return True
    if _COMPARED.search(question):
        return True
    if _COMPARATIVE.match(question) and not asked.names and len(asked.terms) < _NOTHING_BEFORE:
        return True
    return _points_back(question)


def standalone_question(question: str, history: Sequence[Turn]) -> str:
    """The question, with what it leans on.

    "And on CIFAR-100?" takes the place of what the question before said after "on"; otherwise what
    the conversation was about follows in brackets. A question that stands alone, or that has no
    turn before it, is returned as it is.
    """
    if not leans_on(question, history):
        return question
    before = standalone_question(history[-1].question, history[:-1])
    replaced = _in_place(question, before)
    if replaced:
        return replaced
    known = {word.casefold() for word in analyse(question).words}
    carried = [word for word in _topic(question, history, before) if word.casefold() not in known]
    return f"{question} ({' '.join(carried[:_MOST_CARRIED])})" if carried else question


def _points_back(question: str) -> bool:
    """Whether a word points back and nothing before it in the question can be meant."""
    plain = _IMPERSONAL.sub(" ", question)
    for match in _BACK.finditer(plain):
        if match.start() <= len(plain) - len(plain.lstrip()) and _PLURAL_ASKED.match(plain):
            continue
        before = plain[: match.start()]
        said = analyse(before)
        apart = _CLAUSE.search(before.lstrip()) or match[0].casefold() in _POSSESSIVE
        nameable = said.names or len(said.terms) >= _NOTHING_BEFORE
        if not (apart and nameable) and len(said.terms) <= _NOTHING_BEFORE:
            return True
    return False


def _in_place(question: str, before: str) -> str:
    """The question before with what the elliptic one replaces; empty where it has no such place."""
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis is None:
        return ""
    place = rf"\b{ellipsis['place']}\s+(?!(?:which|what|how)\b)[^?,;()]{{1,60}}$"
    taken = re.search(place, before.rstrip(" ?.!"), re.IGNORECASE)
    if taken is None:
        return ""
    return f"{before[: taken.start()]}{ellipsis['place']} {ellipsis['what']}?"


def _topic(question: str, history: Sequence[Turn], before: str) -> list[str]:
    """Words of what the turn before was about: its names, else its content words.

    A question of hardly any content also takes the content words, and a word for one thing takes
    the name of the first paper that the answer quotes. A turn of hardly any content is about what
    the turn before it was.
    """
    asked = analyse(before)
    content = [word for word in asked.words if content_words(word)]
    thin = len(content_words(question)) < _NOTHING_BEFORE
    words = list(asked.names) if asked.names and not thin else [*asked.names, *content]
    if not asked.names and len(content) <= _NOTHING_BEFORE and len(history) > 1:
        earlier = history[:-1]
        words += _topic(question, earlier, standalone_question(earlier[-1].question, earlier[:-1]))
    answered = _answered_name(history[-1].answer) if _SINGULAR.search(question) else []
    return list(dict.fromkeys([*answered, *words]))


def _answered_name(answer: str) -> list[str]:
    """The name that the first quoted title gives itself."""
    quoted = _LEAD.search(answer)
    lead = quoted[1].partition(":")[0] if quoted else ""
    return [lead] if 0 < len(lead.split()) <= _LONGEST_NAME else []
