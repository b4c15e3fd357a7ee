"""Edits of whole phrases, which word lists and capital letters do not see.

They follow what people change when they are asked for a believable false statement: who does it to
whom, which thing it is done with, and what is said of a known name.
"""

import random
import re

from evals.verifier.edits import Context, Edit, Editing
from evals.verifier.parsing import Chunk, chunks, clauses, spoken
from ingest.text import Span

_SAME_EITHER_WAY = re.compile(
    r"\b(and|or|between|both|compar\w+|similar|same|combin\w+|equal|equivalent|relation\w*"
    r"|correlat\w+|differ\w*|versus|vs|match\w*|agree\w*|bridg\w*|align\w*|together|joint\w*"
    r"|interact\w*|connect\w*|associat\w+|trade-off|gap)\b",
    re.IGNORECASE,
)
_ROLES = {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "agent"}
_LONGEST = 70
_WITHOUT = re.compile(r"\b(without|instead of|rather than|not|never|no longer)\b ", re.IGNORECASE)
_TURNED = {"without": "while ", "instead of": "as well as ", "rather than": "as well as "}
_LEADS = ("The method", "The model", "The approach", "The paper", "The authors' system")


def swapped(text: str, _: Context, rng: random.Random) -> Edit | None:
    """Two noun phrases change places, where the order says who does what to whom."""
    found = [c for c in chunks(text) if c.head.dep_ in _ROLES and len(c.text) <= _LONGEST]
    pairs = [(a, b) for n, a in enumerate(found) for b in found[n + 1 : n + 3] if _differ(a, b)]
    pairs = [
        (a, b) for a, b in pairs if not _SAME_EITHER_WAY.search(text[a.span.end : b.span.start])
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    middle = text[first.span.end : second.span.start]
    head = text[: first.span.start] + second.text
    new = head + middle + first.text + text[second.span.end :]
    at = len(head) + len(middle)
    spans = (Span(first.span.start, len(head)), Span(at, at + len(first.text)))
    return Edit("swapped", new, spans)


def replaced(text: str, context: Context, rng: random.Random) -> Edit | None:
    """A noun phrase replaced by one that a neighbour has in the same role."""
    own = [c for c in chunks(text) if c.head.dep_ in _ROLES and len(c.text) <= _LONGEST]
    if not own or not context.foreign:
        return None
    there = chunks(rng.choice(context.foreign))
    at = rng.choice(own)
    source = context.source.lower()
    options = [
        c.text
        for c in there
        if c.head.dep_ == at.head.dep_ and len(c.text) <= _LONGEST and c.head.tag_ == at.head.tag_
        if c.text.lower() not in source and c.head.lemma_ != at.head.lemma_
    ]
    if not options:
        return None
    new = rng.choice(options)
    made = text[: at.span.start] + new + text[at.span.end :]
    return Edit("replaced", made, (Span(at.span.start, at.span.start + len(new)),))


def head(text: str, context: Context, rng: random.Random) -> Edit | None:
    """One word of a noun phrase replaced by a sibling in WordNet or a neighbour's modifier."""
    own = [c for c in chunks(text) if c.head.dep_ in _ROLES]
    rng.shuffle(own)
    for chunk in own:
        options = [
            w for w in context.thesaurus.siblings(chunk.head.lower_)
            if context.substitutes.count(w) >= 20 and w not in context.source.lower()
        ]  # fmt: skip
        if options and chunk.head.pos_ == "NOUN":
            start = chunk.head.idx
            new = rng.choice(options)
            made = text[:start] + new + text[start + len(chunk.head) :]
            return Edit("head", made, (Span(start, start + len(new)),))
    return None


def invented(text: str, context: Context, rng: random.Random) -> Edit | None:
    """Something else altogether said of the same subject, most often in few words."""
    own = clauses(text)
    pool = list(context.elsewhere if rng.random() < 0.7 else context.foreign)
    said = [c for c in clauses(rng.choice(pool)) if not c.negated] if pool else []
    if not own or not said:
        return None
    subject = own[0].subject
    who = spoken(list(subject.subtree)) if subject.pos_ != "PRON" else rng.choice(_LEADS)
    other = rng.choice(said)
    behind = other.behind(bare=rng.random() < 0.7)
    if len(who) > _LONGEST or len(behind) < 4 or (other.subject.pos_ == "PRON" and other.copula):
        return None
    words = behind.split()[: rng.choice((4, 6, 9, 14))]
    helping = " ".join(t.text for t in other.auxiliaries)
    verb = f"{helping} {other.verb.text}".strip()
    made = f"{who[:1].upper()}{who[1:]} {verb} {' '.join(words)}".rstrip(" ,.;:") + "."
    return Edit("invented", made, (Span(len(who) + 1, len(made) - 1),))


def unnegated(text: str, _: Context, rng: random.Random) -> Edit | None:
    """`without harming` as `while harming`, `rather than` as `as well as`."""
    found = list(_WITHOUT.finditer(text))
    if not found:
        return None
    at = rng.choice(found)
    new = _TURNED.get(at.group(1).lower(), "")
    made = text[: at.start()] + new + text[at.end() :]
    start = max(0, at.start() - 1)
    return Edit("unnegated", made, (Span(start, at.start() + max(1, len(new))),))


PHRASE_EDITS: dict[str, Editing] = {
    edit.__name__: edit for edit in (swapped, replaced, head, invented, unnegated)
}


def core(text: str, rng: random.Random) -> str | None:
    """A true clause of a sentence cut down to subject, verb and object; None where risky."""
    options = []
    for clause in clauses(text):
        if clause.subject.pos_ == "PRON" or clause.verb.dep_ in {"advcl", "relcl", "csubj"}:
            continue
        if any(c.lower_ in {"if", "whether", "only"} for c in clause.verb.children):
            continue
        behind = clause.behind(bare=True)
        helping = [*clause.auxiliaries, *(c for c in clause.verb.lefts if c.dep_ == "neg")]
        verb = spoken(sorted([*helping, clause.verb], key=lambda t: t.i))
        who = spoken(list(clause.subject.subtree))
        if 3 < len(behind) < 110 and len(who) < 90:
            options.append(f"{who[:1].upper()}{who[1:]} {verb} {behind}.")
    return rng.choice(options) if options else None


def _differ(one: Chunk, other: Chunk) -> bool:
    apart = one.head.lemma_ != other.head.lemma_ or one.text.lower() != other.text.lower()
    return apart and one.head.tag_[:2] == other.head.tag_[:2]
