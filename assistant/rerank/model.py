"""Reranking by the model that writes the answers: it grades each paper for the question."""

import threading
from collections.abc import Callable, Sequence

from llama_index.core.llms import ChatMessage, MessageRole

from assistant.answer import Hit, Usage
from assistant.llms.chat import ChatClient
from assistant.prompts import load_prompt
from assistant.rerank.budget import Batch, batches, left_out
from assistant.rerank.grades import GRADES_FORMAT, UnreadableGradesError, read_grades
from assistant.rerank.side_by_side import Relevance, scored_together
from assistant.rerank_config import RerankConfig
from assistant.retrieval.reranking import Reranked
from assistant.source_text import defuse, fence_for
from ingest.endpoint_errors import EndpointError

_PROMPT, _RETRY = "rerank", "rerank.retry"
_PROMPT_TOKENS = 400
_GRADE_TOKENS = 20


class ModelReranker:
    """Asks a chat model for grades from 0 to 10. Safe to share between threads."""

    def __init__(self, config: RerankConfig, connect: Callable[[], ChatClient | None]) -> None:
        self.candidates = config.candidates
        self._config = config
        self._connect = connect
        self._chat: ChatClient | None = None
        self._lock = threading.Lock()

    def rerank(self, query: str, hits: Sequence[Hit]) -> Reranked:
        """Relevance of the hits; on a failure none, and a warning."""
        try:
            chat = self._connected()
        except EndpointError as error:
            return Reranked(warnings=(f"the papers were not reranked: {error}",))
        if chat is None:
            return Reranked(warnings=("the papers were not reranked: no model is configured",))
        made = batches(self._config, query, hits, _PROMPT_TOKENS)
        grading = _Grading(chat, query, hits, self._config.max_calls - len(made))
        relevance, trouble = scored_together(grading.grade, made)
        warnings = (*trouble, *(() if trouble else left_out(self._config, hits, made)))
        return Reranked(relevance, warnings, grading.usage)

    def close(self) -> None:
        """Close the connections."""
        if self._chat is not None:
            self._chat.close()

    def _connected(self) -> ChatClient | None:
        with self._lock:
            if self._chat is None:
                self._chat = self._connect()
            return self._chat


class _Grading:
    """The calls for one query. `spare` calls may be made again after a reply nobody can read."""

    def __init__(self, chat: ChatClient, query: str, hits: Sequence[Hit], spare: int) -> None:
        self._chat = chat
        self._query = query
        self._hits = hits
        self._spare = spare
        self._lock = threading.Lock()
        self.usage = Usage(cost_usd=None)

    def grade(self, batch: Batch) -> Relevance:
        """The relevance of one batch, asked for a second time with what was wrong at the first."""
        messages = [ChatMessage(role=MessageRole.USER, content=self._prompt(batch))]
        said = self._ask(messages, len(batch))
        try:
            grades = read_grades(said, len(batch))
        except UnreadableGradesError as error:
            if not self._may_repeat():
                raise self._unreadable(error) from error
            problem = load_prompt(_RETRY).render(problem=str(error))
            again = [
                ChatMessage(role=MessageRole.ASSISTANT, content=said),
                ChatMessage(role=MessageRole.USER, content=problem),
            ]
            try:
                grades = read_grades(self._ask([*messages, *again], len(batch)), len(batch))
            except UnreadableGradesError as repeated:
                raise self._unreadable(repeated) from repeated
        return {batch[place]: grade for place, grade in grades.items()}

    def _prompt(self, batch: Batch) -> str:
        papers = [self._hits[at].paper for at in batch]
        sources = [{"title": defuse(p.title), "abstract": defuse(p.abstract)} for p in papers]
        query = defuse(self._query)
        fence = fence_for([query, *(text for source in sources for text in source.values())])
        return load_prompt(_PROMPT).render(fence=fence, sources=sources, question=query)

    def _ask(self, messages: Sequence[ChatMessage], count: int) -> str:
        limit = _GRADE_TOKENS * (count + 2)
        reply = self._chat.complete(messages, response_format=GRADES_FORMAT, max_tokens=limit)
        with self._lock:
            self.usage = Usage(
                llm_calls=self.usage.llm_calls + reply.usage.llm_calls,
                prompt_tokens=self.usage.prompt_tokens + reply.usage.prompt_tokens,
                completion_tokens=self.usage.completion_tokens + reply.usage.completion_tokens,
                cost_usd=None,
            )
        return reply.text

    def _may_repeat(self) -> bool:
        with self._lock:
            self._spare -= 1
            return self._spare >= 0

    def _unreadable(self, error: UnreadableGradesError) -> EndpointError:
        what = f"sent grades that cannot be read: {error}"
        remedy = "Set PAPERS_RERANK__PROVIDER to none, or use a stronger model."
        return EndpointError("bad_reply", self._chat.endpoint, what, remedy=remedy)
