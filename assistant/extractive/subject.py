"""Whom a question is about, where it names what a paper's title gives its name to.

"What accuracy does the Kolmogorov-Arnold Transformer reach?" is answered by papers that mention it,
however well the figure of another model fits the other words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.extractive.question import Kind, Question, fold, mentions
from assistant.retrieval.lookup import given_names, is_name_like
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper

_MOST_HOLDERS = 5
"""Papers that may hold a name for it to be one: "Large Language Models: A Survey" names nothing."""

_ASKS_FOR_PAPERS = re.compile(
    r"\b(?:papers?|works?|stud(?:y|ies)|articles?|research|publications?)\b", re.IGNORECASE
)


def about(question: Question, hits: Sequence[Hit], index: LexicalIndex) -> list[int]:
    """The places of the hits that mention what is asked about by name; of all if nothing is named.

    A list or comparison may be about several, so that all hits are left.
    """
    everything = list(range(len(hits)))
    if question.kind in (Kind.LIST, Kind.COMPARE):
        return everything
    asked = fold(question.text)
    named = {
        name
        for hit in hits
        for name in given_names(hit.paper.title)
        if is_name_like(name) and mentions(asked, name) and is_rare(name, index)
    }
    texts = [fold(hit.paper.text) for hit in hits] if named else []
    holding = [at for at, text in enumerate(texts) if any(mentions(text, n) for n in named)]
    return holding or everything


def of_paper(question: Question, best: Paper, index: LexicalIndex) -> Question:
    """The question as one of fact, where it asks for a list of what one paper has.

    "Which datasets was StonePool tested on?" names what the title of `best` gives its name to, and
    no other paper of the library mentions; "which papers use it?" asks for papers all the same.
    """
    if question.kind is not Kind.LIST or _ASKS_FOR_PAPERS.search(question.text):
        return question
    asked = fold(question.text)
    own = any(
        is_name_like(name) and mentions(asked, name) and len(index.with_phrases([name], 2)) == 1
        for name in given_names(best.title)
    )
    return replace(question, kind=Kind.FACT) if own else question


def is_rare(name: str, index: LexicalIndex) -> bool:
    """Whether few papers hold a name."""
    return len(index.with_phrases([name], _MOST_HOLDERS + 1)) <= _MOST_HOLDERS
