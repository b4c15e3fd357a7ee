import pytest

from assistant.verification.figures import unfounded_count, unfounded_figure

SOURCE = (
    "We collect 15,039 tweets and 140.9K replies in two languages; accuracy is 97.8%, macro F1 is"
    " 0.7062, with 1,483 annotators, 25 methods, a 21.3x speed-up and 4M parameters."
)


@pytest.mark.parametrize(
    "claim",
    [
        "Some 15,000 tweets were collected.",
        "The corpus has over fifteen thousand tweets.",
        "There are about 15 thousand tweets.",
        "Nearly 141 thousand replies are in it.",
        "The accuracy is close to 98 %.",
        "It is just under 98 percent accurate.",
        "An F1 of about .71 is reached.",
        "The macro F1 exceeds 0.7.",
        "Just under 1,500 annotators took part.",
        "Fewer than 1,500 annotators took part.",
        "Twenty-five methods are compared.",
        "It is more than twenty times faster.",
        "It has four million parameters.",
        "It has 4 million parameters.",
    ],
)
def test_a_figure_that_is_said_to_be_rough_is_founded_on_the_one_it_is_rounded_from(
    claim: str,
) -> None:
    assert unfounded_figure(claim, SOURCE) == ""
    assert unfounded_count(claim, SOURCE) == ""


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("15,000 tweets were collected.", "15000"),
        ("Some 16,000 tweets were collected.", "16000"),
        ("The accuracy is about 88 %.", "88"),
        ("The accuracy is above 98 %.", "98"),
        ("The accuracy is over 80 %.", "80"),
        ("It takes nearly 98 ms.", "98"),
        ("It takes over 96 ms.", "96"),
        ("The accuracy is close to 98 %, and 98 % again.", "98"),
        ("The accuracy is below 97 %.", "97"),
        ("The macro F1 exceeds 0.71.", "0.71"),
        ("It has over fifty thousand tweets.", "50000"),
        ("It has about 15 million tweets.", "15"),
        ("Thirty-five methods are compared.", "35"),
        ("About two hundred methods are compared.", "200"),
    ],
)
def test_another_figure_is_not_founded_however_rough_it_is_said_to_be(
    claim: str, figure: str
) -> None:
    assert unfounded_figure(claim, SOURCE) == figure


def test_a_small_count_in_words_stands_apart_and_one_is_left_out() -> None:
    claim = "One of five methods was tested in two languages."
    assert unfounded_figure(claim, SOURCE) == ""
    assert unfounded_count(claim, SOURCE) == "5"
