import pytest

from assistant.verification.surface import (
    is_negated,
    missing_names,
    names,
    numbers,
    written_numbers,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("82.1% on 7 datasets", {82.1, 7}),
        ("82.10 percent", {82.1}),
        ("1,000 images and 48,200 more", {1000, 48200}),
        ("10 000 steps", {10000}),
        ("a gain of -3.5 points", {3.5}),
        ("a gain of −3.5 points", {3.5}),
        ("35x, 35× and 35-fold", {35}),
        ("22M parameters", {22}),
        ("three of seven", {3, 7}),
        ("sizes 64, 128 and 256", {64, 128, 256}),
        ("no figure here", set()),
        ("from 2021 to 2023.", {2021, 2023}),
        ("VGG16 and H2O", set()),
        ("(12.5)", {12.5}),
        (".5 of them", {0.5}),
        ("in 2023 100 papers", {2023, 100}),
        ("It is (1) small and (2) fast [3, 4].", set()),
        ("Two steps: 1) read, and 2) write", {2}),
        ("by half (50) or a third (3.5)", {50, 3.5}),
    ],
)
def test_numbers_by_value(text: str, found: set[float]) -> None:
    assert numbers(text) == found


def test_only_figures_in_digits_are_written() -> None:
    assert written_numbers("one of 2 sets") == {2}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VQGraph beats GNNs on Cora", ["VQGraph", "GNNs", "Cora"]),
        ("The H2O model and GPT-4", ["H2O", "GPT-4"]),
        ("Plain words of no name.", []),
        ("ImageNet-1K accuracy", ["ImageNet-1K"]),
    ],
)
def test_names_have_a_capital_or_a_digit(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_missing_names_are_those_the_source_does_not_hold() -> None:
    source = "GraphTok distils a GNN and is tested on ImageNet-1K."
    assert missing_names("GraphTok beats GNNs on ImageNet-1K", source) == []
    assert missing_names("GraphTok beats CNNs on COCO", source) == ["CNNs", "COCO"]


@pytest.mark.parametrize(
    "claim",
    [
        "Tests are run. Experiments are not.",
        "A Graph Network Learns From Plain Books",
        "Do Graph Networks Learn From Plain Books? Yes, they do.",
        "Well-Cleaned Books Suit Graph Networks",
        "A GNN-induced and G.N.N. method",
        "A 2-stage, GNN-based and meta-GNN method",
        "It lowers the mean squared error (MSE); MSE is low.",
        "The Graph System is SOTA.",
        "Deep nets, or DNNs, are tested.",
    ],
)
def test_capitals_by_form_alone_and_what_is_explained_are_no_missing_names(claim: str) -> None:
    assert missing_names(claim, "A GNN with two stages; deep neural classifiers of graphs.") == []


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("It is tested vs. Adam on U.S. Texts.", ["Adam", "U.S", "Texts"]),
        ("A CNN-based and a GNN-free one.", ["CNN-based", "GNN-free"]),
        ("It lowers the mean absolute loss (MSE).", ["MSE"]),
        ("The World Bank said so in March.", ["World", "Bank", "March"]),
    ],
)
def test_names_by_any_other_right_are_missing(claim: str, missing: list[str]) -> None:
    assert missing_names(claim, "A GNN with two stages; deep neural classifiers.") == missing


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("It does not help.", True),
        ("It doesn't help.", True),
        ("It doesn’t help.", True),
        ("It works without attention.", True),
        ("It fails on images.", True),
        ("It helps.", False),
        ("It does not fail.", False),
        ("Notable knots are noted.", False),
    ],
)
def test_negation_is_an_odd_number_of_negators(text: str, negated: bool) -> None:
    assert is_negated(text) is negated


def test_a_plain_space_between_figures_may_be_nothing_but_a_space() -> None:
    assert written_numbers("on 10 100 nodes") == {10, 100}
    assert numbers("on 10 100 nodes") == {10, 100, 10_100}


@pytest.mark.parametrize("text", ["1 000 nodes", "1\u202f000 nodes", "1,000 nodes"])
def test_what_can_only_be_one_figure_is_one(text: str) -> None:
    assert written_numbers(text) == {1000}


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Tested on the Korean, Iranian and Chinese ones.", []),
        ("Tested in Senegal.", []),
        ("Tested on the Japanese and Austrian ones.", ["Japanese", "Austrian"]),
        ("Tested with Iron and Austin.", ["Iron", "Austin"]),
    ],
)
def test_people_and_places_are_held_by_one_another(claim: str, missing: list[str]) -> None:
    source = "Patients of Korea, Iran, China and Australia, and Senegalese ones."
    assert missing_names(claim, source) == missing
