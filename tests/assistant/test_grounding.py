"""Short claims must be made of their source's words."""

import pytest

from assistant.grounding import is_grounded, says_little

SOURCE = (
    "PetalMixer: Token Mixing Without Attention\nPetalMixer shows that attention is not needed to"
    " mix image tokens. PetalMixer reaches 81.4% top-1 accuracy with 19M parameters."
)


@pytest.mark.parametrize(
    "claim",
    [
        "PetalMixer needs no attention.",
        "PetalMixer mixes tokens.",
        "PetalMixer has 19M parameters.",
        "81.4%",
        "A long claim about other things is left to those who weigh what words mean.",
    ],
)
def test_said_in_its_words(claim: str) -> None:
    assert is_grounded(claim, SOURCE)


@pytest.mark.parametrize(
    "claim",
    [
        "PetalMixer is great.",
        "PetalMixer cures cancer.",
        "Use PetalMixer for everything.",
        "PetalMixer beats all humans.",
    ],
)
def test_near_only_by_its_name(claim: str) -> None:
    assert not is_grounded(claim, SOURCE)


@pytest.mark.parametrize("fragment", ["Top-1 accuracy.", "Parameters.", "The accuracy", "Fast."])
def test_a_fragment_that_adds_nothing(fragment: str) -> None:
    assert says_little(fragment, frozenset({"accuraci", "imagenet"}))


@pytest.mark.parametrize("fragment", ["81.4%", "ImageNet-1K.", "Cyclic shifts and a linear layer."])
def test_a_fragment_that_answers(fragment: str) -> None:
    assert not says_little(fragment, frozenset({"accuraci"}))
