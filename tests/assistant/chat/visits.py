"""Readers without a browser: they speak the protocol by which Gradio's script reports events."""

import json
import uuid
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import httpx

from assistant.chat.server import PageServer


class Visit:
    """One tab that has been opened."""

    def __init__(self, server: PageServer) -> None:
        self._client = httpx.Client(base_url=server.url, trust_env=False, timeout=60)
        self._session = uuid.uuid4().hex
        config = self._client.get("/config").json()
        self._events: list[dict[str, Any]] = config["dependencies"]
        (self._question,) = (
            part["id"]
            for part in config["components"]
            if part["props"].get("elem_id") == "question"
        )
        self._run(self._on("load"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def begin_asking(self, question: str) -> None:
        """Put a question and have its answer written, without waiting for it."""
        asking = self._on("submit", self._question)
        self._run(asking, question)
        (writing,) = (event for event in self._events if event["trigger_after"] == asking["id"])
        self._join(writing)

    def _on(self, kind: str, part: int | None = None) -> dict[str, Any]:
        """The event of that kind, of that part."""
        return next(
            event
            for event in self._events
            for target, name in event["targets"]
            if name == kind and part in (None, target)
        )

    def _join(self, event: dict[str, Any], first: Any = None) -> str:
        data = [first, *[None] * (len(event["inputs"]) - 1)]
        body = {"fn_index": event["id"], "data": data, "session_hash": self._session}
        reply = self._client.post("/gradio_api/queue/join", json=body).raise_for_status()
        joined: str = reply.json()["event_id"]
        return joined

    def _run(self, event: dict[str, Any], first: Any = None) -> None:
        joined = self._join(event, first)
        where = {"session_hash": self._session}
        with self._client.stream("GET", "/gradio_api/queue/data", params=where) as reply:
            for message in _messages(reply):
                if message["msg"] == "process_completed" and message["event_id"] == joined:
                    assert message["success"], message
                    return


def _messages(reply: httpx.Response) -> Iterator[dict[str, Any]]:
    for line in reply.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))
