"""What was there before a job is set aside from the search for garbage, and only meanwhile."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from ingest.garbage import set_aside


class Ring:
    """Garbage that only the search finds, once nobody else holds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def nothing_aside() -> Iterator[None]:
    assert gc.get_freeze_count() == 0
    yield
    assert gc.get_freeze_count() == 0


def test_garbage_made_inside_is_found_inside() -> None:
    with set_aside():
        ring = weakref.ref(Ring())
        gc.collect()
        assert ring() is None


def test_what_was_there_is_passed_over_inside_and_found_afterwards() -> None:
    older = Ring()
    ring = weakref.ref(older)
    with set_aside():
        del older
        gc.collect()
        assert ring() is not None
    gc.collect()
    assert ring() is None


def test_one_inside_another_leaves_the_outer_as_it_was() -> None:
    older = Ring()
    before = weakref.ref(older)
    with set_aside():
        newer = Ring()
        since = weakref.ref(newer)
        with set_aside():
            pass
        del older, newer
        gc.collect()
        assert before() is not None
        assert since() is None
    gc.collect()
    assert before() is None


def test_nothing_stays_aside_after_an_error() -> None:
    with pytest.raises(RuntimeError), set_aside():
        raise RuntimeError
