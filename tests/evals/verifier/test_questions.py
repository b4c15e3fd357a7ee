import random

import pytest

from evals.verifier.questions import as_typed, own_name, seldom_stated, tells_itself


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("EmberNet: Spiking Networks on a Coin Cell", "", "EmberNet"),
        ("Why we need clay ovens today: A View", "", ""),
        ("Scaling the FooBERT Encoder", "We scale FooBERT.", "FooBERT"),
        ("Scaling the FooBERT Encoder", "We scale an encoder.", ""),
        ("A Study of Tides", "Tides rise.", ""),
    ],
)
def test_a_papers_own_name(title: str, text: str, name: str) -> None:
    assert own_name(title, text) == name


def test_what_is_asked_for_in_vain_has_no_word_in_the_source() -> None:
    source = "EmberNet has 12 layers and 3 million parameters."
    made = {seldom_stated("EmberNet", source, random.Random(seed)) for seed in range(200)}
    assert len(made) > 20
    assert not [q for q in made if "parameters" in q or "layers" in q]


def test_typing_drops_only_capital_and_mark() -> None:
    typed = {as_typed("Why does  it melt ?", random.Random(seed)) for seed in range(60)}
    expected = {"Why does it melt?", "why does it melt?", "Why does it melt", "why does it melt"}
    assert typed == expected


def test_a_question_told_by_the_source() -> None:
    assert tells_itself("Do clay ovens keep heat?", "Ovens of clay keep their heat.")
    assert not tells_itself("Do clay ovens keep meat?", "Ovens of clay keep their heat.")
