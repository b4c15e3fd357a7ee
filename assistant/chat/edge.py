"""The edge of the page: an error that nobody foresaw is told in the panel at the side.

Gradio would else write a bare "Error" over every part of the page.
"""

import logging
from collections.abc import AsyncIterator, Callable
from functools import wraps
from inspect import isasyncgenfunction
from typing import Any, TypeVar

from assistant.chat import render
from assistant.chat.parts import Parts
from assistant.chat.session import UNEXPECTED

Handler = TypeVar("Handler", bound=Callable[..., Any])
log = logging.getLogger(__name__)


def told(parts: Parts) -> Callable[[Handler], Handler]:
    """Decorates a handler of the page's events, also one that yields."""

    def decorate(handler: Any) -> Any:
        @wraps(handler)
        def once(*values: Any) -> Any:
            try:
                return handler(*values)
            except Exception:
                log.exception("an event of the page failed")
                return _problem(parts)

        @wraps(handler)
        async def stream(*values: Any) -> AsyncIterator[Any]:
            try:
                async for changes in handler(*values):
                    yield changes
            except Exception:
                log.exception("an event of the page failed")
                yield _problem(parts)

        return stream if isasyncgenfunction(handler) else once

    return decorate


def _problem(parts: Parts) -> dict[Any, Any]:
    return {parts["drawer"]: render.html("drawer_problem", message=UNEXPECTED)}
