"""Reranking by an endpoint that serves a cross-encoder."""

import math
from collections.abc import Sequence

import openai

from assistant.answer import Hit
from assistant.rerank.budget import Batch, batches, left_out
from assistant.rerank.protocols import PROTOCOLS, read_scores
from assistant.rerank.side_by_side import Relevance, scored_together
from assistant.rerank_config import RerankConfig
from assistant.retrieval.reranking import Reranked
from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.endpoint_faults import translated
from ingest.retry import Deadline, RetryPolicy

_SETTINGS = "PAPERS_RERANK"
_BUDGET = "PAPERS_RERANK__MAX_TOKENS"


class EndpointReranker:
    """Asks an endpoint for the relevance of the first hits. Safe to share between threads."""

    def __init__(self, config: RerankConfig) -> None:
        """Raises EndpointError where the address is missing or the key cannot be sent."""
        self.candidates = config.candidates
        self._config = config
        self._protocol = PROTOCOLS[config.protocol]
        self._endpoint = _endpoint(config)
        self._policy = RetryPolicy(max_attempts=config.max_attempts, deadline_s=config.deadline_s)
        self._client = openai.OpenAI(
            base_url=self._endpoint.base_url, api_key=self._endpoint.key, max_retries=0
        )

    def rerank(self, query: str, hits: Sequence[Hit]) -> Reranked:
        """Relevance of the hits; on a failure none, and a warning."""
        made = batches(self._config, query, hits)
        deadline = self._policy.deadline()

        def score(batch: Batch) -> Relevance:
            texts = [hits[at].paper.text for at in batch]
            scores = self._policy.retrying(deadline)(self._ask, query, texts, deadline)
            return {batch[place]: value for place, value in scores.items()}

        relevance, trouble = scored_together(score, made)
        warnings = (*trouble, *(() if trouble else left_out(self._config, hits, made)))
        return Reranked(_within_one(relevance), warnings)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(self, query: str, texts: Sequence[str], deadline: Deadline) -> dict[int, float]:
        body = self._protocol.body(self._config.model or "", query, texts)
        wait = deadline.timeout(self._config.timeout_s, self._endpoint)
        with translated(self._endpoint):
            reply = self._client.post(
                self._protocol.path, cast_to=object, body=body, options={"timeout": wait}
            )
        scores = read_scores(self._protocol, reply, len(texts))
        if scores is None:
            what = f"sent no score for each of {len(texts)} texts"
            remedy = f"Check {_SETTINGS}__PROTOCOL and {_SETTINGS}__BASE_URL."
            raise EndpointError("bad_reply", self._endpoint, what, remedy=remedy)
        return scores


def _endpoint(config: RerankConfig) -> Endpoint:
    endpoint = Endpoint(
        (config.base_url or "").rstrip("/"), config.model or "", _SETTINGS, _BUDGET, config.api_key
    )
    if not endpoint.base_url.startswith(("http://", "https://")):
        raise EndpointError(
            "connection",
            endpoint,
            "is not an address" if config.base_url else "(no address is set)",
            retryable=False,
            remedy=f"Set {_SETTINGS}__BASE_URL to an address such as http://127.0.0.1:8000/v1.",
        )
    return endpoint.checked()


def _within_one(relevance: Relevance) -> Relevance:
    """Scores in [0, 1]; those of models that give logits go through the logistic function."""
    if all(0 <= score <= 1 for score in relevance.values()):
        return relevance
    return {at: 1 / (1 + math.exp(-max(-60.0, min(60.0, s)))) for at, s in relevance.items()}
