"""A conversation as a document: Markdown, HTML or JSON."""

import json
import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.chat import render
from assistant.chat.conversation import Conversation
from assistant.chat.views import exchange_view

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!&~$])")
_LIST_MARK = re.compile(r"(?m)^(\s*(?:\d+)?)([-+=.)])")


def plain(text: str) -> str:
    """Text as Markdown that shows it as it is (CommonMark, backslash escapes)."""
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


_MARKDOWN = Environment(
    loader=PackageLoader("assistant.chat"),
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_MARKDOWN.filters["plain"] = plain


def to_markdown(conversation: Conversation) -> str:
    """Questions, answers and the quotes they rest on; titles and quotes stay text, not markup."""
    views = [exchange_view(exchange) for exchange in conversation]
    return _MARKDOWN.get_template("transcript.md").render(views=views)


def to_html(conversation: Conversation) -> str:
    """The same as a page that stands by itself and fetches nothing."""
    return render.html("transcript", views=[exchange_view(e) for e in conversation])


def to_json(conversation: Conversation) -> str:
    """The exchanges with their answers in full, as `ask --json` gives them."""
    exchanges = [
        {
            "question": exchange.question,
            "filters": exchange.filters.model_dump(mode="json", exclude_none=True),
            "state": exchange.state,
            "answer": exchange.answer and exchange.answer.model_dump(mode="json"),
            "error": exchange.error,
        }
        for exchange in conversation
    ]
    return json.dumps({"exchanges": exchanges}, ensure_ascii=False, indent=2) + "\n"
