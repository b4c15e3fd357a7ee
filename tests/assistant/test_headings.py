"""Lines that claim nothing, told from lines that do."""

import pytest

from assistant.headings import is_heading

HEADINGS = [
    "Papers found:",
    "Passages found in 3 papers",
    "## Kolmogorov-Arnold Transformer",
    "**Key results:**",
    "**Strip-MLP**:",
    "Sources:",
    "In short:",
    "The answer is:",
    "The results are as follows:",
    "Wichtigste Ergebnisse:",
]
CLAIMS = [
    "Transformers beat convolutions:",
    "## KAT outperforms ViT",
    "**KAT reaches 82.1 %**",
    "Accuracy: 82.1 %",
    "The answer is 99",
    "Result: 99.9 %",
    "The sources do not answer this.",
    "The papers differ in method and in the related problem.",
    "KAT",
    "A line with far too many words to serve as heading of anything:",
    "**KAT** needs **less**",
    "...",
    "",
]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_heading(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize("line", CLAIMS)
def test_a_claim(line: str) -> None:
    assert not is_heading(line)


def test_a_citation_makes_a_claim_of_a_line_with_content() -> None:
    assert not is_heading("**Strip-MLP**:", cited=True)
    assert is_heading("Sources:", cited=True)


def test_a_heading_invents_no_word() -> None:
    vocabulary = frozenset({"kat", "transform", "effici"})
    assert is_heading("**KAT and transformers**", vocabulary=vocabulary)
    assert is_heading("Key results:", vocabulary=vocabulary)
    assert not is_heading("**KAT annihilates transformers**", vocabulary=vocabulary)
    assert not is_heading("KAT, the supreme transformer:", vocabulary=vocabulary)
