"""Settings of reranking, which is off unless configured."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class RerankConfig(BaseModel):
    """Whether and how the papers found are put into a better order."""

    model_config = ConfigDict(extra="forbid")

    provider: Literal["none", "endpoint", "llm"] = Field(
        default="none",
        description="none; endpoint: a reranking model behind base_url; llm: the model that writes"
        " the answers scores each paper.",
    )
    protocol: Literal["rerank", "score", "tei"] = Field(
        default="rerank",
        description="What the endpoint speaks: rerank (Cohere, Jina, vLLM), score (vLLM), or tei"
        " (Text Embeddings Inference).",
    )
    base_url: str | None = Field(
        default=None,
        description="Address of the endpoint: what stands before /rerank or /score, so with /v1"
        " for Cohere, Jina and vLLM, without for TEI.",
    )
    model: str | None = Field(default=None, description="Model name; TEI needs none.")
    api_key: SecretStr | None = Field(default=None, description="Key of the endpoint.")
    candidates: int = Field(
        default=30, ge=1, le=500, description="Papers at the top of the list that are scored."
    )
    batch_size: int = Field(
        default=10, ge=1, le=500, description="Papers in one call; calls run side by side."
    )
    max_calls: int = Field(
        default=10, ge=1, description="Most calls for one query, repetitions of the LLM's included."
    )
    max_tokens: int = Field(
        default=30_000, ge=100, description="Most tokens sent for one query, counted by tiktoken."
    )
    timeout_s: float = Field(default=10.0, gt=0, description="Seconds before a call is given up.")
    deadline_s: float = Field(
        default=20.0, gt=0, description="Seconds for a query's reranking, retries included."
    )
    max_attempts: int = Field(default=2, ge=1, description="Attempts on transient failures.")
