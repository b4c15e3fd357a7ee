import pytest

from assistant.verification.figures import measures, unfounded_figure

SOURCE = "It reaches 82.1% on 7 sets with 1,200 images in 35 ms and is 3x faster with 22M weights."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("82.1%", {(82.1, "%")}),
        ("82.1 percent and 3 points", {(82.1, "%"), (3, "points")}),
        ("3 percentage points, 4 % points", {(3, "points"), (4, "points")}),
        ("35 ms", {(35, "ms")}),
        ("22M and 22 million", {(22, "M")}),
        ("3x, 3 times, 3-fold", {(3, "x")}),
        ("7 sets of 1,200 images", set()),
        ("no figure", set()),
    ],
)
def test_known_units_are_one_whatever_their_spelling(
    text: str, found: set[tuple[float, str]]
) -> None:
    assert measures(text) == found


@pytest.mark.parametrize(
    "claim",
    [
        "It reaches 82.1 percent.",
        "It is tested on 7 sets.",
        "It is 3 times faster.",
        "It has 22 million weights.",
        "It reads 1200 images.",
        "It is fast.",
    ],
)
def test_figures_of_the_source_in_another_spelling_are_founded(claim: str) -> None:
    assert unfounded_figure(claim, SOURCE) == ""


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("It reaches 81.2%.", "81.2"),
        ("It takes 35 seconds.", "35 s"),
        ("It reaches 82.1 percentage points.", "82.1 points"),
        ("It has 22B weights.", "22 B"),
        ("It is 82.1 times faster.", "82.1 x"),
        ("It reads 12,000 images.", "12000"),
    ],
)
def test_another_value_or_another_unit_is_unfounded(claim: str, figure: str) -> None:
    assert unfounded_figure(claim, SOURCE) == figure


@pytest.mark.parametrize("claim", ["COVID-19 spreads.", "SARS-CoV-2 spreads.", "GPT-4 spreads."])
def test_the_number_of_a_name_that_the_source_lacks_is_no_figure(claim: str) -> None:
    assert unfounded_figure(claim, "The new virus spreads.") == ""


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("COVID-19 is caught by 19 in 100.", "19"),
        ("GPT-4 is best.", "4"),
        ("CIFAR-20 is read.", "20"),
        ("The top-5 accuracy is high.", "5"),
    ],
)
def test_another_number_of_a_name_that_it_has_is_unfounded(claim: str, figure: str) -> None:
    source = "GPT-3 is best; of CIFAR-10 the top-1 accuracy is high, for 100 who caught it."
    assert unfounded_figure(claim, source) == figure
