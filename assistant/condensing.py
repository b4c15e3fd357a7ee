"""A follow-up made a stand-alone question by the model."""

from collections.abc import Sequence

from assistant.answer import Turn
from assistant.llms.chat import Completion
from assistant.model_steps import Ask
from assistant.prompting import condense_messages

_MAX_TOKENS = 200
_LONGEST = 600
_QUOTES = "\"“”'` "


def condensing_request(question: str, history: Sequence[Turn], model: str) -> Ask:
    """Asks the model for the question as one that stands alone."""
    return Ask(condense_messages(question, history, model=model), {"max_tokens": _MAX_TOKENS})


def read_condensed(reply: Completion, question: str) -> str:
    """The model's wording of the question; empty where it is no question.

    A reply of several lines, or one much longer than a question, explains or answers instead of
    rewording.
    """
    text = reply.text.strip()
    usable = text and "\n" not in text and len(text) <= max(_LONGEST, 2 * len(question))
    whole = reply.finish_reason != "length"
    return text.strip(_QUOTES) if usable and whole else ""
