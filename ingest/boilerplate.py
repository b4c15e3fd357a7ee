"""What publishers and databases put around an abstract that is no part of it."""

import re

_LABEL = re.compile(
    r"\s*(?:abstract|(?:author )?summary)(?:\s*[:|]\s*|\s*\.\s+(?=\S)|\s*[—–]\s*|\s+-\s+|\s*\n\s*)",
    re.IGNORECASE,
)
# eScholarship's theses, as in Lens: "Author(s): ... | Advisor(s): ... | Abstract: ...".
_PEOPLE = re.compile(r"\s*Author\(s\): [^|]{1,500}\|(?:[^|]{1,500}\|)? ?Abstract: ?")
_HEADING = r"(?:background|introduction|objectives?|purpose|aims?|methods?|motivation)\b"
_BARE_LABEL = re.compile(
    r"\s*(?:(?:ABSTRACT|SUMMARY)\s+(?=[A-Z]\w*[a-z]|[A-Z] )"
    rf"|(?i:abstract|summary)\s+(?=(?i:{_HEADING})(?:\s[A-Z]|:)))"
)
_GLUED_LABEL = re.compile(r"\s*Abstract\s+(?=([A-Z\d]\w*)(?:[-‐,]|\s+[a-z(\d]|\s+[A-Z]{2,}))")
# Terms that begin with the word: "Abstract Interpretation is", "Abstract Meaning representation".
_TERMS = frozenset(
    {"Meaning", "Interpretation", "Syntax", "Argumentation", "Algebra", "Reasoning", "Data", "Art"}
    | {"State", "Machine", "Machines", "Concepts", "Thinking", "Dialectical", "Visual", "Wiener"}
)
_TAIL_CHARACTERS = 700
_MARKS = ("©", "(c)", "copyright", "rights reserved", "from author", "published by", "doi.org/10.")
_BOUNDARY = (
    r"(?:^|(?<=[.!?)\]’”\"';]),?\s*|(?<=[\w\n])[^\S\n]*\n\s*"
    r"|(?<=\w)\s(?=(?-i:\(C\)) (?:19|20)\d\d Elsevier))"
)
_TAILS = tuple(
    re.compile(_BOUNDARY + pattern + r"\s*\Z", re.IGNORECASE)
    for pattern in (
        r"\( ?PsycINFO Database Record \( ?c\)[^()\n]{0,80}\)\.?",
        r"\[?ABSTRACT FROM AUTHOR\]?[;.]?",
        r"Copyright of [^\n]{3,200}? is the property of [^\n]{3,650}",
        r"This article is protected by copyright\.?(?:\s*All rights reserved\.?)?",
        r"All rights reserved\.?",
        r"DOI:?\s*https?://(?:dx\.)?doi\.org/10\.\d{4,9}/\w+\.\d{5}\.\d{3}",
        r"(?-i:Published by [A-Z][^\s,\d]*(?: (?:[A-Z&][^\s,\d]*|and|of|the|for|on|behalf)){0,14})",
        r"(?:19|20)\d\d (?-i:[A-Z])[^.\n]{3,150}\. All rights reserved\.?",
        r"(?:(?:crown )?copyright:?\s*)?"
        r"(?:©|\(©\)|\?\?(?=\s*(?:19|20)\d\d)"
        r"|\(c\)(?=\s*(?:19|20)\d\d|[^\n.]{3,80}, all rights reserved)"
        r"|copyright(?=:?\s*(?:\(c\)\s*)?(?:19|20)\d\d))(?:[^\n©]|©(?=\s?(?:19|20)\d\d)){1,650}",
    )
)
# PTSDpubs in ProQuest; theses in ERIC.
_DATABASE_TAIL = re.compile(
    r"\s*\[(?:(?:author|journal) abstract\](?:\s*key ?words:.{0,600})?"
    r"|the dissertation citations contained here [^\[\]]{1,500}\])\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_DATABASE_MARKS = ("abstract]", "[the dissertation citations")
_PROSE = re.compile(
    r"\b(?:we|our|results?|methods?|conclusions?|here|study|paper)\b", re.IGNORECASE
)
_LEGAL = re.compile(
    r"©|cop(?:y|ies|ied)|abridge|rights?\b|publi(?:sh|c )|licen[cs]|distribut|permi(?:t|ssion)"
    r"|access|\b(?:commons|inc|ltd|llc|gmbh|press|society|authors?|employers?|articles?|journal"
    r"|(?-i:Elsevier|\w+ Institute|\w+ Association))\b",
    re.IGNORECASE,
)
# Wiley's notices end in the citation.
_CITATION = re.compile(r"(?<=\. )[A-Z][\w.,:& ]{2,90}\b(?:19|20)\d\d[,;] ?\d+[,:] ?[\w-]+\.?\s*\Z")
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\b[A-Z]\.)\s*(?=[A-Z©])")
_SHORT_WORDS = 3
_LEADING = re.compile(
    r"\s*(?:copyright\s*)?©[^.\n©]{0,80}\b(?:19|20)\d\d\b[^.\n©]{0,60}\.\s+"
    r"(?:All rights reserved\.\s+)?(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_MAX_TAILS = 4


def remove_label(text: str) -> str:
    """The word "Abstract" or "Summary" before an abstract, not as part of its first sentence.

    CNKI has `<正>` where the paper's first sentences stand for an abstract.
    """
    text = text.removeprefix("<正>")
    if text[:12].lstrip()[:1] not in ("A", "a", "S", "s"):
        return text
    label = _PEOPLE.match(text) or _LABEL.match(text) or _BARE_LABEL.match(text)
    if label is None:
        glued = _GLUED_LABEL.match(text)
        label = glued if glued and glued[1] not in _TERMS else None
    return text[label.end() :] if label else text


def remove_copyright(text: str) -> str:
    """Copyright and database notices before and after, where they hold no other sentence."""
    tail = text[-_TAIL_CHARACTERS:].lower()
    if any(map(tail.__contains__, _DATABASE_MARKS)) and (
        database := _DATABASE_TAIL.search(text, max(0, len(text) - _TAIL_CHARACTERS))
    ):
        text = text[: database.start()]
    for _ in range(_MAX_TAILS):
        tail = text[-_TAIL_CHARACTERS:]
        if not any(map(tail.lower().__contains__, _MARKS)):
            break
        starts = (found.start() for found in map(_notice, _TAILS, [tail] * len(_TAILS)) if found)
        start = min(starts, default=None)
        if start is None:
            break
        text = text[: len(text) - len(tail) + start].rstrip()
    leading = _LEADING.match(text)
    return text[leading.end() :] if leading else text


def _notice(pattern: re.Pattern[str], tail: str) -> re.Match[str] | None:
    found = pattern.search(tail)
    if found is None or _PROSE.search(found.group()) or _is_listed(found):
        return None
    notice = _CITATION.sub("", found.group()).replace("(C)", "©")
    sentences = (s for s in _SENTENCE.split(notice) if len(s.split()) > _SHORT_WORDS)
    return found if all(map(_LEGAL.search, sentences)) else None


def _is_listed(found: re.Match[str]) -> bool:
    """Whether a `(c)` counts on from a `(b)`."""
    before = found.string[: found.start()].lower()
    listed = found.group().lstrip().lower().startswith("(c)")
    return listed and " (b) " in before and "(c)" not in before
