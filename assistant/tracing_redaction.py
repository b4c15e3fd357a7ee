"""Blanks secrets out of spans on their way out: an error may quote a server that echoes a key."""

import json
from collections.abc import Callable, Sequence, Set
from typing import Any

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from opentelemetry.util.types import Attributes

_BLANK = "***"


class RedactingExporter(SpanExporter):
    """Exports copies of the spans without the values of secret settings.

    `secrets` is asked anew for each batch; another assistant may bring more.
    """

    def __init__(self, exporter: SpanExporter, secrets: Callable[[], Set[str]]) -> None:
        self._exporter = exporter
        self._secrets = secrets

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export a batch."""
        return self._exporter.export([self._redacted(span) for span in spans])

    def shutdown(self) -> None:
        """Close the exporter."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Wait until all is sent, or the time is over."""
        return self._exporter.force_flush(timeout_millis)

    def _redacted(self, span: ReadableSpan) -> ReadableSpan:
        status = Status(span.status.status_code, self._blanked(span.status.description))
        return ReadableSpan(
            name=span.name,
            context=span.context,
            parent=span.parent,
            resource=span.resource,
            attributes=self._attributes(span.attributes),
            events=[
                Event(event.name, self._attributes(event.attributes), event.timestamp)
                for event in span.events
            ],
            links=span.links,
            kind=span.kind,
            status=status,
            start_time=span.start_time,
            end_time=span.end_time,
            instrumentation_scope=span.instrumentation_scope,
        )

    def _attributes(self, attributes: Attributes) -> Attributes:
        return {name: self._blanked(value) for name, value in (attributes or {}).items()}

    def _blanked(self, value: Any) -> Any:
        if isinstance(value, str):
            for secret in self._secrets():
                value = value.replace(secret, _BLANK)
                value = value.replace(json.dumps(secret)[1:-1], _BLANK)
            return value
        return [self._blanked(one) for one in value] if isinstance(value, tuple | list) else value
