"""An endpoint that is down is left alone for a while, then asked by one caller first."""

import pytest

from assistant.llms.breaker import CircuitBreaker
from assistant.llms.registry import make_chat_client
from assistant.settings import LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError, Kind
from tests.assistant.llms.calls import QUESTION, Hear, both, client_of, hear
from tests.support.openai_errors import server_error, unauthorized
from tests.support.openai_replies import CutStream, Hang, Reply
from tests.support.openai_server import OpenAIServer

ENDPOINT = Endpoint("http://127.0.0.1:1/v1", "m", "PAPERS_LLM", "PAPERS_LLM__CONTEXT_WINDOW")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def call(breaker: CircuitBreaker, kind: Kind | None = None) -> bool:
    """Make a call that ends so; whether it was let through."""
    entered = False
    try:
        with breaker.guarding(ENDPOINT):
            entered = True
            if kind:
                raise EndpointError(kind, ENDPOINT, "failed")
    except EndpointError:
        pass
    return entered


def opened(clock: Clock) -> CircuitBreaker:
    breaker = CircuitBreaker(2, 30.0, clock)
    assert call(breaker, "timeout")
    assert call(breaker, "connection")
    return breaker


def test_it_opens_after_the_failures_in_a_row() -> None:
    breaker = opened(Clock())
    assert not call(breaker)
    with pytest.raises(EndpointError, match="failed 2 times in a row") as caught:
        breaker.guarding(ENDPOINT).__enter__()
    assert not caught.value.retryable
    assert "PAPERS_LLM__BASE_URL" in str(caught.value)


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = CircuitBreaker(2, 30.0, Clock())
    for _ in range(3):
        assert call(breaker, "server")
        assert call(breaker)


@pytest.mark.parametrize("kind", ["auth", "model", "context", "content_filter", "rate_limit"])
def test_an_endpoint_that_refuses_is_not_down(kind: Kind) -> None:
    breaker = CircuitBreaker(1, 30.0, Clock())
    for _ in range(3):
        assert call(breaker, kind)


def test_after_the_rest_one_call_probes_and_the_others_are_refused() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 29
    assert not call(breaker)
    clock.now += 1
    with breaker.guarding(ENDPOINT):
        assert not call(breaker)
    assert call(breaker)


def test_a_probe_that_fails_opens_it_for_another_rest() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 30
    assert call(breaker, "timeout")
    clock.now += 29
    assert not call(breaker)
    clock.now += 1
    assert call(breaker)


def test_a_probe_that_is_given_up_leaves_its_place_to_the_next() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 30
    with pytest.raises(KeyboardInterrupt), breaker.guarding(ENDPOINT):
        raise KeyboardInterrupt
    assert call(breaker)


@both
def test_a_dead_endpoint_is_not_called_again(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.always(server_error())
    client = client_of(openai_server)
    failures = [listen(client).failure for _ in range(4)]
    assert len(openai_server.requests) == 2 * 4
    assert [error.kind for error in failures] == ["server", "server", "connection", "connection"]
    assert "is not called for" in str(failures[3])


@both
def test_answers_that_are_always_cut_open_it_too(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.always(Reply("one two three", trouble=CutStream(after=2)))
    client = client_of(openai_server)
    assert [listen(client).text[:3] for _ in range(3)] == ["one", "one", ""]


def test_a_wrong_key_is_told_every_time(openai_server: OpenAIServer) -> None:
    openai_server.always(unauthorized())
    client = client_of(openai_server)
    assert [hear(client).failure.kind for _ in range(3)] == ["auth"] * 3


def test_leaving_a_stream_is_no_failure(openai_server: OpenAIServer) -> None:
    openai_server.queue(*[Reply("a b c", pause_after=1)] * 3, Reply("fine"))
    client = client_of(openai_server)
    for _ in range(3):
        with client.stream(QUESTION) as stream:
            assert next(iter(stream))
    assert hear(client).text == "fine"


def test_looking_for_a_model_is_guarded_too(openai_server: OpenAIServer) -> None:
    openai_server.always(server_error(), endpoint="/models")
    config = LLMConfig(base_url=openai_server.base_url)
    breaker = CircuitBreaker(2, 30.0)
    for _ in range(4):
        with pytest.raises(EndpointError):
            make_chat_client(config, breaker)
    assert len(openai_server.requests_to("/models")) == 2


def test_a_hanging_endpoint_costs_the_time_out_only_until_it_opens(
    openai_server: OpenAIServer,
) -> None:
    openai_server.always(Hang())
    client = client_of(openai_server, timeout=0.1)
    assert [hear(client).failure.kind for _ in range(5)] == ["timeout"] * 2 + ["connection"] * 3
    assert len(openai_server.requests) == 2 * 4
