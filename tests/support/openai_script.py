"""The scripted answers of a server, end point by end point."""

import threading
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Answer, Reply, Script


@dataclass(slots=True)
class ScriptBook:
    """Queued and standing answers; the test's threads write them, the server's thread reads."""

    _queues: dict[str, deque[Script]] = field(default_factory=lambda: defaultdict(deque))
    _always: dict[str, Script] = field(default_factory=dict)
    _refused: frozenset[str] = frozenset()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def queue(self, endpoint: str, scripts: Sequence[Script]) -> None:
        """Append answers, each used once."""
        with self._lock:
            self._queues[endpoint].extend(scripts)

    def always(self, endpoint: str, script: Script | None) -> None:
        """Set the answer for when the queue is empty; `None` restores the default answer."""
        with self._lock:
            self._always[endpoint] = script or Reply()

    def refuse(self, parameters: Sequence[str]) -> None:
        """Set the request parameters that are refused."""
        with self._lock:
            self._refused = frozenset(parameters)

    def refused(self, body: Mapping[str, Any]) -> str | None:
        """The first refused parameter that `body` names."""
        with self._lock:
            return next((name for name in body if name in self._refused), None)

    def next(self, endpoint: str, request: RecordedRequest) -> Answer:
        """The answer to `request`, taken from the queue where there is one."""
        with self._lock:
            queue = self._queues[endpoint]
            script = queue.popleft() if queue else self._always.get(endpoint, Reply())
        answer = script(request) if callable(script) else script
        return Reply() if answer is None else answer

    def unused(self, endpoint: str) -> int:
        """How many queued answers nobody has asked for."""
        with self._lock:
            return len(self._queues[endpoint])
