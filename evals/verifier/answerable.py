"""Training pairs of a question and sentences that answer it or do not."""

import random
from collections.abc import Iterator, Sequence

from evals.verifier.edits import EDITS, Context, Edit
from evals.verifier.pairs import Pair, window_for, window_of
from evals.verifier.phrases import PHRASE_EDITS
from evals.verifier.questions import (
    Asked,
    as_typed,
    own_name,
    questions,
    seldom_stated,
    tells_itself,
)
from evals.verifier.sources import Abstract
from ingest.text import sentences_of

_PREMISE = {
    "reversal": 4, "swapped": 4, "replaced": 4, "entity": 3, "word": 3, "number": 2, "head": 2,
    "quantity": 2, "exchange": 2, "unnegated": 1,
}  # fmt: skip
_TITLED = 0.7
_KINDS = frozenset({"asked", "removed", "seldom", "neighbour-asked"})


def asked_by_script(pair: Pair) -> bool:
    """Whether it is of `question_pairs`, not a question that a person wrote."""
    return pair.kind in _KINDS or pair.kind.startswith("premise-")


def question_pairs(
    abstract: Abstract, near: Sequence[Abstract], context: Context, rng: random.Random
) -> Iterator[Pair]:
    """A question that the abstract answers, and some that it does not."""
    sentences = sentences_of(abstract.text)
    name = own_name(abstract.title, abstract.text)
    title = abstract.title if rng.random() < _TITLED else ""
    usable = [s for s in sentences if 30 <= len(s) <= 350]
    rng.shuffle(usable)
    made = [q for s in usable[:3] for q in _some(list(questions(s, name, rng)), rng)]
    for asked in made[:2]:
        yield Pair("asked", asked.text, window_of(asked.text, sentences, title), True, ())
        if rng.random() < 0.5:
            rest = [s for s in sentences if s != asked.sentence]
            if rest and not tells_itself(asked.text, " ".join([title, *rest])):
                yield Pair("removed", asked.text, window_of(asked.text, rest, title), False)
        if rng.random() < 0.75 and (edit := _untrue(asked.text, context, rng)):
            window = window_of(edit.text, sentences, title)
            yield Pair(f"premise-{edit.kind}", edit.text, window, False, edit.spans)
    if rng.random() < 0.45 and (seldom := seldom_stated(name, context.source, rng)):
        yield Pair("seldom", seldom, window_of(seldom, sentences, title), False)
    if near and rng.random() < 0.6:
        yield from _from_a_neighbour(rng.choice(near), name, sentences, title, rng)


def asked_of_trials(row: dict[str, str], other: str, rng: random.Random) -> Iterator[Pair]:
    """PubMedQA: a question of its own abstract, and of the nearest other."""
    text = as_typed(row["question"], rng)
    yield Pair("trial-asked", text, window_for(text, row["source"]), True, ())
    yield Pair("trial-other", text, window_for(text, other), False)


def _some(found: list[Asked], rng: random.Random) -> list[Asked]:
    return rng.sample(found, min(len(found), 1))


def _untrue(question: str, context: Context, rng: random.Random) -> Edit | None:
    """The question with something put into it that is not so."""
    ways = {**EDITS, **PHRASE_EDITS}
    kinds = list(_PREMISE)
    for _ in range(6):
        kind = rng.choices(kinds, list(_PREMISE.values()))[0]
        made = ways[kind](question, context, rng)
        if made and made.text.lower() != question.lower():
            return made
    return None


def _from_a_neighbour(
    other: Abstract, name: str, sentences: Sequence[str], title: str, rng: random.Random
) -> Iterator[Pair]:
    """Its question as it is, or asked of this paper's name."""
    theirs = own_name(other.title, other.text)
    usable = [s for s in sentences_of(other.text) if 30 <= len(s) <= 350]
    found = [q for s in rng.sample(usable, min(2, len(usable))) for q in questions(s, theirs, rng)]
    if not found:
        return
    text = rng.choice(found).text
    if name and theirs:
        text = text.replace(theirs, name)
    if not tells_itself(text, " ".join([title, *sentences])):
        yield Pair("neighbour-asked", text, window_of(text, sentences, title), False)
