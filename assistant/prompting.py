"""Build a model's messages: rules, history, numbered sources, question; within a budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core.llms import ChatMessage, MessageRole

from assistant.answer import Hit, Turn
from assistant.citations import MARKER
from assistant.prompts import load_prompt, prompt_hash
from assistant.refusal import MISSING, NOT_IN_LIBRARY
from assistant.source_text import defuse, fence_for
from assistant.token_budget import MESSAGE_TOKENS, Source, fit_sources, fit_turns
from assistant.tokens import count_tokens
from ingest.errors import PaperAssistantError
from ingest.paper import Paper

SYSTEM, USER, CONDENSE = "answer.system", "answer.user", "condense"
_SPACED_MARKER = re.compile(rf"[ \t]*{MARKER.pattern}")
_REPLY_TOKENS = 3
_CONDENSE_TOKENS = 3000


class PromptBudgetError(PaperAssistantError):
    """The model's window cannot hold the rules, the question and one source beside the answer."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Messages for a model, and what they hold.

    `papers[n - 1]` is source [n]. `tokens` counts the messages, chat format included. `dropped` is
    the number of hits left out for want of room; `warnings` says so in words, together with
    shortened abstracts and forgotten turns.
    """

    messages: list[ChatMessage]
    papers: tuple[Paper, ...]
    prompt_hash: str
    tokens: int
    dropped: int = 0
    warnings: tuple[str, ...] = ()


def build_prompt(
    question: str,
    hits: Sequence[Hit],
    history: Sequence[Turn] = (),
    *,
    context_window: int,
    max_tokens: int,
    model: str | None = None,
    most_sources: int | None = None,
) -> Prompt:
    """Put question and hits into messages that leave `max_tokens` of the window for the answer.

    Where they do not fit, the oldest turns go first, then the last hits; an abstract that alone is
    too long loses its last sentences. Raises `PromptBudgetError` if no source fits. The counts are
    tiktoken's for `model`; another model's tokeniser may differ by some percent, so that its
    server can still report an overflow.
    """
    budget = context_window - max_tokens
    papers = [hit.paper for hit in hits[:most_sources]]
    turns = [_plain_turn(turn) for turn in history]
    question = defuse(question)
    room = budget - count_messages(_messages(question, (), [_blank()] if papers else ()), model)
    sources = fit_sources(papers, room, model)
    kept = fit_turns(turns, room - sum(source.tokens for source in sources), model)
    while True:
        messages = _messages(question, kept, sources)
        tokens = count_messages(messages, model)
        if tokens <= budget and (sources or not papers):
            break
        if kept:
            kept = kept[1:]
        elif len(sources) > 1:
            sources = sources[:-1]
        else:
            raise _no_room(tokens, context_window, max_tokens)
    return Prompt(
        messages=messages,
        papers=tuple(source.paper for source in sources),
        prompt_hash=prompt_hash(SYSTEM, USER),
        tokens=tokens,
        dropped=len(papers) - len(sources),
        warnings=_warnings(sources, len(papers), len(turns) - len(kept)),
    )


@dataclass(frozen=True)
class PromptMaker:
    """The prompt of one question, for any window."""

    question: str
    hits: tuple[Hit, ...]
    history: tuple[Turn, ...]
    max_tokens: int
    model: str | None = None

    def __call__(self, context_window: int, most_sources: int | None = None) -> Prompt:
        """`build_prompt` of it."""
        return build_prompt(
            self.question,
            self.hits,
            self.history,
            context_window=context_window,
            max_tokens=self.max_tokens,
            model=self.model,
            most_sources=most_sources,
        )


def condense_messages(
    question: str, history: Sequence[Turn], *, model: str | None = None
) -> list[ChatMessage]:
    """Messages that ask for `question` as one that stands alone, given the latest turns."""
    turns = fit_turns([_plain_turn(turn) for turn in history], _CONDENSE_TOKENS, model)
    question = defuse(question)
    quoted = [text for turn in turns for text in (turn.question, turn.answer)]
    fence = fence_for([*quoted, question])
    text = load_prompt(CONDENSE).render(fence=fence, turns=turns, question=question)
    return [ChatMessage(role=MessageRole.USER, content=text)]


def _messages(question: str, turns: Sequence[Turn], sources: Sequence[Source]) -> list[ChatMessage]:
    system = load_prompt(SYSTEM).render(not_in_library=NOT_IN_LIBRARY, missing=MISSING)
    quoted = [text for source in sources for text in (source.title, source.published)]
    fence = fence_for([*quoted, *(source.abstract for source in sources), question])
    user = load_prompt(USER).render(
        fence=fence, sources=sources, question=question, not_in_library=NOT_IN_LIBRARY
    )
    messages = [ChatMessage(role=MessageRole.SYSTEM, content=system)]
    for turn in turns:
        messages.append(ChatMessage(role=MessageRole.USER, content=turn.question))
        messages.append(ChatMessage(role=MessageRole.ASSISTANT, content=turn.answer))
    return [*messages, ChatMessage(role=MessageRole.USER, content=user)]


def count_messages(messages: Sequence[ChatMessage], model: str | None = None) -> int:
    """Tokens of messages by tiktoken, chat format included."""
    texts = (message.content or "" for message in messages)
    return _REPLY_TOKENS + sum(MESSAGE_TOKENS + count_tokens(text, model) for text in texts)


def _blank() -> Source:
    """A source without text, to measure what stands around the sources."""
    return Source(Paper(id="", title=""), title="", published="", abstract="", tokens=0)


def _plain_turn(turn: Turn) -> Turn:
    """A turn without citation numbers, which meant other sources than the ones to come."""
    answer = _SPACED_MARKER.sub("", turn.answer)
    return Turn(question=defuse(turn.question), answer=defuse(answer))


def _warnings(sources: Sequence[Source], hits: int, forgotten: int) -> tuple[str, ...]:
    dropped = hits - len(sources)
    shortened = [source.paper.title for source in sources if source.cut]
    found = [
        f"{forgotten} earlier turns left out for want of room." if forgotten else "",
        f"{dropped} of {hits} sources left out for want of room." if dropped else "",
        *(f"Only the beginning of a long abstract was read: {title[:80]}" for title in shortened),
    ]
    return tuple(filter(None, found))


def _no_room(tokens: int, context_window: int, max_tokens: int) -> PromptBudgetError:
    return PromptBudgetError(
        f"Rules and question take {tokens} tokens and leave no room for a source: the window is"
        f" {context_window} tokens, {max_tokens} of them kept for the answer. Raise"
        " PAPERS_LLM__CONTEXT_WINDOW if the model allows, lower PAPERS_LLM__MAX_TOKENS, or shorten"
        " the question."
    )
