"""All settings: one model, read from the environment and `.env` with the prefix `PAPERS_`."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from assistant.rerank_config import RerankConfig
from assistant.server_config import ServerConfig
from assistant.settings_sources import ENV_PREFIX, OpenAINames, StrictSource
from assistant.tracing_config import TracingConfig
from ingest.config import EmbeddingConfig, LibraryConfig, OnlineConfig, UserPath

OPENAI_DEFAULT_MODEL = "gpt-4.1-mini"


class LLMConfig(BaseModel):
    """Which model writes the answers."""

    model_config = ConfigDict(extra="forbid")

    provider: Literal["auto", "extractive", "openai", "openai-compatible", "gguf"] = Field(
        default="auto",
        description="extractive (no model), openai, openai-compatible, gguf (a file, run on this"
        " machine), or auto: gguf with a model file, openai-compatible with a base URL, openai with"
        " a key, else extractive.",
    )
    model: str | None = Field(
        default=None,
        description="Model name; openai defaults to gpt-4.1-mini, a compatible endpoint to the"
        " first model it lists.",
    )
    model_file: UserPath | None = Field(
        default=None, description="GGUF file of a chat model; needs the extra gguf (xllamacpp)."
    )
    base_url: str | None = Field(
        default=None,
        description="OpenAI-compatible endpoint, ending in /v1 (OPENAI_BASE_URL is honoured).",
    )
    api_key: SecretStr | None = Field(
        default=None, description="Key of the endpoint (OPENAI_API_KEY is honoured)."
    )
    context_window: int = Field(
        default=8192, ge=512, description="Tokens that the model takes, prompt and answer together."
    )
    max_tokens: int = Field(default=700, ge=16, description="Longest answer in tokens.")
    temperature: float = Field(default=0.0, ge=0, le=2, description="Sampling temperature.")
    seed: int | None = Field(default=7, description="Sampling seed, where the endpoint has one.")
    timeout_s: float = Field(default=60.0, gt=0, description="Seconds before a call is given up.")
    deadline_s: float = Field(
        default=120.0, gt=0, description="Seconds for an answer, retries included."
    )
    max_attempts: int = Field(default=4, ge=1, description="Attempts on transient failures.")
    breaker_failures: int = Field(
        default=2,
        ge=1,
        description="Calls that fail in a row, retries included, before an endpoint that is down"
        " is left alone for a while.",
    )
    breaker_rest_s: float = Field(
        default=30.0, ge=0, description="Seconds for which it is left alone; 0: never."
    )

    @property
    def resolved_provider(self) -> Literal["extractive", "openai", "openai-compatible", "gguf"]:
        """The provider that `auto` stands for."""
        if self.provider != "auto":
            return self.provider
        if self.model_file:
            return "gguf"
        if self.base_url:
            return "openai-compatible"
        return "openai" if self.api_key else "extractive"


class RetrievalConfig(BaseModel):
    """How papers are found."""

    model_config = ConfigDict(extra="forbid")

    dense_weight: float = Field(
        default=0.65, ge=0, le=1, description="Weight of dense against lexical scores in fusion."
    )
    feedback_weight: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="Share of the likeness to the best hits in a paper's score; 0 turns it off.",
    )
    name_weight: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Share of a rare name of the query, such as “DESMOND”, in the score of the"
        " papers that hold it; 0 turns it off.",
    )
    candidates: int = Field(
        default=100, ge=1, le=5000, description="Papers taken from each index before fusion."
    )
    sources: int = Field(default=10, ge=1, le=100, description="Papers an answer may draw on.")
    list_depth: int = Field(
        default=60,
        ge=1,
        le=1000,
        description="Papers looked through for a question that asks for all, such as “which papers"
        " ...”; those that bear on it are counted.",
    )
    hints: Literal["off", "suggest", "apply"] = Field(
        default="apply",
        description="Words such as “since 2023”, “at NeurIPS” or “by Zhang”: apply uses them as"
        " filters where that is surely meant, and says so; suggest only shows them; off ignores"
        " them.",
    )


class AnswerConfig(BaseModel):
    """How answers are made and checked."""

    model_config = ConfigDict(extra="forbid")

    unsupported: Literal["mark", "drop", "repair", "off"] = Field(
        default="mark",
        description="mark: sentences that their sources do not support are shown with a warning;"
        " drop: they are left out; repair: the model is asked once to mend them, the rest is"
        " marked; off: nothing is checked.",
    )
    verifier: Literal["offline", "llm"] = Field(
        default="offline",
        description="offline: sentences are checked on this machine; llm: what passes is checked by"
        " the model too, in one more call for each answer.",
    )
    cache_size: int = Field(
        default=256,
        ge=0,
        description="Answers by the model that are kept in memory, so that the same question is"
        " not paid for twice; 0: none.",
    )
    max_question_tokens: int = Field(
        default=2000, ge=50, description="Longer questions are cut to this length, with a warning."
    )


class Settings(BaseSettings):
    """Every setting of the assistant. Unknown `PAPERS_` names are refused."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    library: LibraryConfig = LibraryConfig()
    embedding: EmbeddingConfig = EmbeddingConfig()
    online: OnlineConfig = OnlineConfig()
    llm: LLMConfig = LLMConfig()
    retrieval: RetrievalConfig = RetrievalConfig()
    rerank: RerankConfig = RerankConfig()
    answer: AnswerConfig = AnswerConfig()
    server: ServerConfig = ServerConfig()
    tracing: TracingConfig = TracingConfig()
    prices_file: UserPath | None = Field(
        default=None,
        description="JSON file of model prices, of the form of ingest/prices.json, whose figures go"
        " before those that come with the program.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="Least level of the messages on stderr."
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="text, or json: an object a line, with request id, usage and timings of every"
        " answer at level info.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before the environment before `.env` before the OpenAI names."""
        assert isinstance(dotenv_settings, DotEnvSettingsSource)
        return (
            init_settings,
            env_settings,
            StrictSource(settings_cls, dotenv_settings),
            OpenAINames(settings_cls, dotenv_settings),
        )
