"""Rewordings that keep a true sentence true.

Without them a model learns that any difference from the source is an error. Each takes a sentence
and gives another, or None where it does not fit.
"""

import random
import re
from collections.abc import Callable

from evals.verifier.numerals import WORDED
from evals.verifier.opposites import SYNONYMS
from evals.verifier.thesaurus import Thesaurus

Rewrite = Callable[[str, random.Random], str | None]

_LEAD = re.compile(
    r"^(However|Moreover|Furthermore|In addition|Additionally|Finally|Therefore|Thus|Hence"
    r"|Specifically|In particular|In this (paper|work|study|article)|To this end|Here|Recently"
    r"|Besides|Also|In contrast|As a result|Notably|Importantly|Concretely|For example|First"
    r"|Second), ",
)
_PARENTHESIS = re.compile(r" ?\([^()]{2,60}\)")
_RELATIVE = re.compile(r", which [^,]{5,90}(?=[,.]|$)")
_SUBORDINATE = re.compile(
    r"^(?:While|Although|Since|As|When|Because|Despite)\b[^,]{10,120}, (?=\w)"
)
_TAIL = re.compile(
    r"(?P<body>.{40,}?)(?P<tail>,? (?:by|via|through|while|where|thereby|using) .{8,})"
)
_ADVERB = re.compile(
    r"\b(also|further|often|effectively|significantly|greatly|highly|very|consistently|extensively"
    r"|thus|simply|successfully|considerably|substantially|largely|newly|additionally) ",
)
_FIRST_PERSON = (
    (r"\bIn this (paper|work|study), we\b", "the authors"),
    (r"\b[Ww]e (are|were)\b", "the authors \\1"),
    (r"\b[Ww]e have\b", "the authors have"),
    (r"\b[Ww]e\b", "the authors"),
    (r"\b[Oo]ur (proposed )?(method|model|approach|system|framework)\b", "the proposed \\2"),
    (r"\b[Oo]ur\b", "their"),
    (r"\bus\b", "them"),
)
_ACTIVE = re.compile(
    r"^(?:In this (?:paper|work|study|article), )?[Ww]e (?P<verb>propose|present|introduce|develop"
    r"|describe|study|investigate|explore|evaluate|analyze|examine|use|create|design|build)"
    r" (?P<what>.+)$"
)
_PARTICIPLE = {
    "propose": "proposed", "present": "presented", "introduce": "introduced",
    "develop": "developed", "describe": "described", "study": "studied",
    "investigate": "investigated", "explore": "explored", "evaluate": "evaluated",
    "analyze": "analyzed", "examine": "examined", "use": "used", "create": "created",
    "design": "designed", "build": "built",
}  # fmt: skip
_NOUN_END = re.compile(r"(,| that| which| to| for| by| using| on| in| with| based| and)\b")
_OUTPERFORMS = re.compile(r"^(?P<a>[^,]{3,60}?) (?:significantly )?outperforms? (?P<b>[^,.]{3,80})")
_FRONTED = re.compile(
    r"^(?P<body>[^,]{25,}?) (?P<tail>(?:on|in|for|during|across|over) [^,]{6,60})\.$"
)
_COMMA_LIST = re.compile(r"(?P<a>\b[\w-]+), (?P<b>[\w-]+),? and (?P<c>[\w-]+)\b")
_ACRONYM = re.compile(r"\b(?P<long>(?:[\w-]+ ){1,6}[\w-]+) \((?P<short>[A-Z][A-Za-z]*[A-Z]s?)\)")
_FRAMES = (
    "The paper reports that {}", "The authors state that {}", "According to the abstract, {}",
    "It is found that {}", "The study shows that {}", "{}, according to the authors.",
    "The work notes that {}",
)  # fmt: skip


def shorter(text: str, rng: random.Random) -> str | None:
    """Without a parenthesis, a relative clause, a subordinate clause, an end phrase or adverbs."""
    for pattern in rng.sample((_LEAD, _PARENTHESIS, _RELATIVE, _SUBORDINATE, _ADVERB, _TAIL), 6):
        found = pattern.search(text)
        if not found or re.search(r"\bnot\b|\bonly\b", found.group()):
            continue
        if pattern is _TAIL:
            return f"{found.group('body').rstrip(' ,.')}."
        rest = (text[: found.start()] + text[found.end() :]).strip()
        return rest[:1].upper() + rest[1:]
    return None


def third_person(text: str, rng: random.Random) -> str | None:
    """The authors spoken of instead of speaking."""
    new = text
    for pattern, replacement in _FIRST_PERSON:
        new = re.sub(pattern, replacement, new)
    if rng.random() < 0.4:
        new = new.replace("the authors", rng.choice(("the paper", "this work", "the study")))
    return None if new == text else new[:1].upper() + new[1:]


def passive(text: str, _: random.Random) -> str | None:
    """`We propose X that ...` as `X is proposed that ...`."""
    found = _ACTIVE.match(text.rstrip("."))
    if not found or re.match(r"(to|how|whether|that|and|it)\b", found.group("what")):
        return None
    what = found.group("what")
    end = _NOUN_END.search(what)
    noun, rest = (what[: end.start()], what[end.start() :]) if end else (what, "")
    be = "are" if noun.split()[-1].endswith("s") else "is"
    return f"{noun[:1].upper()}{noun[1:]} {be} {_PARTICIPLE[found.group('verb')]}{rest}."


def synonyms(text: str, rng: random.Random) -> str | None:
    """One to three words by synonyms."""
    found = [m for m in re.finditer(r"[A-Za-z-]+", text) if m.group().lower() in SYNONYMS]
    if not found:
        return None
    chosen = rng.sample(found, min(len(found), rng.randint(1, 3)))
    for at in sorted(chosen, key=lambda m: -m.start()):
        new = rng.choice(SYNONYMS[at.group().lower()])
        new = new.capitalize() if at.group()[0].isupper() else new
        text = text[: at.start()] + new + text[at.end() :]
    return text


def figures(text: str, rng: random.Random) -> str | None:
    """A figure in another notation of the same value."""
    ways = [
        (r"(?<=\d) ?%", " percent"),
        (r"(\d) percent\b", r"\1%"),
        (r"\b(\d{1,3}),(\d{3})\b", r"\1\2"),
        (r"\b(\d+\.\d)\b(?!\.)", r"\g<1>0"),
        *((rf"(?<![\w.,-]){n + 1}\b(?![.,]\d|-)", w) for n, w in enumerate(WORDED) if n),
        *((rf"\b{w}\b", str(n + 1)) for n, w in enumerate(WORDED) if n),
    ]
    fitting = [way for way in ways if re.search(way[0], text)]
    if not fitting:
        return None
    pattern, new = rng.choice(fitting)
    return re.sub(pattern, new, text, count=1)


def reordered(text: str, rng: random.Random) -> str | None:
    """An end phrase moved to the front, a list turned, or `A outperforms B` the other way round."""
    if found := _OUTPERFORMS.match(text):
        a, b = found.group("a"), found.group("b")
        verb = rng.choice(("is outperformed by", "does worse than", "is surpassed by"))
        return (
            f"{b[:1].upper()}{b[1:]} {verb} {a[:1].lower() if a[1:2].islower() else a[:1]}{a[1:]}."
        )
    if found := _COMMA_LIST.search(text):
        kept = rng.choice(("{c}, {a} and {b}", "{b}, {c} and {a}", "{a} and {c}", "{b} and {c}"))
        new = kept.format(**found.groupdict())
        return text[: found.start()] + new + text[found.end() :]
    if found := _FRONTED.match(text):
        body, tail = found.group("body"), found.group("tail")
        low = body[:1].lower() if body[1:2].islower() else body[:1]
        return f"{tail[:1].upper()}{tail[1:]}, {low}{body[1:]}."
    return None


def framed(text: str, rng: random.Random) -> str | None:
    """Said as what the paper says."""
    third = third_person(text, rng) or text
    lead = _LEAD.match(third)
    third = third[lead.end() :] if lead else third
    low = third[:1].lower() if third[1:2].islower() or third[1:2] == " " else third[:1]
    frame = rng.choice(_FRAMES)
    body = low + third[1:]
    if frame.startswith("{"):
        return frame.format(third.rstrip("."))
    return frame.format(body)


def acronym(text: str, rng: random.Random) -> str | None:
    """`long form (LF)` as one of the two."""
    found = _ACRONYM.search(text)
    if not found:
        return None
    words = found.group("long").split()
    letters = [c for c in found.group("short") if c.isupper()]
    long = " ".join(words[-len(letters) :])
    start = found.end("long") - len(long)
    kept = long if rng.random() < 0.5 else found.group("short")
    return text[:start] + kept + text[found.end() :]


def respelled(text: str, thesaurus: Thesaurus, known: Callable[[str], int]) -> str | None:
    """One word by a WordNet synonym that the corpus knows well."""
    for found in re.finditer(r"\b[a-z]{5,}\b", text):
        options = [w for w in thesaurus.synonyms(found.group()) if known(w) >= 100]
        if options:
            return text[: found.start()] + options[0] + text[found.end() :]
    return None


REWRITES: tuple[Rewrite, ...] = (
    shorter, third_person, passive, synonyms, figures, reordered, framed, acronym
)  # fmt: skip


def reworded(text: str, rng: random.Random, steps: int) -> str:
    """Several rewritings one after another; the text itself where none fits."""
    for rewrite in rng.sample(REWRITES, len(REWRITES)):
        if steps == 0:
            break
        new = rewrite(text, rng)
        if new and len(new) > 15:
            text = new
            steps -= 1
    return text
