"""When a call is made again, how long it waits, and when it is given up."""

import asyncio
from collections.abc import Callable

import pytest

from ingest.endpoint_errors import Endpoint, EndpointError, Kind
from ingest.retry import Deadline, RetryPolicy

ENDPOINT = Endpoint("http://127.0.0.1:8000/v1", "m", "PAPERS_LLM", "PAPERS_LLM__CONTEXT_WINDOW")
FAST = RetryPolicy(max_attempts=4, deadline_s=30.0, base_s=0.001)


class Failing:
    """Fails with the given errors in turn, then answers."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "answer"

    async def later(self) -> str:
        await asyncio.sleep(0)
        return self()


def error(kind: Kind = "server", retry_after_s: float | None = None) -> EndpointError:
    return EndpointError(kind, ENDPOINT, "failed", retry_after_s=retry_after_s)


Run = Callable[[RetryPolicy, Failing], str]


def run_sync(policy: RetryPolicy, call: Failing) -> str:
    return policy.retrying(policy.deadline())(call)


def run_async(policy: RetryPolicy, call: Failing) -> str:
    async def main() -> str:
        return await policy.async_retrying(policy.deadline())(call.later)

    return asyncio.run(main())


both = pytest.mark.parametrize("run", [run_sync, run_async])


@both
def test_transient_failures_pass_unseen(run: Run) -> None:
    call = Failing(error("server"), error("timeout"), error("connection"))
    assert run(FAST, call) == "answer"
    assert call.calls == 4


@both
def test_attempts_are_bounded_and_counted(run: Run) -> None:
    call = Failing(*[error() for _ in range(9)])
    with pytest.raises(EndpointError) as caught:
        run(FAST, call)
    assert call.calls == 4
    assert caught.value.attempts == 4


@both
@pytest.mark.parametrize("kind", ["auth", "model", "context", "content_filter", "bad_request"])
def test_permanent_failures_are_raised_at_once(run: Run, kind: Kind) -> None:
    call = Failing(error(kind))
    with pytest.raises(EndpointError):
        run(FAST, call)
    assert call.calls == 1


@both
def test_other_exceptions_are_not_retried(run: Run) -> None:
    call = Failing(KeyError("bug"))
    with pytest.raises(KeyError):
        run(FAST, call)
    assert call.calls == 1


@both
def test_a_wait_beyond_the_deadline_is_not_begun(run: Run) -> None:
    call = Failing(error("rate_limit", retry_after_s=3600.0))
    with pytest.raises(EndpointError):
        run(FAST, call)
    assert call.calls == 1


def waits(policy: RetryPolicy, *errors: EndpointError) -> list[float]:
    """The waits that the policy asks for, without waiting."""
    slept: list[float] = []
    retrying = policy.retrying(policy.deadline()).copy(sleep=slept.append)
    retrying(Failing(*errors))
    return slept


def test_waits_double_and_are_jittered() -> None:
    policy = RetryPolicy(max_attempts=5, deadline_s=1000.0, base_s=1.0, longest_wait_s=5.0)
    slept = waits(policy, *[error() for _ in range(4)])
    bounds = [(1.0, 2.0), (2.0, 3.0), (4.0, 5.0), (5.0, 5.0)]
    assert len(slept) == 4
    assert all(low <= wait <= high for wait, (low, high) in zip(slept, bounds, strict=True))
    assert len({waits(policy, error())[0] for _ in range(5)}) > 1


def test_retry_after_is_obeyed_even_beyond_the_longest_wait() -> None:
    policy = RetryPolicy(max_attempts=5, deadline_s=1000.0, base_s=0.5, longest_wait_s=1.0)
    slept = waits(policy, error("rate_limit", 30.0), error("rate_limit", 0.0))
    assert 30.0 <= slept[0] <= 30.5
    assert 0.0 <= slept[1] <= 0.5


def test_deadline_bounds_each_wait_and_then_refuses() -> None:
    now = [100.0]
    deadline = Deadline(10.0, clock=lambda: now[0])
    assert deadline.timeout(60.0, ENDPOINT) == 10.0
    now[0] = 107.0
    assert deadline.timeout(2.0, ENDPOINT) == 2.0
    assert deadline.timeout(60.0, ENDPOINT) == 3.0
    now[0] = 110.0
    with pytest.raises(EndpointError) as caught:
        deadline.timeout(60.0, ENDPOINT)
    assert (caught.value.kind, caught.value.retryable) == ("timeout", False)
    assert "10 s" in str(caught.value)
