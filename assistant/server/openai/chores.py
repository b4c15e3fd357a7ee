"""What a chat client asks of a model for its own purposes: a title, tags, follow-ups, queries.

Open WebUI sends such requests to the model of a chat after its answers. They are no questions to
the library, so that neither it nor a language model is asked: the client gets the JSON that it
reads, with the reader's own first question as the title and with nothing else.
"""

import json
import re

_TASK = "### Task:"
_HISTORY = re.compile(r"<chat_history>(.*)</chat_history>", re.DOTALL)
_FIRST_QUESTION = re.compile(r"^USER:[ \t]*(\S.*)", re.MULTILINE)
_WANTED = re.compile(r'\{\s*"(title|tags|follow_ups|queries)"\s*:')
_NO_WORDS = re.compile(r"[^\w\s'’.,:?%/+-]+")
_LONGEST_TITLE = 60


def chore_reply(text: str) -> str | None:
    """The reply to a request of the client itself; None for a question of its reader."""
    history = _HISTORY.search(text)
    if history is None or not text.lstrip().startswith(_TASK):
        return None
    wanted = _WANTED.search(text[: history.start()] + text[history.end() :])
    if wanted is None:
        return None
    member = wanted[1]
    return json.dumps({member: _title(history[1]) if member == "title" else []})


def _title(history: str) -> str:
    first = _FIRST_QUESTION.search(history)
    words = _NO_WORDS.sub(" ", first[1] if first else "Papers").split()
    title = " ".join(words)
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rpartition(" ")[0] or title[:_LONGEST_TITLE]
