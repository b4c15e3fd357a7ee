"""Chat calls that go wrong: what is retried, what is raised, and that nothing is truncated."""

import pytest

from ingest.retry import RetryPolicy
from tests.assistant.llms.calls import KEY, Hear, both, client_of
from tests.support.openai_errors import (
    context_overflow,
    error_body,
    quota_exhausted,
    rate_limited,
    server_error,
    unauthorized,
    unknown_model,
    unknown_route,
)
from tests.support.openai_replies import (
    Answer,
    BadChunk,
    BrokenBody,
    CutStream,
    ErrorChunk,
    Hang,
    HttpReply,
    Reply,
    ResetInHeader,
)
from tests.support.openai_server import OpenAIServer

FINE = Reply("all is well")
FILTERED = HttpReply(400, error_body("Not that.", "invalid_request_error", "x", "content_filter"))
OVERFLOW_EVENT = ErrorChunk(
    after=0, body={"error": {"message": "too long", "type": "x", "param": "input_tokens"}}
)


@both
@pytest.mark.parametrize(
    "fault",
    [
        rate_limited(0.01),
        rate_limited(None),
        server_error(500),
        server_error(503, "vllm"),
        ResetInHeader(),
        Hang(),
        Reply("x y", trouble=CutStream(after=0, how="close")),
        Reply("x y", trouble=CutStream(after=0, how="reset")),
        Reply("x y", trouble=CutStream(after=0, how="no_done")),
        Reply("x y", trouble=BadChunk(after=0)),
        Reply("x y", trouble=ErrorChunk(after=0)),
    ],
    ids=str,
)
def test_a_transient_fault_before_the_first_token_is_not_seen(
    openai_server: OpenAIServer, listen: Hear, fault: Answer
) -> None:
    openai_server.queue(fault, fault, FINE)
    heard = listen(client_of(openai_server, timeout=0.3))
    assert (heard.text, heard.error) == ("all is well", None)
    assert heard.usage.completion_tokens == 3
    assert len(openai_server.requests) == 3


@both
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (CutStream(after=2, how="close"), "connection"),
        (CutStream(after=2, how="reset"), "connection"),
        (CutStream(after=2, how="no_done"), "connection"),
        (BadChunk(after=2), "bad_reply"),
        (BadChunk(after=2, data="[]"), "bad_reply"),
        (ErrorChunk(after=2), "server"),
    ],
)
def test_a_fault_after_the_first_token_is_raised_to_be_restarted(
    openai_server: OpenAIServer,
    listen: Hear,
    trouble: CutStream | BadChunk | ErrorChunk,
    kind: str,
) -> None:
    openai_server.queue(Reply(chunks=["one ", "two ", "three"], trouble=trouble))
    heard = listen(client_of(openai_server))
    assert heard.pieces[:1] == ["one "]
    assert "three" not in heard.text
    assert (heard.failure.kind, heard.failure.retryable) == (kind, True)
    assert len(openai_server.requests) == 1


@both
def test_silence_in_the_middle_is_raised(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.queue(Reply(chunks=["one ", "two"], pause_after=1))
    heard = listen(client_of(openai_server, timeout=0.3))
    assert heard.pieces == ["one "]
    assert (heard.failure.kind, heard.failure.retryable) == ("timeout", True)
    assert openai_server.wait_for_abort()


@both
@pytest.mark.parametrize(
    ("fault", "kind", "setting"),
    [
        (unauthorized("openai"), "auth", "PAPERS_LLM__API_KEY"),
        (unauthorized("vllm"), "auth", "PAPERS_LLM__API_KEY"),
        (unknown_model("test-chat", "openai"), "model", "PAPERS_LLM__MODEL"),
        (unknown_model("test-chat", "vllm"), "model", "PAPERS_LLM__MODEL"),
        (unknown_route("vllm"), "bad_request", "PAPERS_LLM__BASE_URL"),
        (context_overflow(), "context", "PAPERS_LLM__CONTEXT_WINDOW"),
        (context_overflow(dialect="vllm"), "context", "PAPERS_LLM__CONTEXT_WINDOW"),
        (Reply("x", trouble=OVERFLOW_EVENT), "context", "PAPERS_LLM__CONTEXT_WINDOW"),
        (FILTERED, "content_filter", "differently"),
        (quota_exhausted(), "rate_limit", "PAPERS_LLM__API_KEY"),
        (HttpReply(200, b"<html>hello</html>"), "bad_reply", "PAPERS_LLM__BASE_URL"),
        (BrokenBody(), "bad_reply", "PAPERS_LLM__BASE_URL"),
    ],
)
def test_a_permanent_fault_is_raised_at_once_with_its_remedy(
    openai_server: OpenAIServer, listen: Hear, fault: Answer, kind: str, setting: str
) -> None:
    openai_server.queue(fault)
    heard = listen(client_of(openai_server))
    assert (heard.failure.kind, heard.failure.retryable) == (kind, False)
    assert heard.pieces == []
    assert setting in str(heard.failure)
    assert openai_server.base_url in str(heard.failure)
    assert KEY not in str(heard.failure)
    assert len(openai_server.requests) == 1


@both
@pytest.mark.parametrize("chunks", [["something "], []])
def test_the_content_filter_is_an_error_whether_text_came_or_not(
    openai_server: OpenAIServer, listen: Hear, chunks: list[str]
) -> None:
    openai_server.queue(Reply(chunks=chunks, finish_reason="content_filter"))
    heard = listen(client_of(openai_server))
    assert heard.pieces == chunks
    assert (heard.failure.kind, heard.failure.retryable) == ("content_filter", False)


@both
def test_attempts_end(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.always(server_error())
    heard = listen(client_of(openai_server))
    assert heard.failure.attempts == 4
    assert "4 attempts" in str(heard.failure)
    assert len(openai_server.requests) == 4


@both
def test_the_deadline_ends_retries(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.always(Hang())
    policy = RetryPolicy(max_attempts=1000, deadline_s=0.5, base_s=0.001)
    heard = listen(client_of(openai_server, policy=policy, timeout=0.2))
    assert heard.failure.kind == "timeout"
    assert 2 <= len(openai_server.requests) <= 4


@both
def test_the_deadline_ends_an_answer_that_dribbles(
    openai_server: OpenAIServer, listen: Hear
) -> None:
    openai_server.queue(Reply("word " * 400, chunk_delay_s=0.02))
    policy = RetryPolicy(deadline_s=0.4, base_s=0.001)
    heard = listen(client_of(openai_server, policy=policy))
    assert heard.text.startswith("word ")
    assert (heard.failure.kind, heard.failure.retryable) == ("timeout", False)
    assert openai_server.wait_for_abort()


@both
def test_a_loss_after_the_finish_reason_is_no_loss(
    openai_server: OpenAIServer, listen: Hear
) -> None:
    """The answer is whole; only the usage chunk is broken, so usage is estimated."""
    finish = '{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}'
    both_events = f"{finish}\n\ndata: broken"
    openai_server.queue(Reply(chunks=["hello ", "world"], trouble=BadChunk(2, both_events)))
    heard = listen(client_of(openai_server))
    assert (heard.text, heard.finish_reason, heard.error) == ("hello world", "stop", None)
    assert heard.estimated
    assert heard.usage.completion_tokens == 2


@both
def test_nobody_listens_then_somebody_does(listen: Hear) -> None:
    with OpenAIServer() as gone:
        client = client_of(gone)
    heard = listen(client)
    assert (heard.failure.kind, heard.failure.attempts) == ("connection", 4)
    with OpenAIServer(port=gone.port):
        assert listen(client).error is None
