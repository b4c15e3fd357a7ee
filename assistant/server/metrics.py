"""Figures for Prometheus, of one application."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from assistant.answer import Answer

CONTENT_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """Counts requests, answers and jobs; every method may be called from any thread."""

    def __init__(self, papers: Callable[[], float]) -> None:
        """`papers` counts the library, each time the figures are read."""
        own = self.registry = CollectorRegistry()
        self._requests = Counter(
            "papers_http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=own,
        )
        self._seconds = Histogram(
            "papers_http_request_seconds",
            "Seconds from a request to the end of its reply.",
            ["route"],
            buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
            registry=own,
        )
        self._in_flight = Gauge(
            "papers_http_requests_in_flight", "Requests being answered.", registry=own
        )
        self._answers = Counter(
            "papers_answers", "Answers given, by their status.", ["status"], registry=own
        )
        self._tokens = Counter(
            "papers_llm_tokens", "Tokens of the language model.", ["kind"], registry=own
        )
        self._jobs = Counter(
            "papers_ingest_jobs", "Ingest jobs ended, by their state.", ["state"], registry=own
        )
        Gauge("papers_library_papers", "Papers in the library.", registry=own).set_function(papers)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; a status of 0 is one whose client left before the reply."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def in_flight(self) -> AbstractContextManager[object]:
        """Counts a request as being answered while it is open."""
        return self._in_flight.track_inprogress()

    def answer(self, answer: Answer) -> None:
        """Count an answer and what it cost."""
        self._answers.labels(answer.status).inc()
        self._tokens.labels("prompt").inc(answer.usage.prompt_tokens)
        self._tokens.labels("completion").inc(answer.usage.completion_tokens)

    def job(self, state: str) -> None:
        """Count an ingest job that has ended."""
        self._jobs.labels(state).inc()

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
