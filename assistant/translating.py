"""An answer in another language is checked by the model's own English translation of it.

The verifier reads English, as the abstracts are. What a translation changes of figures and names is
seen here, and such a sentence stays unsupported; for the rest the model is taken at its word, which
the answer's warnings say.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from llama_index.core.llms import ChatMessage, MessageRole

from assistant.headings import word_set
from assistant.model_steps import Ask
from assistant.prompting import count_messages
from assistant.prompts import load_prompt
from assistant.sentences import answer_parts
from assistant.source_text import defuse, fence_for

BY_TRANSLATION = "the answer was checked by the model's own translation into English"

_PROMPT = "translate"
_MOST = 24
_TOKENS_A_SENTENCE = 80
_LEAST_WORDS = 4
_LEAST_ENGLISH = 0.08
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![^\W_])(?:[A-Za-z]\w*[A-Z\d]\w+|[A-Za-z]{2,}[A-Z\d]|\d+[A-Za-z]\w*)")
_ENGLISH = word_set(
    """
    the of and is are was were to that with for on by from than it its this these which has have
    not as at be but or their they while more less between over into without each all can what how
    does do did who when where why many much there any
    """
)


def foreign_sentences(text: str, question: str) -> list[str]:
    """The claims of an answer in another language than English; none where the question is in it.

    A terse English answer can do without the little words by which English is known, so the
    question must be in another language too.
    """
    if _looks_english(question) or _looks_english(text):
        return []
    claims = [part.text for part in answer_parts(text) if part.kind == "claim"]
    return list(dict.fromkeys(claims))[:_MOST]


def _looks_english(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    return all(map(str.isascii, words)) and (
        len(words) < _LEAST_WORDS or english >= _LEAST_ENGLISH * len(words)
    )


def translation_request(sentences: Sequence[str], room: int, model: str | None) -> Ask | None:
    """The call for their English; None where it takes more than `room` tokens."""
    quoted = [defuse(sentence) for sentence in sentences]
    text = load_prompt(_PROMPT).render(fence=fence_for(quoted), sentences=quoted)
    messages = [ChatMessage(role=MessageRole.USER, content=text)]
    longest = _TOKENS_A_SENTENCE * (len(quoted) + 1)
    if count_messages(messages, model) + longest > room:
        return None
    return Ask(messages, {"max_tokens": longest, "response_format": _schema(len(quoted))})


def read_translation(text: str, sentences: Sequence[str]) -> dict[str, str]:
    """English by sentence; a sentence whose figures or names came out otherwise is left out."""
    found = re.search(r"\{.*\}", text, re.DOTALL)
    try:
        reply = json.loads(found[0]) if found else {}
    except ValueError:
        return {}
    listed = reply.get("english") if isinstance(reply, dict) else None
    if not isinstance(listed, list) or len(listed) != len(sentences):
        return {}
    pairs = zip(sentences, listed, strict=True)
    return {said: made for said, made in pairs if isinstance(made, str) and _is_true(said, made)}


def _is_true(said: str, made: str) -> bool:
    """Whether both hold the same figures, decimal commas aside, and the same names in Latin."""
    return _figures(said) == _figures(made) and set(_NAME.findall(said)) <= set(_NAME.findall(made))


def _figures(text: str) -> set[str]:
    return {figure.replace(",", ".") for figure in _FIGURE.findall(text)}


def _schema(count: int) -> dict[str, Any]:
    """Bounded, since a model that may write a list without end does."""
    text = {"type": "string", "maxLength": 400}
    schema = {
        "type": "object",
        "properties": {
            "english": {"type": "array", "items": text, "minItems": count, "maxItems": count}
        },
        "required": ["english"],
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "translation", "schema": schema}}
