import pytest

from assistant.verification.figures import unfounded_count, unfounded_figure
from assistant.verification.ratios import without_shares

SOURCE = "It was 19.4% of 120, and 64 percent."


@pytest.mark.parametrize(
    "claim",
    ["roughly one in five", "One patient in every five had it.", "two out of three", "1 in 5"],
)
def test_a_share_near_a_percentage_of_the_source_is_founded(claim: str) -> None:
    assert without_shares(claim, {19.4, 64}) != claim
    assert unfounded_figure(claim, SOURCE) == unfounded_count(claim, SOURCE) == ""


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("one in four", "4"),
        ("five in five", "5"),
        ("two people in love", "2"),
        ("one in five of seven", "7"),
        ("one in five hundred", "500"),
    ],
)
def test_another_share_and_what_is_none_are_figures_as_before(claim: str, figure: str) -> None:
    assert (unfounded_count(claim, SOURCE) or unfounded_figure(claim, SOURCE)) == figure
