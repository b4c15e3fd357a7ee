"""Cutting texts into the pieces that the page shows differently.

Pieces joined together give back the text they were cut from, so nothing is lost or added on the
way to the page. Text is data here: what looks like HTML, Markdown or LaTeX stays as it is.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from assistant.answer import Answer, Sentence
from assistant.marking import UNSUPPORTED_MARK

_MARKER = re.compile(r"\[(\d{1,4})\]")
_REST_OF_SENTENCE = re.compile(r"[”’\"')]*(?:\s*\[\d{1,4}\])*")
NO_SOURCE = "no source is cited for this"
NOT_CONFIRMED = "the cited abstract does not confirm this"


class Piece(NamedTuple):
    """A run of text; with a `number` it is the marker of that citation."""

    text: str
    number: int | None = None


class Passage(NamedTuple):
    """Pieces that belong together; `doubt` says why a sentence is not supported."""

    pieces: tuple[Piece, ...]
    doubt: str | None = None


class Span(NamedTuple):
    """A run of an abstract, quoted or not."""

    text: str
    quoted: bool


def cut_citations(text: str, known: Collection[int]) -> tuple[Piece, ...]:
    """Cut `text` at its markers [n]; a number that is not known stays plain text."""
    pieces: list[Piece] = []
    cursor = 0
    for marker in _MARKER.finditer(text):
        number = int(marker[1])
        if number in known:
            pieces += [Piece(text[cursor : marker.start()]), Piece(marker[0], number)]
            cursor = marker.end()
    pieces.append(Piece(text[cursor:]))
    return tuple(piece for piece in pieces if piece.text)


def cut_answer(answer: Answer) -> tuple[Passage, ...]:
    """Cut the answer's text into its sentences and what lies between them.

    The mark of an unsupported sentence is left out, since its doubt is shown in its place. A doubt
    must never be lost: where the sentences cannot be found in the text one after another,
    the sentences are shown in its place.
    """
    known = {citation.number for citation in answer.citations}
    try:
        return tuple(_aligned(answer, known))
    except ValueError:
        return tuple(_from_sentence(sentence, known) for sentence in answer.sentences)


def _aligned(answer: Answer, known: Collection[int]) -> Iterator[Passage]:
    cursor = 0
    for sentence in answer.sentences:
        start = answer.text.index(sentence.text, cursor)
        end = start + len(sentence.text)
        if after := _REST_OF_SENTENCE.match(answer.text, end):
            end = after.end()
        if start > cursor:
            yield Passage(cut_citations(answer.text[cursor:start], known))
        doubt = _doubt(sentence)
        yield Passage(cut_citations(answer.text[start:end], known), doubt)
        marked = doubt is not None and answer.text.startswith(UNSUPPORTED_MARK, end)
        cursor = end + len(UNSUPPORTED_MARK) if marked else end
    if cursor < len(answer.text):
        yield Passage(cut_citations(answer.text[cursor:], known))


def _from_sentence(sentence: Sentence, known: Collection[int]) -> Passage:
    absent = [n for n in sentence.citations if f"[{n}]" not in sentence.text]
    text = " ".join([sentence.text, *(f"[{n}]" for n in absent)])
    return Passage(cut_citations(f"{text} ", known), _doubt(sentence))


def _doubt(sentence: Sentence) -> str | None:
    if sentence.supported:
        return None
    return sentence.reason or (NOT_CONFIRMED if sentence.citations else NO_SOURCE)


def cut_quotes(abstract: str, quotes: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Cut an abstract at the quotes' [start, end) offsets; overlapping quotes become one."""
    spans: list[Span] = []
    cursor = 0
    for start, end in sorted(quotes):
        if end <= cursor:
            continue
        if start < cursor and spans:
            spans[-1] = Span(spans[-1].text + abstract[cursor:end], True)
        else:
            spans += [Span(abstract[cursor:start], False), Span(abstract[start:end], True)]
        cursor = end
    spans.append(Span(abstract[cursor:], False))
    return tuple(span for span in spans if span.text)
