import pytest

from evals.metrics.correctness import contradicted_facts, fact_recall, stated_facts


def test_the_share_of_facts_that_are_stated() -> None:
    facts = [["82.3%"], ["22M", "22 million"], ["three datasets"], ["Apache"]]
    text = "It reaches 82.3% with 22 million parameters on two datasets."
    assert fact_recall(text, facts) == 0.5


def test_without_facts_there_is_no_figure() -> None:
    assert fact_recall("Anything.", []) is None


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        ("82.3%", "82.3 % top-1"),
        ("82.3 %", r"82.3\% top-1"),
        ("apache", "The APACHE licence"),
        ("828x", "(828x)"),
        ("48", "in 48."),
        ("c++ (fast)", "C++ (fast)"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_that_stand_in_the_text(spelling: str, text: str) -> None:
    assert fact_recall(text, [[spelling]]) == 1


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        ("2.3%", "82.3%"),
        ("3%", "82.3%"),
        ("82", "820 papers"),
        ("art", "state-of-the-artful"),
        ("MLP", "MLPs"),
        ("82.3", "82,3"),
        ("a.b", "axb"),
    ],
)
def test_spellings_that_do_not(spelling: str, text: str) -> None:
    assert fact_recall(text, [[spelling]]) == 0


def test_a_fact_counts_once_however_often_it_is_spelt() -> None:
    assert fact_recall("828x, 828 times", [["828x", "828 times"], ["9x"]]) == 0.5


SOURCE = "It gains 3.2% on one task, and 5.1% on another."


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("It gains 3.2%.", (), ""),
        ("It gains 4.4%.", (), "4.4%"),
        ("It gains 5.1% on another.", (), ""),
        ("It gains 44 points.", (), ""),
        ("It gains nothing.", (), ""),
        ("It gains nothing.", ("loses", "gains nothing"), "gains nothing"),
    ],
    ids=["stated", "foreign figure", "figure of the source", "other unit", "missing", "named"],
)
def test_facts_that_are_contradicted(text: str, wrong: tuple[str, ...], expected: str) -> None:
    assert contradicted_facts(text, [["3.2%"]], wrong, [SOURCE]) == [expected]


def test_figures_that_are_mixed_up_are_not_stated() -> None:
    facts = [["20%"], ["51.6%"]]
    wrong = ["51.6% for BERT-Base", "20% for BERT-Large"]
    right = "It saves 20% for BERT-Base and 51.6% for BERT-Large."
    mixed = "It saves 51.6% for BERT-Base and 20% for BERT-Large."
    assert stated_facts(right, facts, wrong) == [True, True]
    assert stated_facts(mixed, facts, wrong) == [False, False]
    assert contradicted_facts(right, facts, wrong, [right]) == ["", ""]
    assert contradicted_facts(mixed, facts, wrong, [right]) == [wrong[0]] * 2
    assert contradicted_facts("It takes 7 times less.", [["9x"]], (), []) == ["7x"]
    assert contradicted_facts("On 7 million.", [["9 million"]], (), []) == ["7 million"]
