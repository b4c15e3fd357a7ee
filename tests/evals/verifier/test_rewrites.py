import random

import pytest

from evals.verifier import rewrites
from evals.verifier.rewrites import Rewrite

RNG = random.Random(3)


@pytest.mark.parametrize(
    ("rewrite", "text", "expected"),
    [
        (rewrites.passive, "We propose a codec that is fast.", "A codec is proposed that is fast."),
        (rewrites.passive, "We study how birds sing.", None),
        (rewrites.figures, "It gains 3%.", "It gains 3 percent."),
        (rewrites.figures, "It needs 1,200 cells.", "It needs 1200 cells."),
        (rewrites.figures, "It has 4 layers.", "It has four layers."),
        (rewrites.figures, "It is like GPT-4 in part.", None),
        (rewrites.shorter, "However, the tide rises.", "The tide rises."),
        (rewrites.shorter, "The tide (seen twice) rises.", "The tide rises."),
        (rewrites.acronym, "Birds sing.", None),
        (
            rewrites.reordered,
            "The new codec greatly lowers delay on slow links.",
            "On slow links, the new codec greatly lowers delay.",
        ),
    ],
)
def test_a_rewording_says_the_same(rewrite: Rewrite, text: str, expected: str | None) -> None:
    assert rewrite(text, RNG) == expected


def test_an_acronym_or_its_long_form_stays() -> None:
    text = "A hidden Markov model (HMM) is fitted."
    found = {rewrites.acronym(text, random.Random(seed)) for seed in range(20)}
    assert found == {"A hidden Markov model is fitted.", "A HMM is fitted."}


def test_outperforming_is_turned_round() -> None:
    found = rewrites.reordered("Oaks outperform the birches.", random.Random(1))
    assert found is not None
    assert found.startswith("The birches ")
    assert found.endswith(" oaks.")


def test_the_authors_are_spoken_of() -> None:
    assert rewrites.third_person("We measure tides.", random.Random(1)) in {
        "The authors measure tides.",
        "The paper measure tides.",
        "This work measure tides.",
        "The study measure tides.",
    }


def test_a_text_that_fits_nothing_stays() -> None:
    assert rewrites.reworded("Birds sing.", random.Random(1), 0) == "Birds sing."
