"""The list of a library, without a browser."""

from assistant.api import Assistant
from assistant.chat.catalogue import Catalogue, ListView, SortKey


def ids(catalogue: Catalogue, view: ListView) -> list[str]:
    return [row.id for row in catalogue.page(view).rows]


def test_words_of_titles_authors_and_venues_are_found(assistant: Assistant) -> None:
    catalogue = Catalogue(assistant.library)
    assert ids(catalogue, ListView(query="POOLING lindqvist")) == ["quillfeather"]
    assert ids(catalogue, ListView(query="journal of small")) == ["quillfeather"]
    assert ids(catalogue, ListView(query="pooling thistle")) == []


def test_every_column_sorts_and_what_lacks_it_comes_last(assistant: Assistant) -> None:
    catalogue = Catalogue(assistant.library)
    newest, oldest = (ListView(sort="year", descending=way) for way in (True, False))
    assert ids(catalogue, newest) == ["thistle", "quillfeather", "bramblewick"]
    assert ids(catalogue, oldest) == ["quillfeather", "thistle", "bramblewick"]
    columns: tuple[SortKey, ...] = ("added", "title", "authors", "venue")
    for column in columns:
        assert len(ids(catalogue, ListView(sort=column))) == 3


def test_limits_hold_together_with_words(assistant: Assistant) -> None:
    catalogue = Catalogue(assistant.library)
    assert ids(catalogue, ListView(year=2024)) == ["thistle"]
    assert ids(catalogue, ListView(year=2024, query="pooling")) == []
    assert ids(catalogue, ListView(keys=frozenset({3, 99}))) == ["bramblewick"]


def test_a_page_too_far_is_the_last_one(assistant: Assistant) -> None:
    page = Catalogue(assistant.library).page(ListView(page=9))
    assert (page.view.page, page.pages, page.found, page.total) == (0, 1, 3, 3)


def test_figures_count_years_and_venues(assistant: Assistant) -> None:
    figures = Catalogue(assistant.library).figures()
    assert figures.years == ((2023, 1), (2024, 1))
    assert ("Journal of Small Models", 1) in figures.venues
    assert figures.undated == 1


def test_no_library_is_an_empty_list() -> None:
    page = Catalogue(lambda: None).page(ListView(query="x"))
    assert (page.found, page.pages) == (0, 1)
