"""What happens on the page: each method handles one event and gives back what changes.

Changes are keyed by the names of the page's parts; `page.py` knows which component each one is.
"""

import logging
from collections.abc import AsyncIterator
from typing import Any

from assistant.chat import render
from assistant.chat.backend import ChatBackend
from assistant.chat.conversation import Conversation, Exchange, ask, history, stop
from assistant.chat.pace import paced
from ingest.errors import PaperAssistantError

Changes = dict[str, Any]
REFRESH_SECONDS = 0.05
UNEXPECTED = (
    "Something went wrong in the program itself; its log has the details. Please ask again."
)
log = logging.getLogger(__name__)


class ChatSession:
    """The page's behaviour over one assistant; Gradio keeps the conversation of each reader."""

    def __init__(self, assistant: ChatBackend) -> None:
        self._assistant = assistant

    def open(self) -> Changes:
        """Show what the page stands on: papers, model, and what leaves this machine."""
        try:
            papers = self._assistant.stats().papers
            foot = render.foot_html(self._assistant.model_label, papers, self._assistant.settings)
        except PaperAssistantError as error:
            return {"foot": render.problem_html(str(error))}
        return {"foot": foot, "welcome": render.welcome_html(empty=papers == 0)}

    def ask(self, question: str, conversation: Conversation) -> Changes:
        """Put the question on the page; an empty one, or one in mid-answer, changes nothing."""
        if not question.strip() or is_busy(conversation):
            return {}
        return {"question": "", **_whole(ask(conversation, question.strip()))}

    async def write(self, conversation: Conversation) -> AsyncIterator[Changes]:
        """Write the answer to the last question as it comes; errors end up on the page."""
        if not is_busy(conversation):
            return
        *earlier, last = conversation
        async for exchange in paced(self._answer(last, conversation), REFRESH_SECONDS):
            now = (*earlier, exchange)
            changes: Changes = {"conversation": now, "latest": render.latest_html(now)}
            if exchange.state != "answering" or exchange.found != last.found:
                changes["sources"] = render.sources_html(now)
            last = exchange
            yield changes

    async def _answer(
        self, exchange: Exchange, conversation: Conversation
    ) -> AsyncIterator[Exchange]:
        try:
            async for event in self._assistant.astream(
                exchange.question, history=history(conversation)
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
        return {"conversation": conversation, "latest": render.latest_html(conversation)}

    def clear(self) -> Changes:
        """Begin anew."""
        return _whole(())


def is_busy(conversation: Conversation) -> bool:
    """Whether an answer is being written."""
    return bool(conversation) and conversation[-1].state == "answering"


def _whole(conversation: Conversation) -> Changes:
    return {
        "conversation": conversation,
        "earlier": render.earlier_html(conversation),
        "latest": render.latest_html(conversation),
        "sources": render.sources_html(conversation),
    }
