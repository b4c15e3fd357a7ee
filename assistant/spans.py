"""Our own steps as spans of LlamaIndex's instrumentation.

Whoever attaches a handler to LlamaIndex's dispatcher, such as `assistant.tracing`, sees them beside
those of LlamaIndex's own parts. With no handler they cost next to nothing.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from inspect import Parameter, Signature
from types import TracebackType
from typing import Self
from uuid import uuid4

from llama_index_instrumentation import get_dispatcher
from llama_index_instrumentation.base import BaseEvent
from llama_index_instrumentation.span import active_span_id
from llama_index_instrumentation.span_handlers import NullSpanHandler

from ingest.errors import PaperAssistantError

_dispatcher = get_dispatcher(__name__)
_RECORDER = "openinference.instrumentation.llama_index"
_LEFT_EARLY = ("GeneratorExit", "CancelledError")


def listening() -> bool:
    """Whether anyone takes spans."""
    return any(not isinstance(h, NullSpanHandler) for h in _dispatcher.root.span_handlers)


class StepFailedError(Exception):
    """Stands for an error in a span; causes and tracebacks may quote what a server wrote."""


class Span:
    """One step, from `with` to its end, inside the step that is active when it begins.

    A generator's body runs in its reader's context, so a span is active only where `active` says
    so: between two pieces of a stream the reader's own spans stay the reader's.
    """

    def __init__(self, name: str, **arguments: object) -> None:
        self.id = f"{name}-{uuid4()}"
        names = [Parameter(name, Parameter.KEYWORD_ONLY) for name in arguments]
        self._bound = Signature(names).bind(**arguments)
        self._heard = listening()

    def __enter__(self) -> Self:
        if self._heard:
            parent = active_span_id.get()
            copy_context().run(
                lambda: _dispatcher.span_enter(self.id, self._bound, parent_id=parent, tags={})
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._heard:
            return
        if error is None or type(error).__name__ in _LEFT_EARLY:
            copy_context().run(lambda: _dispatcher.span_exit(self.id, self._bound))
        else:
            failed = _told(error)
            copy_context().run(lambda: _dispatcher.span_drop(self.id, self._bound, err=failed))

    @contextmanager
    def active(self) -> Iterator[None]:
        """Let spans that begin inside be this one's children."""
        token = active_span_id.set(self.id)
        try:
            yield
        finally:
            active_span_id.reset(token)

    def tell(self, make_event: Callable[[], BaseEvent]) -> None:
        """Dispatch an event of this span, made only if anyone takes it."""
        if self._heard:
            event = make_event()
            event.span_id = self.id
            _dispatcher.event(event)

    def note(self, attributes: Mapping[str, str | int | float | bool]) -> None:
        """Add attributes, which LlamaIndex has no events for, to the OpenTelemetry span."""
        recorder = sys.modules.get(_RECORDER)
        if self._heard and recorder is not None:
            with self.active():
                span = recorder.get_current_span()
            if span is not None:
                span.set_attributes(attributes)


def _told(error: BaseException) -> StepFailedError:
    """The message of an error that is meant to be shown; of others only what they are."""
    name = type(error).__name__
    return StepFailedError(f"{name}: {error}" if isinstance(error, PaperAssistantError) else name)
