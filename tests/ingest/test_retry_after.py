"""The wait that a server asks for."""

import time
from email.utils import formatdate

import pytest

from ingest.retry_after import retry_after_s


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3", 3.0), (" 1.5 ", 1.5), ("soon", None), ("-4", None), ("", None)],
)
def test_numbers(value: str, seconds: float | None) -> None:
    assert retry_after_s({"retry-after": value}) == seconds


def test_dates() -> None:
    now = time.time()
    ahead = retry_after_s({"retry-after": formatdate(now + 100, usegmt=True)})
    assert ahead is not None
    assert 90 < ahead <= 100
    assert retry_after_s({"retry-after": formatdate(now - 100, usegmt=True)}) == 0.0


def test_no_header() -> None:
    assert retry_after_s({}) is None


def test_openai_asks_for_milliseconds() -> None:
    assert retry_after_s({"retry-after-ms": "250", "retry-after": "9"}) == 0.25
    assert retry_after_s({"retry-after-ms": "soon", "retry-after": "9"}) == 9.0
