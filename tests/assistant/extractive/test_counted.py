import pytest

from assistant.extractive.counted import counts, thing_counted


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("How many parameters does Heron have?", "paramet"),
        ("On how many datasets and with how many attacks was it tested?", "dataset"),
        ("how many lakes are there", "lake"),
        ("How many?", ""),
        ("How much energy does it save?", ""),
        ("What accuracy does it reach?", ""),
    ],
)
def test_what_is_counted(question: str, stem: str) -> None:
    assert thing_counted(question) == stem


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Heron has 22 million parameters.", True),
        ("Heron has 22M trainable parameters.", True),
        ("A model of twelve parameters.", True),
        ("Heron saves 52% of the parameters.", False),
        ("It needs 52 % fewer parameters.", False),
        ("In 2019, parameters were few.", False),
        ("Parameters are counted; 3 lakes are not.", False),
        ("Heron-3 parameters", False),
        ("", False),
    ],
)
def test_a_number_before_the_thing_counts_it(source: str, expected: bool) -> None:
    assert counts(source, "paramet") is expected


@pytest.mark.parametrize("source", ["on two public data sets", "Seven data-sets were read."])
def test_data_sets_are_datasets(source: str) -> None:
    assert counts(source, "dataset")
    assert not counts("The data were set aside in 2 places.", "dataset")
