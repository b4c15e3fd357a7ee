"""Finds the verbatim passage of an abstract that bears a claim out best."""

import re
from collections.abc import Sequence

from assistant.extractive.question import content_stems
from ingest.text import Span

_PAIR_MARGIN = 0.1
_SPACE = re.compile(r"\s+")


def overlap(claim: str, source: str) -> float:
    """Share of the claim's distinct content stems that the source holds; 0 without any."""
    wanted = set(content_stems(claim))
    return len(wanted & set(content_stems(source))) / len(wanted) if wanted else 0.0


def best_passage(
    claim: str, abstract: str, sentences: Sequence[Span], chosen: Sequence[int]
) -> Span:
    """The sentence among the chosen that shares most with the claim, or two neighbouring ones
    where the second adds clearly.
    """
    single = max(chosen, key=lambda n: overlap(claim, _text(abstract, sentences[n])))
    best = overlap(claim, _text(abstract, sentences[single])) + _PAIR_MARGIN
    found = sentences[single]
    for first in range(max(0, single - 1), min(single + 1, len(sentences) - 1)):
        both = Span(sentences[first].start, sentences[first + 1].end)
        if (gain := overlap(claim, _text(abstract, both))) > best:
            found, best = both, gain
    return found


def whole_sentences(claim: str, abstract: str, sentences: Sequence[Span]) -> Span | None:
    """Where the claim stands word for word as one or more whole sentences, white space aside."""
    wanted = _plain(claim)
    for first, start in enumerate(sentences):
        held = ""
        for last in sentences[first:]:
            held = _plain(abstract[start.start : last.end])
            if held == wanted:
                return Span(start.start, last.end)
            if len(held) > len(wanted):
                break
    return None


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().rstrip(".").casefold()


def _text(abstract: str, span: Span) -> str:
    return abstract[span.start : span.end]
