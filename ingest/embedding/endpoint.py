"""An embedding model behind an OpenAI-protocol endpoint (OpenAI, vLLM, llama.cpp, Ollama)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Lock
from typing import Any

from llama_index.core.utils import get_tqdm_iterable
from llama_index.embeddings.openai_like import OpenAILikeEmbedding
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from pydantic import PrivateAttr, SecretStr

from ingest.embedding.endpoint_reply import tokens_of, vectors_of
from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.endpoint_faults import translated
from ingest.per_loop import PerLoop
from ingest.retry import Deadline, RetryPolicy

BULK_POLICY = RetryPolicy(max_attempts=8, deadline_s=300.0)
"""More patient than a chat: nobody waits for a single batch, and a lost one ends a long ingest."""

_CUT_TO_WINDOW = {"truncate_prompt_tokens": -1}
"""vLLM answers a text longer than the model's window with 400 unless it is told to cut it."""


class EndpointEmbedding(OpenAILikeEmbedding):
    """Sends batches concurrently, retries what is transient, and checks what comes back.

    Raises EndpointError: at once for what is permanent (key, model, overlong text), after the
    policy's attempts for what is not. `tokens_used` sums what the endpoint says it counted; it
    stays 0 where the endpoint says nothing. Safe to use from several threads and event loops.
    """

    _policy: RetryPolicy = PrivateAttr()
    _endpoint: Endpoint = PrivateAttr()
    _aclients: PerLoop[AsyncOpenAI] = PrivateAttr()
    _lock: Lock = PrivateAttr()
    _tokens_used: int = PrivateAttr(default=0)
    _dimension: int | None = PrivateAttr(default=None)

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: SecretStr | None = None,
        batch_size: int = 64,
        concurrency: int = 4,
        timeout_s: float = 60.0,
        policy: RetryPolicy = BULK_POLICY,
    ) -> None:
        endpoint = Endpoint(
            base_url, model, "PAPERS_EMBEDDING", "PAPERS_EMBEDDING__MAX_TOKENS", api_key
        ).checked()
        super().__init__(
            model_name=model,
            api_base=base_url,
            api_key=endpoint.key,
            embed_batch_size=batch_size,
            num_workers=concurrency,
            timeout=timeout_s,
            max_retries=0,
        )
        self._endpoint = endpoint
        self._policy = policy
        self._lock = Lock()
        self._aclients = PerLoop(self._make_aclient)
        self._client = self._get_client()

    def _make_aclient(self) -> AsyncOpenAI:
        """httpx's own transport: the faster one of `openai` outlives its event loop."""
        arguments = self._get_credential_kwargs(is_async=True)
        return AsyncOpenAI(**{**arguments, "http_client": DefaultAsyncHttpxClient()})

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises it."""
        return "EndpointEmbedding"

    @property
    def tokens_used(self) -> int:
        """Prompt tokens of every call so far, as counted by the endpoint."""
        return self._tokens_used

    def get_text_embedding_batch(
        self, texts: list[str], show_progress: bool = False, **kwargs: Any
    ) -> list[list[float]]:
        """Vectors of `texts` in their order, `concurrency` batches at a time.

        LlamaIndex's own loop sends one batch after the other; each batch still goes through it, so
        that its events, cache and rate limiter keep working. The first failure ends the rest.
        """
        size = self.embed_batch_size
        batches = [texts[start : start + size] for start in range(0, len(texts), size)]
        with ThreadPoolExecutor(self.num_workers, "embedding") as pool:
            jobs = [
                pool.submit(copy_context().run, partial(self._send_batch, batch, **kwargs))
                for batch in batches
            ]
            try:
                progress = get_tqdm_iterable(jobs, show_progress, "Generating embeddings")
                return [vector for job in progress for vector in job.result()]
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _send_batch(self, texts: list[str], **kwargs: Any) -> list[list[float]]:
        return super().get_text_embedding_batch(texts, **kwargs)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embed([query])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embed([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embed(texts)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return (await self._aembed([query]))[0]

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return (await self._aembed([text]))[0]

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await self._aembed(texts)

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        deadline = self._policy.deadline()
        retrying = self._policy.retrying(deadline)
        try:
            return retrying(self._request, texts, deadline, {})
        except EndpointError as error:
            if error.kind != "context":
                raise
            return retrying(self._request, texts, deadline, _CUT_TO_WINDOW)

    async def _aembed(self, texts: Sequence[str]) -> list[list[float]]:
        deadline = self._policy.deadline()
        retrying = self._policy.async_retrying(deadline)
        try:
            return await retrying(self._arequest, texts, deadline, {})
        except EndpointError as error:
            if error.kind != "context":
                raise
            return await retrying(self._arequest, texts, deadline, _CUT_TO_WINDOW)

    def _request(
        self, texts: Sequence[str], deadline: Deadline, extra: dict[str, Any]
    ) -> list[list[float]]:
        parameters = self._parameters(texts, deadline, extra)
        with translated(self._endpoint):
            reply = self._get_client().embeddings.create(**parameters)
        return self._accept(reply, len(texts))

    async def _arequest(
        self, texts: Sequence[str], deadline: Deadline, extra: dict[str, Any]
    ) -> list[list[float]]:
        parameters = self._parameters(texts, deadline, extra)
        with translated(self._endpoint):
            reply = await self._aclients.get().embeddings.create(**parameters)
        return self._accept(reply, len(texts))

    def _parameters(
        self, texts: Sequence[str], deadline: Deadline, extra: dict[str, Any]
    ) -> dict[str, Any]:
        """An empty text, which endpoints refuse, goes as one space."""
        return {
            "model": self.model_name,
            "input": [text or " " for text in texts],
            "encoding_format": "base64",
            "timeout": deadline.timeout(self.timeout, self._endpoint),
            "extra_body": extra,
        }

    def _accept(self, reply: object, count: int) -> list[list[float]]:
        """The reply's vectors, of the length that this model's vectors have had so far."""
        vectors = vectors_of(reply, count, self._endpoint)
        with self._lock:
            self._dimension = self._dimension or vectors.shape[1]
            self._tokens_used += tokens_of(reply)
        if vectors.shape[1] != self._dimension:
            what = f"sent vectors of {vectors.shape[1]} dimensions, before of {self._dimension}"
            raise EndpointError("bad_reply", self._endpoint, what)
        rows: list[list[float]] = vectors.tolist()
        return rows
