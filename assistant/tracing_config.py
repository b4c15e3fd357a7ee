"""Settings of tracing."""

from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field

_TRACES = "/v1/traces"


class TracingConfig(BaseModel):
    """Whether spans of each answer are sent to an OpenTelemetry collector."""

    model_config = ConfigDict(extra="forbid")

    endpoint: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="OTLP endpoint over HTTP, such as http://127.0.0.1:4318, that is sent a span"
        " for each answer, retrieval and call of a model; unset: none. Needs the extra otel;"
        " OTEL_EXPORTER_OTLP_HEADERS is honoured.",
    )
    content: bool = Field(
        default=False,
        description="Whether questions, prompts, passages and answers stand in the spans too.",
    )

    @property
    def url(self) -> str:
        """Where spans are posted: the endpoint, by default at the path that OTLP gives it."""
        parts = urlsplit(self.endpoint or "")
        return urlunsplit(parts._replace(path=parts.path.rstrip("/") or _TRACES))
