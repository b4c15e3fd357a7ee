"""Answers that were already paid for: the same prompt to the same model is asked once.

Kept in memory, bounded, gone when the program ends. A key is made of everything that the answer
depends on: the messages (question, history, sources, prompts), the library's version, the model,
its parameters, and how the answer is checked.
"""

import hashlib
import json
from collections.abc import Iterator
from threading import Lock

from cachetools import LRUCache

from assistant.answer import Answer, CitationFound, Event, TextDelta
from assistant.prompting import Prompt
from assistant.settings import Settings
from ingest.endpoint_errors import Endpoint


class AnswerCache:
    """The latest answers; `size` 0 keeps none. Safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._kept: LRUCache[str, Answer] = LRUCache(max(size, 1))
        self._off = size == 0
        self._lock = Lock()

    def get(self, key: str) -> Answer | None:
        """The answer that was kept under a key."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep a checked answer, in place of the one that was asked for least lately."""
        if self._off:
            return
        with self._lock:
            self._kept[key] = answer


def answer_key(
    question: str, prompt: Prompt, endpoint: Endpoint, library_version: int, settings: Settings
) -> str:
    """Hash of what an answer depends on; the same in every process."""
    llm = settings.llm
    parts = {
        "question": question,
        "messages": [[message.role.value, message.content] for message in prompt.messages],
        "papers": [paper.id for paper in prompt.papers],
        "prompt_hash": prompt.prompt_hash,
        "library": library_version,
        "endpoint": [endpoint.base_url, endpoint.model],
        "parameters": [llm.temperature, llm.seed, llm.max_tokens],
        "answer": settings.answer.model_dump(mode="json"),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def replayed(answer: Answer) -> Iterator[Event]:
    """The events of an answer that is shown again."""
    papers = {citation.number: citation.paper for citation in answer.citations}
    for number, paper in papers.items():
        yield CitationFound(number=number, paper=paper)
    yield TextDelta(text=answer.text)
