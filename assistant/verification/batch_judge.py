"""One call in which a model judges all claims of an answer, each against one source."""

import re
from collections.abc import Sequence
from typing import Any

from llama_index.core.llms import ChatMessage, MessageRole
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.model_steps import Ask
from assistant.prompting import count_messages
from assistant.prompts import load_prompt
from assistant.source_text import defuse, fence_for
from ingest.paper import Paper

VERIFY = "verify"
MAX_CLAIMS = 24
_TOKENS_A_VERDICT = 24
_VERDICTS = ("supported", "contradicted", "not_stated")
_FLAT_OBJECT = re.compile(r"\{[^{}]*\}")

Pair = tuple[str, Paper]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    claim: int
    verdict: str


def batch_request(pairs: Sequence[Pair], room: int, model: str | None = None) -> tuple[Ask, int]:
    """The call for as many of `pairs` as fit, and how many those are (0: do not call).

    `room` is the model's window in tokens, for the messages and the verdicts together; at most
    `MAX_CLAIMS` are asked for, so that one answer costs one bounded call.
    """
    count = min(len(pairs), MAX_CLAIMS)
    while count:
        messages = _messages(pairs[:count])
        tokens = _TOKENS_A_VERDICT * (count + 1)
        if count_messages(messages, model) + tokens <= room:
            return Ask(messages, {"max_tokens": tokens, "response_format": _schema(count)}), count
        count //= 2
    return Ask([]), 0


def read_verdicts(text: str, count: int) -> dict[int, str]:
    """Verdict by index of the claim, from 0; whatever cannot be read is left out.

    Entries are found one by one, so that words around them, fences, and a reply that was cut at
    the token limit cost nothing but the entries they spoil. Of two entries for a claim the one
    against it counts.
    """
    found: dict[int, str] = {}
    for entry in filter(None, map(_entry, _FLAT_OBJECT.findall(text))):
        index = entry.claim - 1
        if 0 <= index < count and found.get(index, "supported") == "supported":
            found[index] = entry.verdict
    return found


def _entry(text: str) -> _Entry | None:
    try:
        entry = _Entry.model_validate_json(text)
    except ValidationError:
        return None
    verdict = entry.verdict.casefold().replace(" ", "_").replace("-", "_")
    return _Entry(claim=entry.claim, verdict=verdict) if verdict in _VERDICTS else None


def _messages(pairs: Sequence[Pair]) -> list[ChatMessage]:
    papers = list({paper.id: paper for _, paper in pairs}.values())
    numbers = {paper.id: number for number, paper in enumerate(papers, 1)}
    sources = [{"title": defuse(p.title), "abstract": defuse(p.abstract)} for p in papers]
    claims = [{"text": defuse(claim), "source": numbers[paper.id]} for claim, paper in pairs]
    quoted = [text for source in sources for text in source.values()]
    fence = fence_for([*quoted, *(str(claim["text"]) for claim in claims)])
    text = load_prompt(VERIFY).render(fence=fence, sources=sources, claims=claims)
    return [ChatMessage(role=MessageRole.USER, content=text)]


def _schema(count: int) -> dict[str, Any]:
    """Bounded, since a model that may write a list without end does."""
    entry = {
        "type": "object",
        "properties": {
            "claim": {"type": "integer", "minimum": 1, "maximum": count},
            "verdict": {"type": "string", "enum": list(_VERDICTS)},
        },
        "required": ["claim", "verdict"],
        "additionalProperties": False,
    }
    verdicts = {"type": "array", "items": entry, "minItems": count, "maxItems": count}
    schema = {
        "type": "object",
        "properties": {"verdicts": verdicts},
        "required": ["verdicts"],
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "verdicts", "schema": schema}}
