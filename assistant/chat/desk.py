"""What a reader does to answers and papers: open, find similar, filter, edit, judge."""

from typing import NamedTuple

from assistant.answer import Filters
from assistant.chat import render
from assistant.chat.acts import Act
from assistant.chat.backend import ChatBackend
from assistant.chat.conversation import Conversation, judge
from assistant.chat.feedback import FeedbackFile
from assistant.chat.filter_chips import from_fields, without
from assistant.chat.session import Changes, holding, is_busy, whole
from ingest.errors import PaperAssistantError

SIMILAR = 8


class Desk(NamedTuple):
    """What lies before one reader."""

    conversation: Conversation
    filters: Filters
    editing: int | None


class DeskSession:
    """Handles the acts of the Ask page and of the panel at its side."""

    def __init__(self, assistant: ChatBackend) -> None:
        self._assistant = assistant
        self._feedback = FeedbackFile(assistant.settings.library.path)

    def act(self, act: Act, desk: Desk) -> Changes:
        """What an act changes; an error is shown in the panel at the side."""
        try:
            match act.kind:
                case "open":
                    return self._open(act.paper)
                case "similar":
                    return self._similar(act.paper)
                case "rate":
                    return self._rate(act, desk)
                case _:
                    return _settle(act, desk)
        except PaperAssistantError as error:
            return {"drawer": render.html("drawer_problem", message=str(error))}

    def filter(
        self,
        desk: Desk,
        first: float | None,
        last: float | None,
        venue: str | None,
        author: str | None,
    ) -> Changes:
        """Hold the filters that the fields say; the fields stay as they are typed."""
        filters = from_fields(desk.filters, first, last, venue, author)
        return {"filters": filters, "chips": render.chips_html(filters, editing=desk.editing)}

    def _open(self, paper_id: str) -> Changes:
        paper = self._assistant.get(paper_id)
        papers = [paper] if paper else []
        return {"drawer": render.drawer_html("Paper", papers, only=[p.id for p in papers])}

    def _similar(self, paper_id: str) -> Changes:
        paper = self._assistant.get(paper_id)
        if paper is None:
            return self._open(paper_id)
        hits = self._assistant.search(paper.title, SIMILAR + 1).hits
        papers = [hit.paper for hit in hits if hit.paper.id != paper_id][:SIMILAR]
        heading = f"Similar to “{paper.title}”"
        return {"drawer": render.drawer_html(heading, papers, only=[p.id for p in papers])}

    def _rate(self, act: Act, desk: Desk) -> Changes:
        rated = [exchange for exchange in desk.conversation if exchange.index == act.index]
        if not rated or is_busy(desk.conversation):
            return {}
        self._feedback.add(rated[0], act.verdict, act.comment)
        commented = bool(act.comment.strip())
        return whole(judge(desk.conversation, act.index, act.verdict, commented=commented))


def _settle(act: Act, desk: Desk) -> Changes:
    """Acts that need nothing but what lies before the reader."""
    match act.kind:
        case "close":
            return {"drawer": ""}
        case "unfilter":
            return holding(without(desk.filters, act.name), desk.editing)
        case "only":
            ids = act.ids or _cited(desk.conversation, act.index)
            limited = desk.filters.model_copy(update={"papers": ids}) if ids else desk.filters
            return {**holding(limited, desk.editing), "drawer": "", "tab": "ask"}
        case "edit" if 0 <= act.index < len(desk.conversation):
            return _edited(desk, act.index)
        case "keep":
            chips = render.chips_html(desk.filters)
            return {"editing": None, "question": "", "chips": chips}
        case _:
            return {}


def _edited(desk: Desk, index: int) -> Changes:
    exchange = desk.conversation[index]
    held = holding(exchange.filters, editing=index)
    return {**held, "question": exchange.question, "editing": index}


def _cited(conversation: Conversation, index: int) -> tuple[str, ...]:
    answers = [e.answer for e in conversation if e.index == index and e.answer is not None]
    return tuple(dict.fromkeys(c.paper.id for answer in answers for c in answer.citations))
