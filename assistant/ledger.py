"""What the answers of a session took, summed up."""

from threading import Lock

from assistant.answer import Answer, Frozen, Usage


class SessionUsage(Frozen):
    """Questions answered, those from memory among them, and the sum of their usage.

    The sum's `cost_usd` is None as soon as the price of one answer is not known. Answers that were
    broken off are not in it: nobody has counted their tokens.
    """

    questions: int = 0
    cached: int = 0
    usage: Usage = Usage()

    def __str__(self) -> str:
        usage = self.usage
        cost = "price unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
        tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
        return f"{self.questions} questions, {usage.llm_calls} model calls, {tokens}, {cost}"


class Ledger:
    """Keeps the sum; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._total = SessionUsage()

    @property
    def total(self) -> SessionUsage:
        """The sum so far."""
        with self._lock:
            return self._total

    def note(self, answer: Answer) -> None:
        """Add an answer."""
        with self._lock:
            before = self._total
            self._total = SessionUsage(
                questions=before.questions + 1,
                cached=before.cached + answer.cached,
                usage=_sum(before.usage, answer.usage),
            )


def _sum(one: Usage, other: Usage) -> Usage:
    costs = (one.cost_usd, other.cost_usd)
    known = [cost for cost in costs if cost is not None]
    return Usage(
        llm_calls=one.llm_calls + other.llm_calls,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        completion_tokens=one.completion_tokens + other.completion_tokens,
        cost_usd=sum(known) if len(known) == len(costs) else None,
    )
