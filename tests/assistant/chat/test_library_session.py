"""The Library page's session, without a browser."""

from collections.abc import Iterator

import pytest

from assistant.api import Assistant
from assistant.chat.catalogue import ListView
from assistant.chat.library_session import LibrarySession


@pytest.fixture
def session(assistant: Assistant) -> Iterator[LibrarySession]:
    session = LibrarySession(assistant)
    yield session
    session.maps.close()


def test_a_search_that_a_slower_list_has_overtaken_is_made_again(session: LibrarySession) -> None:
    overtaking = session.open(ListView())["view"]
    caught_up = session.caught_up(overtaking, "marsh pooling")
    assert caught_up["view"].query == "marsh pooling"
    assert "Quillfeather" in caught_up["papers"]
    assert "Bramblewick" not in caught_up["papers"]


def test_a_list_that_is_as_searched_stays(session: LibrarySession) -> None:
    searched = session.search(ListView(), "marsh pooling")["view"]
    assert session.caught_up(searched, "marsh pooling") == {}
