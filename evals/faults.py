"""What a user sees when the model's endpoint misbehaves: `python -m evals.faults`.

Each fault is played by the scriptable server of the tests, so this runs from a checkout only. The
table is Markdown; `docs/answering.md` holds one.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.answer import Answer
from assistant.settings import LLMConfig, Settings
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.pipeline import ingest_records
from tests.support import openai_errors as errors
from tests.support import openai_replies as replies
from tests.support.assistants import citing
from tests.support.openai_server import OpenAIServer
from tests.support.papers import own_papers

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
SAID = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters."
FINE = citing(f"{SAID[:-1]} {{petalmixer}}.")
PATIENCE = {"timeout_s": 2.0, "deadline_s": 10.0, "max_attempts": 3}
"""Less than the defaults (60 s, 120 s, 4 attempts), so that the table is made in a minute."""

Play = Callable[[OpenAIServer], None]


@dataclass(frozen=True)
class Fault:
    """A fault and what plays it."""

    name: str
    play: Play


@dataclass(frozen=True)
class Seen:
    """What came of it."""

    fault: str
    answer: Answer
    calls: int
    seconds: float


def _queue(*scripts: replies.Script) -> Play:
    return lambda server: server.queue(*scripts)


def _always(script: replies.Script) -> Play:
    return lambda server: server.always(script)


def _refusing_seed(server: OpenAIServer) -> None:
    server.refuse_parameters("seed")
    server.always(FINE)


FILTERED = replies.HttpReply(
    400, errors.error_body("Not that.", "invalid_request_error", "x", "content_filter")
)
CUT = replies.Reply(SAID, trouble=replies.CutStream(after=4))
RESET = replies.Reply(SAID, trouble=replies.CutStream(after=4, how="reset"))
BROKEN = replies.Reply(SAID, trouble=replies.BadChunk(after=4))
THINKING = replies.Reply(f"<think>{SAID}", finish_reason="length")
SLOW = replies.Reply(SAID, chunk_delay_s=0.3)

FAULTS = (
    Fault("none", _queue(FINE)),
    Fault("one time-out, then fine", _queue(replies.Hang(), FINE)),
    Fault("time-out every time", _always(replies.Hang())),
    Fault("429 with Retry-After 1 s, then fine", _queue(errors.rate_limited(1), FINE)),
    Fault("429 without credit", _always(errors.quota_exhausted())),
    Fault("500, then fine", _queue(errors.server_error(), FINE)),
    Fault("500 every time", _always(errors.server_error())),
    Fault("stream cut in mid-answer, then fine", _queue(CUT, FINE)),
    Fault("stream cut every time", _always(CUT)),
    Fault("connection reset in mid-answer, then fine", _queue(RESET, FINE)),
    Fault("broken JSON in mid-answer, then fine", _queue(BROKEN, FINE)),
    Fault("broken JSON body", _always(replies.BrokenBody())),
    Fault("401", _always(errors.unauthorized())),
    Fault("401 of vLLM", _always(errors.unauthorized("vllm"))),
    Fault("404, unknown model", _always(errors.unknown_model("test-chat"))),
    Fault("context overflow, then fine", _queue(errors.context_overflow(), FINE)),
    Fault("context overflow every time", _always(errors.context_overflow(dialect="vllm"))),
    Fault("content filter", _always(FILTERED)),
    Fault("refused connection", OpenAIServer.stop),
    Fault("parameter refused", _refusing_seed),
    Fault("slow stream (.3 s a word)", _always(SLOW)),
    Fault("silence in mid-answer every time", _always(replies.Reply(SAID, pause_after=4))),
    Fault("an empty answer", _always(replies.Reply(""))),
    Fault("thoughts without an answer", _always(THINKING)),
    Fault("an answer without end", _always(replies.Reply(f"{SAID} Words. " * 2000))),
)


def run(faults: tuple[Fault, ...] = FAULTS) -> Iterator[Seen]:
    """Ask one question of a small library under each fault, once everything is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        library = LibraryConfig(path=Path(folder) / "library")
        ingest_records(own_papers(), library, EmbeddingConfig())
        _seen(FAULTS[0], library)
        for fault in faults:
            yield _seen(fault, library)


def down_for_several() -> list[Seen]:
    """Four questions in a row to an endpoint that hangs: the circuit breaker spares the later."""
    with tempfile.TemporaryDirectory() as folder, OpenAIServer() as server:
        library = LibraryConfig(path=Path(folder) / "library")
        ingest_records(own_papers(), library, EmbeddingConfig())
        server.always(replies.Hang())
        with Assistant(_settings(library, server)) as assistant:
            return [_ask(f"question {n}", assistant, server) for n in range(1, 5)]


def table(rows: Iterator[Seen] | list[Seen]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| Fault | Status | The user is told | Calls | Seconds |"
    yield "|---|---|---|---:|---:|"
    for row in rows:
        told = " ".join(row.answer.warnings) or "(nothing)"
        told = told.replace("|", "/")
        cells = [row.fault, row.answer.status, told, str(row.calls), f"{row.seconds:.1f}"]
        yield f"| {' | '.join(cells)} |"


def _settings(library: LibraryConfig, server: OpenAIServer) -> Settings:
    fields = {"model": "test-chat", "base_url": server.base_url, **PATIENCE}
    return Settings(_env_file=None, library=library, llm=LLMConfig.model_validate(fields))


def _seen(fault: Fault, library: LibraryConfig) -> Seen:
    with OpenAIServer() as server, Assistant(_settings(library, server)) as assistant:
        assistant.warm_up()
        fault.play(server)
        return _ask(fault.name, assistant, server)


def _ask(name: str, assistant: Assistant, server: OpenAIServer) -> Seen:
    before = len(server.requests_to("/chat/completions"))
    started = time.perf_counter()
    answer = assistant.ask(QUESTION)
    seconds = time.perf_counter() - started
    calls = len(server.requests_to("/chat/completions")) - before
    return Seen(name, answer, calls, seconds)


def main() -> None:
    """Print both tables."""
    for line in table(run()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stdout.write("\nA hanging endpoint, asked four times in a row:\n\n")
    for line in table(down_for_several()):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
