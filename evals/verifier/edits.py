"""Edits that make a true sentence false, each marked with what it changed.

The kinds follow those of factuality benchmarks made by rules (Kryscinski et al. 2020, "Evaluating
the Factual Consistency of Abstractive Text Summarization"; Saakyan et al. 2021, "COVID-Fact"):
numbers, units, names, words, negation, direction, quantity, and details from elsewhere.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.verification.surface import figures_of, names, numbers
from evals.verifier.numerals import other_number
from evals.verifier.opposites import OPPOSITES, QUANTITIES, UNITS
from evals.verifier.substitutes import Substitutes
from evals.verifier.thesaurus import Thesaurus
from ingest.text import Span

_DIGITS = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]*[A-Za-z]{3})")
_WORDED = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I)
_UNIT = re.compile(r"(?<=\d)(\s?)([%×x]|[A-Za-z]+)(?![\w-])")
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|will|would|does|do|did|has|have|should)\b")
_NEGATOR = re.compile(r"\b(?:not |never )|\b(cannot|without|unable|neither|no)\b|n['’]t\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
_TAIL = re.compile(r",? (?:on|for|in|with|using|by|from|via|through|during|after|of) [^,;:]{8,90}$")
_COORDINATED = re.compile(r"^\s*(?:,|and|or|/|&|\(|-)?\s*(?:and|or|as well as)?\s*$")
_AFFIRMED = {"cannot": "can", "without": "with", "unable": "able", "neither": "both", "no": "a"}


@dataclass(frozen=True)
class Edit:
    """An edited sentence; `spans` are the parts of `text` that were changed."""

    kind: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Context:
    """What edits draw on: the source itself, sentences of its nearest neighbours, and others."""

    source: str
    foreign: Sequence[str]
    thesaurus: Thesaurus
    substitutes: Substitutes
    elsewhere: Sequence[str] = ()


Editing = Callable[[str, Context, random.Random], Edit | None]


def number(text: str, context: Context, rng: random.Random) -> Edit | None:
    """Another value for a figure: close by, or one that stands elsewhere in the source.

    Labels of a list and marks of references are left as they are: to renumber them changes nothing
    that the sentence says.
    """
    stated = {figure.start for figure in figures_of(text)}
    found = [m for m in (*_DIGITS.finditer(text), *_WORDED.finditer(text)) if m.start() in stated]
    if not found:
        return None
    at = rng.choice(found)
    elsewhere = [
        m.group() for m in _DIGITS.finditer(context.source) if numbers(m.group()) - numbers(text)
    ]
    worded = not at.group()[0].isdigit()
    if elsewhere and not worded and rng.random() < 0.25:
        new = rng.choice(elsewhere)
    else:
        new = other_number(at.group(), rng)
    return _replaced("number", text, (at.start(), at.end()), new)


def unit(text: str, _: Context, rng: random.Random) -> Edit | None:
    """Another unit behind a figure."""
    found = [m for m in _UNIT.finditer(text) if m.group(2) in UNITS]
    if not found:
        return None
    at = rng.choice(found)
    new = rng.choice(UNITS[at.group(2)])
    return _replaced("unit", text, at.span(), f"{'' if new == '%' else ' '}{new}")


def entity(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A name replaced by another of the source or of a neighbour."""
    own = [m for m in _occurrences(text, names(text)) if len(m.group()) > 1]
    if not own:
        return None
    at = rng.choice(own)
    own_names = [n for sentence in context.source.split(". ") for n in names(sentence)]
    others = [n for sentence in context.foreign for n in names(sentence)]
    pool = own_names if rng.random() < 0.35 else others
    pool = [n for n in pool if n.lower() not in text.lower() and _alike(n, at.group())]
    if not pool:
        return None
    return _replaced("entity", text, at.span(), rng.choice(pool))


def exchange(text: str, _: Context, rng: random.Random) -> Edit | None:
    """Two names of the sentence change places, unless they are only listed side by side."""
    own = _occurrences(text, names(text))
    pairs = [
        (a, b)
        for n, a in enumerate(own)
        for b in own[n + 1 :]
        if a.group() != b.group() and not _listed(text[a.end() : b.start()])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    middle = text[a.end() : b.start()]
    head = text[: a.start()]
    new = f"{head}{b.group()}{middle}{a.group()}{text[b.end() :]}"
    second = len(head) + len(b.group()) + len(middle)
    spans = (Span(a.start(), a.start() + len(b.group())), Span(second, second + len(a.group())))
    return Edit("exchange", new, spans)


def word(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A content word replaced by one that other abstracts have in the same place."""
    found = list(_WORD.finditer(text))
    rng.shuffle(found)
    for at in found[:8]:
        before, after = _around(text, at)
        options = context.substitutes.alike(before, at.group(), after, context.thesaurus)
        if options:
            return _replaced("word", text, at.span(), rng.choice(options))
    return None


def negation(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A negation put in or taken out."""
    there = _NEGATOR.search(text)
    if there:
        new = _AFFIRMED.get(there.group(1) or "", "")
        return _replaced("negation", text, there.span(), new)
    auxiliary = _AUXILIARY.search(text)
    verb = _negated_verb(text, context)
    if auxiliary and (verb is None or rng.random() < 0.7):
        return _replaced("negation", text, auxiliary.span(), f"{auxiliary.group()} not")
    return verb


def _negated_verb(text: str, context: Context) -> Edit | None:
    """`improves` as `does not improve`; only for what the corpus uses as a verb."""
    for at in _WORD.finditer(text):
        base = context.thesaurus.verb_base(at.group())
        follows_word = text[: at.start()].rstrip()[-1:].isalnum()
        if base and follows_word and context.substitutes.count(f"to {base}") >= 20:
            return _replaced("negation", text, at.span(), f"does not {base}")
    return None


def reversal(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A comparative or a direction turned round."""
    found = []
    for at in _WORD.finditer(text):
        low = at.group().lower()
        options = OPPOSITES.get(low) or [
            a for a in context.thesaurus.antonyms(low) if context.substitutes.count(a) >= 30
        ]
        found += [(at, option) for option in options]
    if not found:
        return None
    listed = [f for f in found if f[0].group().lower() in OPPOSITES]
    at, new = rng.choice(listed if listed and rng.random() < 0.8 else found)
    return _replaced("reversal", text, at.span(), _cased(new, at.group()))


def quantity(text: str, _: Context, rng: random.Random) -> Edit | None:
    """A quantifier, an order in time or a bound replaced by one that excludes it."""
    found = [
        (m, new) for old, new in QUANTITIES for m in re.finditer(rf"\b{old}\b", text, re.IGNORECASE)
    ]
    if not found:
        return None
    at, new = rng.choice(found)
    return _replaced("quantity", text, at.span(), _cased(new, at.group()))


def detail(text: str, context: Context, rng: random.Random) -> Edit | None:
    """The last phrase replaced by, or followed by, one of a neighbour's sentence."""
    tails = [t.group() for s in context.foreign if (t := _TAIL.search(s.rstrip(".")))]
    if not tails:
        return None
    body = text.rstrip(". ")
    own = _TAIL.search(body)
    start = own.start() if own and own.start() > 20 and rng.random() < 0.7 else len(body)
    return _replaced("detail", f"{body}.", (start, len(body)), rng.choice(tails))


def joined(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A neighbour's sentence joined to the true one."""
    if not context.foreign:
        return None
    other = rng.choice(context.foreign).rstrip(". ")
    body = text.rstrip(". ")
    if rng.random() < 0.5:
        start, end = body, f"{other[:1].lower()}{other[1:]}"
        return _replaced("joined", f"{start}.", (len(start), len(start)), f", and {end}")
    return _replaced("joined", text, (0, 0), f"{other}, and ")


def renamed(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A neighbour's whole sentence under a name of the source."""
    own = names(context.source)
    options = [s for s in context.foreign if names(s)]
    if not own or not options:
        return None
    sentence = rng.choice(options)
    found = _occurrences(sentence, names(sentence))
    if not found:
        return None
    at = found[0]
    new = rng.choice(own)
    text = sentence[: at.start()] + new + sentence[at.end() :]
    kept = Span(at.start(), at.start() + len(new))
    return Edit("renamed", text, (Span(0, kept.start), Span(kept.end, len(text))))


EDITS: dict[str, Editing] = {
    edit.__name__: edit
    for edit in (
        number, unit, entity, exchange, word, negation, reversal, quantity, detail, joined, renamed
    )
}  # fmt: skip


def _replaced(kind: str, text: str, at: tuple[int, int], new: str) -> Edit | None:
    start, end = at
    if not new and text[start:end].endswith(" "):
        made, span = text[:start] + text[end:], Span(max(0, start - 1), start + 1)
    else:
        made, span = text[:start] + new + text[end:], Span(start, start + len(new))
    return None if made.lower() == text.lower() else Edit(kind, made, (span,))


def _occurrences(text: str, wanted: Sequence[str]) -> list[re.Match[str]]:
    return [
        m for w in dict.fromkeys(wanted) if (m := re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text))
    ]


def _alike(one: str, other: str) -> bool:
    """Names of one shape: both acronyms, both mixed, or both capitalised words."""
    return one.isupper() == other.isupper() and one.isalpha() == other.isalpha()


def _listed(between: str) -> bool:
    return _COORDINATED.match(between) is not None


def _around(text: str, at: re.Match[str]) -> tuple[str, str]:
    before = re.findall(r"[\w-]+", text[: at.start()])[-1:]
    after = re.findall(r"[\w-]+", text[at.end() :])[:1]
    return (before or [""])[0].lower(), (after or [""])[0].lower()


def _cased(new: str, old: str) -> str:
    return new.capitalize() if old[:1].isupper() else new
