"""Log lines as text or JSON, with the id of the request they belong to and without secrets."""

import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, SecretStr

from assistant.answer import Answer

LogFormat = Literal["text", "json"]
_TEXT = "%(levelname)s %(name)s: %(message)s"
_given: ContextVar[str] = ContextVar("given_request_id", default="")
_current: ContextVar[str] = ContextVar("request_id", default="")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_log = logging.getLogger("assistant.answers")


@contextmanager
def under_request(request_id: str) -> Iterator[None]:
    """Let what is logged inside carry a caller's id, such as that of an HTTP request."""
    token = _given.set(request_id)
    try:
        yield
    finally:
        _given.reset(token)


def given_request_id() -> str:
    """The caller's id; empty where none was given."""
    return _given.get()


def begin_request() -> str:
    """The id of the question that begins: the caller's, or a new one."""
    request_id = _given.get() or uuid.uuid4().hex
    _current.set(request_id)
    return request_id


def log_answer(request_id: str, answer: Answer) -> None:
    """One line for an answer: what it took, not what was asked, which may be confidential."""
    fields = {
        "request_id": request_id,
        "status": answer.status,
        "model": answer.model,
        "prompt_hash": answer.prompt_hash,
        "library_version": answer.library.version,
        "sentences": len(answer.sentences),
        "unsupported": sum(not sentence.supported for sentence in answer.sentences),
        "cached": answer.cached,
        "usage": answer.usage.model_dump(),
        "timings_ms": answer.timings_ms.model_dump(),
    }
    _log.info("%s in %.0f ms", answer.status, answer.timings_ms.total, extra=fields)


def configure(level: str, log_format: LogFormat, secrets: BaseModel) -> None:
    """Log to stderr from here on; the values of the secret settings are blanked out."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(log_format, secret_values(secrets)))
    logging.basicConfig(level=level.upper(), handlers=[handler])


def secret_values(settings: BaseModel) -> frozenset[str]:
    """The values of every secret setting, however deep."""
    found: set[str] = set()
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            found |= secret_values(value)
        elif isinstance(value, SecretStr):
            found.add(value.get_secret_value())
    return frozenset(found - {""})


class Redacting(logging.Formatter):
    """Text lines, or a JSON object a line with the record's further fields."""

    def __init__(self, log_format: LogFormat, secrets: frozenset[str]) -> None:
        super().__init__(_TEXT)
        self._as_json = log_format == "json"
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """One line (a traceback makes text longer, JSON not), without secrets."""
        line = self._json(record) if self._as_json else super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***").replace(json.dumps(secret)[1:-1], "***")
        return line

    def _json(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": _current.get() or _given.get(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, default=str)
