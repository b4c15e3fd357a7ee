import pytest

from assistant.verification.places import misplaced_figure, misplaced_name

SENTENCES = [
    "We fine-tune two Llama models on the new data.",
    "The corpus has 80,000 training instances for nine relation types.",
    "It gains 1.47 BLEU points over the strong baseline, and 3.2 on the second set.",
    "Three students read 2,000 books in 2021.",
]
SOURCE = " ".join(SENTENCES)


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("We fine-tune three Llama models.", "three"),
        ("The corpus has 2000 training instances.", "2000"),
        ("It gains 2021 BLEU points over the strong baseline.", "2021"),
    ],
)
def test_a_figure_in_the_place_of_another_is_found(claim: str, figure: str) -> None:
    assert misplaced_figure(claim, SENTENCES, SOURCE) == figure


@pytest.mark.parametrize(
    "claim",
    [
        "We fine-tune two Llama models.",
        "It gains 3.2 BLEU points over the strong baseline.",
        "One corpus has 80,000 training instances.",
        "Books were read in 2021.",
        "Two Llama models are fine-tuned, and three students read 2,000 books.",
        "Nothing is counted here.",
        "3",
    ],
)
def test_figures_in_their_own_place_are_not(claim: str) -> None:
    assert misplaced_figure(claim, SENTENCES, SOURCE) == ""


def test_two_figures_said_side_by_side_do_not_dispute_each_others_place() -> None:
    source = "He died in Calgary, Alberta on May 7. The book came out in 2018."
    claim = "He died in Calgary, Alberta on May 7, 2018."
    assert misplaced_figure(claim, source.split(". "), source) == ""


NAMED = [
    "The reading group tests the new gauge on Orkney near the harbour wall.",
    "Most boats sail from Shetland to Bergen in June.",
]


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("The reading group tests the new gauge on Shetland near the harbour wall.", "Shetland"),
        ("Most boats sail from Orkney to Bergen in June.", "Orkney"),
        ("The reading group tests the new gauge on Orkney near the harbour wall.", ""),
        ("Boats of Shetland reach Bergen in June.", ""),
        ("On Shetland boats sail.", ""),
        ("The reading group tests the new gauge on Ork-ney near the harbour wall.", ""),
    ],
)
def test_a_name_in_the_place_of_another_is_found(claim: str, name: str) -> None:
    assert misplaced_name(claim, NAMED, " ".join(NAMED)) == name


def test_a_pronoun_may_stand_for_the_name() -> None:
    source = ["GraphTok learns a codebook.", "It is 35 times faster than the GNN and gains 3.2%."]
    claim = "GraphTok is 35 times faster and gains 3.2%."
    assert misplaced_name(claim, source, " ".join(source)) == ""
