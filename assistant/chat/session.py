"""What happens on the Ask page: each method handles one event and gives back what changes.

Changes are keyed by the names of the page's parts; the layout knows which component each one is.
"""

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from textwrap import shorten
from typing import Any

from assistant.answer import Filters
from assistant.chat import render
from assistant.chat.acts import Act
from assistant.chat.backend import ChatBackend
from assistant.chat.conversation import Conversation, Exchange, ask, history, stop
from assistant.chat.hint_chips import with_hint
from assistant.chat.label import ModelLabel
from assistant.chat.pace import paced
from assistant.chat.saved import from_saved, to_saved
from ingest.errors import PaperAssistantError

Changes = dict[str, Any]
REFRESH_SECONDS = 0.05
MAX_OFFERED = 80
UNEXPECTED = (
    "Something went wrong in the program itself; its log has the details. Please try again."
)
log = logging.getLogger(__name__)


class ChatSession:
    """Asking and answering over one assistant; Gradio keeps the conversation of each reader."""

    def __init__(self, assistant: ChatBackend) -> None:
        self._assistant = assistant
        self._label = ModelLabel(lambda: assistant.model_label)

    def open(self, saved: Any = None, last: Any = None) -> Changes:
        """Show what the page stands on, and the conversation that this tab has kept.

        A tab that has none starts afresh and offers to go on with `last`, that of another one.
        """
        conversation = from_saved(saved)
        begun = whole(conversation) if conversation else _offered(from_saved(last))
        return {**self.foot(), **begun}

    def resume(self, last: Any) -> Changes:
        """Go on with the conversation of another tab; from here on each has its own."""
        return whole(from_saved(last))

    def foot(self) -> Changes:
        """The line at the foot, and the first view as the library is now."""
        try:
            papers = self._assistant.stats().papers
            foot = render.foot_html(self._label(), papers, self._assistant.settings)
        except PaperAssistantError as error:
            return {"foot": render.problem_html(str(error))}
        welcome = render.welcome_html(empty=papers == 0)
        return {"foot": foot, "welcome": welcome, "empty": papers == 0}

    def ask(
        self,
        question: str,
        conversation: Conversation,
        filters: Filters | None = None,
        editing: int | None = None,
    ) -> Changes:
        """Put the question on the page; an empty one, or one in mid-answer, changes nothing.

        With `editing`, it takes the place of that question and of all that followed.
        """
        if not question.strip() or is_busy(conversation):
            return {}
        filters = filters or Filters()
        dismissed = conversation[editing].dismissed if editing is not None else ()
        asked = ask(conversation[:editing], question.strip(), filters, dismissed)
        chips = render.chips_html(filters)
        done = {"question": "", "editing": None, "filters": filters, "chips": chips}
        return {**done, **whole(asked)}

    def ask_again(self, act: Act, conversation: Conversation) -> Changes:
        """Ask the last question anew with words of it as a filter ("hint"), or not ("unhint")."""
        last = conversation[-1] if conversation else None
        if last is None or last.answer is None or last.index != act.index:
            return {}
        hint = next((hint for hint in last.answer.hints if hint.text == act.name), None)
        if hint is None:
            return {}
        if act.kind == "hint":
            asked = last.question, with_hint(last.filters, hint), last.dismissed
        else:
            asked = last.question, last.filters, (*last.dismissed, hint.text)
        return whole(ask(conversation[:-1], *asked))

    async def write(self, conversation: Conversation) -> AsyncGenerator[Changes, None]:
        """Write the answer to the last question as it comes; errors end up on the page."""
        if not is_busy(conversation):
            return
        *earlier, last = conversation
        async for exchange in paced(self._answer(last, conversation), REFRESH_SECONDS):
            now = (*earlier, exchange)
            changes: Changes = {"conversation": now, "latest": render.latest_html(now)}
            if exchange.state != "answering" or exchange.found != last.found:
                changes["sources"] = render.sources_html(now)
            if exchange.state != "answering":
                changes["saved"] = to_saved(now)
            last = exchange
            yield changes

    async def _answer(
        self, exchange: Exchange, conversation: Conversation
    ) -> AsyncIterator[Exchange]:
        try:
            async for event in self._assistant.astream(
                exchange.question,
                history=history(conversation),
                filters=exchange.filters,
                dismissed=exchange.dismissed,
            ):
                exchange = exchange.with_event(event)
                yield exchange
        except PaperAssistantError as error:
            yield exchange.failed(str(error))
        except Exception:
            log.exception("the answer failed")
            yield exchange.failed(UNEXPECTED)

    def stop(self, conversation: Conversation) -> Changes:
        """Keep what is written so far, marked as unfinished."""
        conversation = stop(conversation)
        return {
            "conversation": conversation,
            "latest": render.latest_html(conversation),
            "saved": to_saved(conversation),
        }

    def clear(self) -> Changes:
        """Begin anew."""
        return {**self.foot(), **whole(()), **holding(Filters()), "editing": None}


def _offered(last: Conversation) -> Changes:
    """The words of the offer to go on with a conversation."""
    if not last:
        return {}
    question = shorten(last[0].question, MAX_OFFERED, placeholder=" …")
    return {"resume": f"Go on with the last conversation: “{question}”"}


def is_busy(conversation: Conversation) -> bool:
    """Whether an answer is being written."""
    return bool(conversation) and conversation[-1].state == "answering"


def holding(filters: Filters, editing: int | None = None) -> Changes:
    """Every part that shows the filters of the next question."""
    return {
        "filters": filters,
        "chips": render.chips_html(filters, editing=editing),
        "year_from": filters.year_from,
        "year_to": filters.year_to,
        "venue": filters.venue or "",
        "author": filters.author or "",
    }


def whole(conversation: Conversation) -> Changes:
    """Every part that shows the conversation."""
    return {
        "conversation": conversation,
        "earlier": render.earlier_html(conversation),
        "latest": render.latest_html(conversation),
        "sources": render.sources_html(conversation),
        "saved": to_saved(conversation),
    }
