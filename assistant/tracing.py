"""Sends LlamaIndex's spans, ours among them, to an OpenTelemetry collector, if the settings say so.

Needs the extra `otel`: OpenInference's handler makes OpenTelemetry spans of LlamaIndex's, named by
its semantic conventions, and the exporter posts them by OTLP over HTTP, in a thread of its own.
"""

import logging
from threading import Lock
from typing import Any

from assistant.logs import secret_values
from assistant.settings import Settings
from assistant.tracing_config import TracingConfig
from ingest.errors import PaperAssistantError

SERVICE = "paper-assistant"
_EXPORT_TIMEOUT_S = 5.0
_log = logging.getLogger(__name__)


class _Started:
    """What this process sends where; LlamaIndex's dispatcher is one for a whole process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.config: TracingConfig | None = None
        self.secrets: frozenset[str] = frozenset()


_started = _Started()


def start_tracing(settings: Settings) -> None:
    """Begin once for this process; without an endpoint nothing is loaded and nothing sent.

    PaperAssistantError where the extra is not installed. What is left is sent as the process ends.
    """
    config = settings.tracing
    if config.endpoint is None:
        return
    with _started.lock:
        _started.secrets |= secret_values(settings)
        if _started.config is None:
            _instrument(config)
            _started.config = config
        elif _started.config != config:
            _log.warning("a process has one tracing: that of its first assistant goes on")


def _instrument(config: TracingConfig) -> None:
    try:
        from openinference.instrumentation import TraceConfig
        from openinference.instrumentation.llama_index import LlamaIndexInstrumentor
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise PaperAssistantError(
            f"PAPERS_TRACING__ENDPOINT is set, but {error.name} is not installed. Install the extra"
            " otel, or leave the setting out."
        ) from error
    from assistant.tracing_redaction import RedactingExporter

    otlp = OTLPSpanExporter(endpoint=config.url, timeout=_EXPORT_TIMEOUT_S)
    exporter = RedactingExporter(otlp, lambda: _started.secrets)
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    hidden = TraceConfig(**_hidden(config.content))
    LlamaIndexInstrumentor().instrument(tracer_provider=provider, config=hidden)


def _hidden(content: bool) -> dict[str, Any]:
    """What OpenInference leaves out; vectors always, the user's environment can hide more."""
    names = ("inputs", "outputs", "prompts", "choices", "embeddings_text", "retrieval_documents")
    hidden: dict[str, Any] = {} if content else {f"hide_{name}": True for name in names}
    return {"hide_embeddings_vectors": True, **hidden}
