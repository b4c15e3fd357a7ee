"""Filters read from a question's own words: those in force, and those that only might be meant."""

from typing import NamedTuple

from assistant.answer import FilterHint, Filters
from assistant.chat.conversation import Exchange
from assistant.checked import not_supported
from assistant.retrieval.hints import ReadQuery, in_words


class HintChip(NamedTuple):
    """Words of the question, and what they stand for; `reason`: why they are not applied."""

    text: str
    meaning: str
    reason: str


class Hints(NamedTuple):
    """Hints of an answered question; `number` is that of the exchange."""

    number: int
    applied: tuple[HintChip, ...]
    offered: tuple[HintChip, ...]
    dismissed: tuple[str, ...]


def hints_of(exchange: Exchange) -> Hints:
    """What there is to show; nothing to offer where a filter of that field holds already."""
    hints = exchange.answer.hints if exchange.answer else ()
    held = _fields(exchange.filters).union(*(_fields(h.filters) for h in hints if h.applied))
    return Hints(
        exchange.index,
        tuple(_chip(hint) for hint in hints if hint.applied),
        tuple(_chip(h) for h in hints if not h.applied and not _fields(h.filters) & held),
        exchange.dismissed,
    )


def other_warnings(exchange: Exchange) -> tuple[str, ...]:
    """The answer's warnings but for those that a chip or the mark of a sentence tells better."""
    answer = exchange.answer
    if answer is None:
        return ()
    told = set(ReadQuery("", Filters(), answer.hints).warnings)
    told |= {not_supported(sentence.text, sentence.reason) for sentence in answer.sentences}
    return tuple(warning for warning in answer.warnings if warning not in told)


def with_hint(filters: Filters, hint: FilterHint) -> Filters:
    """The filters with what a hint stands for."""
    return filters.model_copy(update=hint.filters.model_dump(exclude_none=True))


def _chip(hint: FilterHint) -> HintChip:
    return HintChip(hint.text, in_words(hint.filters), hint.reason)


def _fields(filters: Filters) -> set[str]:
    """What is limited; both ends of a range of years are one thing."""
    return {name.partition("_")[0] for name in filters.model_dump(exclude_none=True)}
