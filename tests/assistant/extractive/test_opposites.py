"""Opposites of the near sentences in a question."""

import pytest

from assistant.extractive.opposites import opposite_word


@pytest.mark.parametrize(
    ("question", "near", "word"),
    [
        ("Why does Heron raise the cost?", "Heron reduces the cost.", "rais"),
        ("Why were the lakes labelled automatically?", "Lakes were manually labelled.",
         "automatically"),
        ("Why is Heron closed-source?", "Heron is open-source.", "closed-source"),
        ("Why does Heron hurt the count?", "Heron improves the count.", "hurt"),
        ("Why is it difficult to count?", "Counting is easy with Heron.", ""),
        ("Why does Heron count lakes?", "Heron counts lakes.", ""),
    ],
)  # fmt: skip
def test_a_word_whose_opposite_is_near(question: str, near: str, word: str) -> None:
    assert opposite_word(question, near, near) == word


def test_a_word_that_stands_elsewhere_in_the_paper_is_no_opposite() -> None:
    near = "Heron reduces the cost."
    text = f"Labels raise the cost. {near}"
    assert opposite_word("Why do labels raise the cost?", near, text) == ""
