import pytest

from assistant.verification.polarity import opposed_direction


@pytest.mark.parametrize(
    ("claim", "source", "word"),
    [
        (
            "Adding pictures to the pages raises the speed of reading.",
            "The speed of reading diminishes with pictures added to the pages.",
            "raises",
        ),
        ("Tide tables for lakes are common.", "Tide tables for lakes are rather scarce.", "common"),
        (
            "People find it hard to read such tide tables.",
            "People do not have much difficulty to read such tide tables.",
            "hard",
        ),
        (
            "Joining both gears harms results on wet roads.",
            "Joining both gears adds grip without harming results on wet roads.",
            "harms",
        ),
    ],
)
def test_the_opposite_said_of_the_same_thing_is_found(claim: str, source: str, word: str) -> None:
    assert opposed_direction(claim, [source]) == word


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The speed of reading grows.", "The speed of reading increases."),
        ("Tide tables are not common.", "Tide tables are rather scarce."),
        ("It raises the speed of reading.", "It lowers the price of paper."),
        (
            "Gears get lighter and use fewer parts.",
            "The change makes gears use fewer parts and raises their grip on the parts.",
        ),
        ("It raises the speed of reading.", "It raises speed of reading and lowers the price."),
    ],
)
def test_the_same_direction_or_another_thing_is_not_opposed(claim: str, source: str) -> None:
    assert opposed_direction(claim, [source]) == ""


def test_a_sentence_that_agrees_outweighs_one_that_does_not() -> None:
    claim = "The price of bread falls in spring."
    against = "The price of bread rises in autumn."
    assert opposed_direction(claim, [against]) == "falls"
    assert opposed_direction(claim, [against, "In spring the price of bread declines."]) == ""
