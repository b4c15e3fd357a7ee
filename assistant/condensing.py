"""A follow-up made a stand-alone question by the model."""

from collections.abc import Sequence

from assistant.answer import Turn, Usage
from assistant.llms.chat import ChatClient
from assistant.prompting import condense_messages

_MAX_TOKENS = 200
_LONGEST = 600
_QUOTES = "\"“”'` "


def condensed(chat: ChatClient, question: str, history: Sequence[Turn]) -> tuple[str, Usage]:
    """The model's wording of the question and what it cost; empty where it is no question.

    A reply of several lines, or one much longer than a question, explains or answers instead of
    rewording. Raises EndpointError.
    """
    messages = condense_messages(question, history, model=chat.llm.model)
    reply = chat.complete(messages, max_tokens=_MAX_TOKENS)
    text = reply.text.strip()
    usable = text and "\n" not in text and len(text) <= max(_LONGEST, 2 * len(question))
    whole = reply.finish_reason != "length"
    return text.strip(_QUOTES) if usable and whole else "", reply.usage
