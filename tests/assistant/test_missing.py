"""Sentences that say what is missing, told from claims in their clothes."""

import pytest

from assistant.missing import says_what_is_missing


@pytest.mark.parametrize(
    "text",
    [
        "MISSING: the price of KAT.",
        "**MISSING:** its energy use and accuracy on CIFAR-10",
        "MISSING: whether KAT is faster than ViT.",
        "The sources do not report accuracy on CIFAR-10.",
        "Unfortunately, the provided abstracts don't mention training cost.",
        "I'm sorry, but the sources do not say this.",
        "None of the sources states how it was trained.",
        "No paper reports energy use.",
    ],
)
def test_what_is_missing(text: str) -> None:
    assert says_what_is_missing(text)


@pytest.mark.parametrize(
    "text",
    [
        "KAT is fast.",
        "MISSING: KAT fails on every other dataset.",
        "MISSING: the price. KAT reaches 99.9 %.",
        "MISSING: nothing, but KAT beats ViT.",
        "The sources do not say so, but KAT wins.",
        "The sources do not mention it; KAT wins.",
        "The sources do not support KAT.",
        "No paper reports more than 82.3 %.",
        "The papers are about KAT.",
    ],
)
def test_what_claims_something(text: str) -> None:
    assert not says_what_is_missing(text)
