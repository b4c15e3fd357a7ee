"""Fit sources and history into a number of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.source_text import defuse
from assistant.tokens import count_tokens
from ingest.paper import Paper
from ingest.text import Span, split_sentences

MESSAGE_TOKENS = 4
"""What the chat format adds to a message (OpenAI's cookbook gives 3, and 1 for a name)."""
SOURCE_TOKENS = 18
"""What the lines around a source's title and abstract take, about; the caller counts the whole."""

_TOKEN_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Source:
    """A paper as it stands in the prompt. `tokens` counts its lines; `cut` says if text is gone."""

    paper: Paper
    title: str
    published: str
    abstract: str
    tokens: int
    cut: bool = False


def fit_source(paper: Paper, limit: int, model: str | None) -> Source | None:
    """The paper as a source of at most `limit` tokens; None if its title alone is longer.

    An abstract that is too long loses its last sentences, whole: half a sentence can say the
    opposite of the whole one. Only as much of it is read as can fit, so that a huge one costs
    little.
    """
    title = " ".join(defuse(paper.title).split())
    published = ", ".join(defuse(str(part)) for part in (paper.venue, paper.year) if part)
    tokens = SOURCE_TOKENS + count_tokens(f"{title}\n{published}", model)
    if tokens > limit:
        return None
    end = 0
    for span in _first_sentences(paper.abstract, limit * _TOKEN_CHARACTERS):
        cost = count_tokens(defuse(paper.abstract[end : span.end]), model)
        if tokens + cost > limit:
            break
        tokens, end = tokens + cost, span.end
    abstract = defuse(paper.abstract[:end])
    return Source(paper, title, published, abstract, tokens, cut=bool(paper.abstract[end:].strip()))


def _first_sentences(text: str, characters: int) -> list[Span]:
    """The sentences that end within the first `characters` of a text."""
    spans = split_sentences(text[:characters])
    return spans if len(text) <= characters else spans[:-1]


def fit_sources(papers: Sequence[Paper], room: int, model: str | None) -> list[Source]:
    """The first of `papers` that fit into `room` tokens together.

    None of several takes more than half of the room, so that one endless abstract does not push
    out the rest. A paper whose title does not fit is passed over.
    """
    limit = room // 2 if len(papers) > 1 else room
    sources: list[Source] = []
    for paper in papers:
        source = fit_source(paper, limit, model)
        if source is None:
            continue
        room -= source.tokens
        if room < 0:
            break
        sources.append(source)
    return sources


def fit_turns(turns: Sequence[Turn], room: int, model: str | None) -> list[Turn]:
    """The latest of `turns` that fit into `room` tokens together, oldest first."""
    kept: list[Turn] = []
    for turn in reversed(turns):
        room -= 2 * MESSAGE_TOKENS + count_tokens(turn.question, model)
        room -= count_tokens(turn.answer, model)
        if room < 0:
            break
        kept.insert(0, turn)
    return kept
