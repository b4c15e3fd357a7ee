"""The model's own citations, with nothing checked: for those who switch verification off.

Every citation still carries a verbatim quote, the sentence of its paper that shares most words with
the claim; that it supports the claim is not known, and no sentence is called supported.
"""

from collections.abc import Sequence

from assistant.answer import Citation, Sentence
from assistant.checked import Checked
from assistant.citations import MARKER
from assistant.draft import Quote
from assistant.extractive.question import content_stems
from assistant.sentences import answer_parts
from ingest.paper import Paper
from ingest.text import split_sentences

NOT_CHECKED = "the answer was not checked against its sources (PAPERS_ANSWER__UNSUPPORTED=off)"


def unchecked_answer(text: str, cited: Sequence[Paper]) -> Checked:
    """A text whose marker [n] names `cited[n - 1]`, as it stands; papers without text lose it."""
    quotable = {n for n, paper in enumerate(cited, 1) if split_sentences(paper.abstract)}
    shown = MARKER.sub(lambda marker: marker[0] if int(marker[1]) in quotable else "", text)
    claims = [part for part in answer_parts(shown) if part.kind == "claim"]
    citations = {
        (number, quote.start): _citation(number, quote)
        for part in answer_parts(shown)
        for number in part.citations
        for quote in [_nearest(part.claim, cited[number - 1])]
    }
    return Checked(
        text=shown,
        sentences=tuple(Sentence(text=part.text, citations=part.citations) for part in claims),
        citations=tuple(citations[key] for key in sorted(citations)),
    )


def _nearest(claim: str, paper: Paper) -> Quote:
    wanted = set(content_stems(claim))
    spans = split_sentences(paper.abstract)
    span = max(
        spans, key=lambda s: len(wanted & set(content_stems(paper.abstract[s.start : s.end])))
    )
    return Quote(paper=paper, start=span.start, end=span.end, support=0.0)


def _citation(number: int, quote: Quote) -> Citation:
    return Citation(
        number=number,
        paper=quote.paper,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        support=quote.support,
    )
