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


def test_a_search_begins_on_the_first_page(session: LibrarySession) -> None:
    found = session.search(ListView(page=2), "marsh pooling")
    assert (found["view"].query, found["view"].page) == ("marsh pooling", 0)
    assert "Quillfeather" in found["papers"]
    assert "Bramblewick" not in found["papers"]


def test_a_list_that_is_as_searched_keeps_its_place(session: LibrarySession) -> None:
    sorted_by_year = ListView(query="marsh pooling", sort="year", descending=True)
    assert session.search(sorted_by_year, "marsh pooling")["view"] == sorted_by_year
