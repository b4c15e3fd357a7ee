import pytest

from assistant.verification.spelled import multiplier, spelled


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("seven sets", [7]),
        ("Twenty-five methods on eight GPUs", [25, 8]),
        ("twenty methods", [20]),
        ("two hundred articles", [200]),
        ("ten thousand and sixty thousand", [10_000, 60_000]),
        ("three hundred thousand", [300_000]),
        ("nineteen of 20", [19]),
        ("three quarters, two-thirds, four out of ten and one in a hundred", []),
        ("one in ten", []),
        ("seven of ten", [7, 10]),
        ("tense phones and weight", []),
    ],
)
def test_numbers_in_words_have_a_value_and_fractions_have_none(
    text: str, values: list[float]
) -> None:
    assert [figure.value for figure in spelled(text)] == values


def test_a_number_in_words_is_told_by_its_place() -> None:
    text = "over twenty-five thousand lines"
    (figure,) = spelled(text)
    assert text[figure.start : figure.end] == "twenty-five thousand"


@pytest.mark.parametrize(
    ("text", "end", "times"), [("15 thousand", 2, 1000), ("15 million", 2, 1e6), ("15 lines", 2, 1)]
)
def test_digits_are_multiplied_by_the_word_behind_them(text: str, end: int, times: float) -> None:
    assert multiplier(text, end) == times
