"""Numbers the papers of a draft and puts text, sentences and citations together."""

from collections.abc import Iterator

from assistant.answer import Citation, CitationFound, Event, Sentence, TextDelta
from assistant.citations import MARKER
from assistant.draft import Draft, DraftSentence

_TABLE_HEAD = "\n\n| Paper | Passage |\n|---|---|"


def number_papers(draft: Draft) -> dict[str, int]:
    """Citation number of each cited paper id, in order of first appearance, from 1."""
    numbers: dict[str, int] = {}
    for sentence in draft.sentences:
        for quote in sentence.quotes:
            numbers.setdefault(quote.paper.id, len(numbers) + 1)
    return numbers


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """The claims with the numbers they cite."""
    numbers = number_papers(draft)
    return tuple(
        Sentence(
            text=sentence.text,
            citations=_cited(sentence, numbers),
            supported=sentence.supported,
            support=max((q.support for q in sentence.quotes), default=0.0),
        )
        for sentence in draft.sentences
    )


def citations_of(draft: Draft) -> tuple[Citation, ...]:
    """One citation for each quote, ordered by number; a paper's quotes share its number."""
    numbers = number_papers(draft)
    made: dict[tuple[int, int, int], Citation] = {}
    for sentence in draft.sentences:
        for quote in sentence.quotes:
            number = numbers[quote.paper.id]
            made.setdefault(
                (number, quote.start, quote.end),
                Citation(
                    number=number,
                    paper=quote.paper,
                    quote=quote.text,
                    start=quote.start,
                    end=quote.end,
                    support=quote.support,
                ),
            )
    return tuple(sorted(made.values(), key=lambda c: (c.number, c.start)))


def stream_of(draft: Draft) -> Iterator[Event]:
    """The text of a draft of quotations, piece by piece."""
    numbers = number_papers(draft)
    announced: set[int] = set()
    yield TextDelta(text=_unmarked(draft.heading) + (_TABLE_HEAD if draft.table else ""))
    for sentence in draft.sentences:
        yield TextDelta(text=_unmarked(_row(sentence) if draft.table else _opening(sentence)))
        for quote in sentence.quotes:
            number = numbers[quote.paper.id]
            if number not in announced:
                announced.add(number)
                yield CitationFound(number=number, paper=quote.paper)
            yield TextDelta(text=f" [{number}]")
        if draft.table:
            yield TextDelta(text=" |")


def text_of(draft: Draft) -> str:
    """The whole text, as `stream_of` gives it."""
    return "".join(e.text for e in stream_of(draft) if isinstance(e, TextDelta))


def _opening(sentence: DraftSentence) -> str:
    if sentence.lead:
        return f"\n\n{sentence.lead}: “{sentence.text}”"
    return f" “{sentence.text}”"


def _row(sentence: DraftSentence) -> str:
    return f"\n| {_cell(sentence.lead)} | “{_cell(sentence.text)}”"


def _cell(text: str) -> str:
    """A table's cell ends at a line's end and at a bar."""
    return " ".join(text.split()).replace("|", "\\|")


def _unmarked(text: str) -> str:
    """A space parts a source's own "[9]", which would read as a citation; quotes keep it."""
    return MARKER.sub(r"[\1 ]", text)


def _cited(sentence: DraftSentence, numbers: dict[str, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers[q.paper.id] for q in sentence.quotes))
