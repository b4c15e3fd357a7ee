"""Filters in words, and taking one away."""

import pytest

from assistant.answer import Filters
from assistant.chat.filter_chips import chips_of, from_fields, without

ALL = Filters(year_from=2020, year_to=2023, venue="ICLR", author="Liu", papers=("a", "b"))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), []),
        (Filters(year_from=2020), ["since 2020"]),
        (Filters(year_to=2020), ["until 2020"]),
        (Filters(year_from=2020, year_to=2020), ["2020"]),
        (Filters(papers=("a",)), ["only this paper"]),
        (ALL, ["2020 to 2023", "venue: ICLR", "author: Liu", "only 2 papers"]),
    ],
)
def test_each_filter_has_a_chip(filters: Filters, words: list[str]) -> None:
    assert [chip.text for chip in chips_of(filters)] == words


def test_each_chip_takes_its_filter_away() -> None:
    filters = ALL
    for chip in chips_of(ALL):
        filters = without(filters, chip.name)
        assert chip.name not in [left.name for left in chips_of(filters)]
    assert filters == Filters()


def test_fields_replace_what_they_show_and_keep_the_rest() -> None:
    held = from_fields(ALL, 2024, 2021, "  ", "")
    assert held == Filters(year_from=2021, year_to=2024, papers=("a", "b"))
    assert from_fields(held, None, 2019, "", " Wu ") == Filters(
        year_to=2019, author="Wu", papers=("a", "b")
    )
