"""Says in full what a sentence claims that leans on what stands before it.

"It is 35 times faster" claims that of whatever was named last, an item of a list of what its
heading names, and a bare "81.4 %" of what the question asks about. Held against an abstract as they
stand, they are true of too many papers.
"""

import re
from collections.abc import Sequence

from assistant.clauses import has_verb, subject_words
from assistant.extractive.question import analyse, content_stems
from assistant.grounding import says_little
from assistant.sentences import Part
from assistant.verification.surface import names

_NOUN = (
    r"(?:models?|methods?|approach(?:es)?|systems?|networks?|papers?|works?|authors?|architectures?"
    r"|frameworks?|techniques?|algorithms?|benchmarks?|datasets?)"
)
_LEAD = r"(?P<lead>(?:[A-Z][\w -]{0,50},\s+)?)"
_PRONOUN = re.compile(
    rf"\A{_LEAD}(?:[Ii]t|[Tt]hey|(?:[Tt]he|[Tt]his|[Tt]hese) (?:same |proposed |new )?{_NOUN})"
    r"\b(?!['’])"
)
_POSSESSIVE = re.compile(rf"\A{_LEAD}(?:[Ii]ts|[Tt]heir)\b")
_IMPERSONAL = re.compile(
    rf"{_LEAD}[Ii]t (?:is|was|has been|can be|seems|appears|turns out)\s+(?:\w+\s+)?"
    r"(?:that|to|known|shown|found|reported|possible|clear|important|worth|unclear|argued"
    r"|observed)\b"
)
_PREPOSITION = frozenset(
    ["on", "in", "at", "for", "with", "of", "to", "over", "than", "under", "by", "from", "using"]
)
_OWNER = re.compile(r"['’]s\b")
_FRAGMENT_STEMS = 4


def full_claims(parts: Sequence[Part], question: str = "") -> list[str]:
    """For each part what it claims; empty for what says nothing at all, or is no claim."""
    claims: list[str] = []
    spoken_of, heading = _named(question), ""
    for part in parts:
        if part.kind != "claim":
            heading = part.text if part.kind == "heading" and not part.is_row else ""
            spoken_of = _named(heading) or spoken_of
            claims.append("")
            continue
        claim = _resolved(part, spoken_of, heading if part.item else "", question)
        claims.append(claim)
        if not part.item and not part.is_row:
            heading = part.text if part.text.endswith(":") else ""
        spoken_of = _named(" ".join(subject_words(claim)))
    return claims


def _resolved(part: Part, spoken_of: str, heading: str, question: str) -> str:
    text = part.claim
    if part.is_row:
        return text
    if heading and (of := _named(heading)) and not _named(" ".join(subject_words(text))):
        return f"{of} {text}" if has_verb(text.split()[0]) else f"{of}: {text}"
    if spoken_of and not _IMPERSONAL.match(text):
        text = _PRONOUN.sub(rf"\g<lead>{_literal(spoken_of)}", text, count=1)
        text = _POSSESSIVE.sub(rf"\g<lead>{_literal(spoken_of)}'s", text, count=1)
    if question and _is_fragment(text):
        return _answering(text, question)
    return text


def _literal(name: str) -> str:
    """A name as the replacement of a pattern takes it."""
    return name.replace("\\", r"\\")


def _is_fragment(text: str) -> bool:
    """A few words without a verb; other languages have verbs that no list here knows."""
    return text.isascii() and not has_verb(text) and len(content_stems(text)) <= _FRAGMENT_STEMS


def _answering(fragment: str, question: str) -> str:
    """A fragment with the names that the question asks about; empty where it adds nothing."""
    asked = analyse(question)
    if says_little(fragment, frozenset(asked.terms)):
        return ""
    absent = [name for name in asked.names if name.casefold() not in fragment.casefold()]
    return f"{', '.join(absent)}: {fragment}" if absent else fragment


def _named(text: str) -> str:
    """The first name that stands in a text as what it is about; two that "and" joins, both."""
    text = _OWNER.sub("", text)
    words = text.split()
    found = [name for name in names(text) if _is_distinct(name) and _leads(name, words)]
    if not found:
        return ""
    joined = re.match(
        rf".*?\b({re.escape(found[0])}(?:,? (?:and|und|et|y) \w\S*)?)", text, re.DOTALL
    )
    return joined[1].rstrip(",:*_") if joined and len(found) > 1 else found[0]


def _is_distinct(name: str) -> bool:
    mixed = any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
    return mixed or any(c.isupper() for c in name[1:])


def _leads(name: str, words: Sequence[str]) -> bool:
    """Whether no preposition stands before the name."""
    place = next((n for n, word in enumerate(words) if name in word), 0)
    return place == 0 or words[place - 1].casefold() not in _PREPOSITION
