"""Settings of ingest and library; `assistant.settings` gathers them with the rest."""

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

APP_NAME = "paper-assistant"

UserPath = Annotated[Path, AfterValidator(Path.expanduser)]


class LibraryConfig(BaseModel):
    """Where the library lies and how it is opened."""

    model_config = ConfigDict(extra="forbid")

    path: UserPath = Field(
        default=Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "library",
        description="Folder of the library: records, vectors and lexical index.",
    )
    lock_timeout_s: float = Field(
        default=10.0, ge=0, description="Seconds to wait while another process writes."
    )
    batch_size: int = Field(
        default=512, ge=1, le=5000, description="Papers that are committed together by ingest."
    )
    chroma_url: str | None = Field(
        default=None,
        description="Chroma server for the vectors, such as http://127.0.0.1:8000 or https://...;"
        " unset: inside the library folder.",
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="Token that the Chroma server asks for."
    )


class EmbeddingConfig(BaseModel):
    """Which model turns texts into vectors."""

    model_config = ConfigDict(extra="forbid")

    provider: Literal["embedded", "openai", "openai-compatible"] = Field(
        default="embedded",
        description="embedded (all-MiniLM-L6-v2, on this machine), openai, or openai-compatible.",
    )
    model: str | None = Field(
        default=None,
        description="Model name at the endpoint; openai defaults to text-embedding-3-small.",
    )
    base_url: str | None = Field(
        default=None, description="Endpoint of provider openai-compatible, ending in /v1."
    )
    api_key: SecretStr | None = Field(default=None, description="Key of the embedding endpoint.")
    model_dir: UserPath | None = Field(
        default=None,
        description="Folder with model.onnx and tokenizer.json, in place of the embedded model.",
    )
    max_tokens: int = Field(
        default=256, ge=32, le=8192, description="Window of the model in its own tokens."
    )
    workers: int = Field(
        default=2, ge=1, le=64, description="Texts that the embedded model handles at a time."
    )
    batch_size: int = Field(
        default=64, ge=1, le=2048, description="Texts in one call to an embedding endpoint."
    )
    concurrency: int = Field(
        default=4, ge=1, le=64, description="Calls to an embedding endpoint at a time."
    )
    timeout_s: float = Field(
        default=60.0, gt=0, description="Seconds before a call to the endpoint is given up."
    )


class OnlineConfig(BaseModel):
    """Online sources, asked only when ingest is given an argument such as arxiv:2409.10594."""

    model_config = ConfigDict(extra="forbid")

    arxiv_url: str = Field(default="https://export.arxiv.org/api/query", description="arXiv's API.")
    arxiv_pause_s: float = Field(
        default=3.0, ge=0, description="Seconds between requests; arXiv asks for three."
    )
    openalex_url: str = Field(default="https://api.openalex.org", description="OpenAlex's API.")
    openalex_pause_s: float = Field(
        default=0.1, ge=0, description="Seconds between requests to OpenAlex."
    )
    openalex_key: SecretStr | None = Field(
        default=None,
        description="Key of OpenAlex, free at https://openalex.org/settings/api; without one it"
        " answers little and may refuse more than 100 works.",
    )
    mailto: str | None = Field(
        default=None,
        pattern=r"^[!-~]+@[!-~]+$",
        description="Your address, told to OpenAlex so that it can write to you about your use.",
    )
    max_papers: int = Field(
        default=1000, ge=1, description="Papers fetched for an argument where --limit is not given."
    )
    cache_dir: UserPath | None = Field(
        default=None,
        description="Folder of fetched pages, for fetches that go on where they stopped; unset: in"
        " the user's cache folder.",
    )
    cache_hours: float = Field(
        default=24.0,
        ge=0,
        description="Hours after which the pages of a query are fetched anew; 0: always.",
    )
    timeout_s: float = Field(
        default=60.0, gt=0, description="Seconds before a request is given up."
    )
    max_attempts: int = Field(default=5, ge=1, description="Attempts on transient failures.")
    retry_wait_s: float = Field(
        default=3.0,
        ge=0,
        description="First wait after a failure, doubled each time; a server's Retry-After goes"
        " before it.",
    )
    deadline_s: float = Field(
        default=300.0, gt=0, description="Seconds for a page, retries and waits included."
    )
