import pytest

from assistant.verification.comparer import Reading
from assistant.verification.modifiers import replaced_word

SENTENCES = [
    "The mill grinds wheat with a water-driven wheel in the valley.",
    "Oats are kept dry in a novel barn.",
]
SOURCE = " ".join(SENTENCES)


def reading(claim: str, doubted: str, logit: float = 1.0) -> Reading:
    """One piece a word, of which the doubted one has the logit given."""
    pieces, at = [], 0
    for word in claim.split():
        start = claim.index(word, at)
        at = start + len(word)
        pieces.append((start, at, logit if word == doubted else -5.0))
    return Reading(3.0, tuple(pieces))


@pytest.mark.parametrize(
    ("claim", "doubted", "found"),
    [
        (
            "The mill grinds wheat with a steam-driven wheel.",
            "steam-driven",
            ("steam-driven", "water-driven"),
        ),
        ("The mill grinds wheat with a water-driven wheel.", "wheel", ("", "")),
        ("Oats are kept dry in an improved barn.", "improved", ("", "")),
        ("Farmers sleep beside a steam-driven wheel.", "steam-driven", ("", "")),
        ("The mill grinds oats with a steam-driven engine.", "steam-driven", ("", "")),
    ],
)
def test_a_doubted_word_in_the_place_of_another(
    claim: str, doubted: str, found: tuple[str, str]
) -> None:
    assert replaced_word(claim, SENTENCES, SOURCE, reading(claim, doubted)) == found


def test_a_word_that_the_comparer_does_not_doubt_may_be_another_name_for_it() -> None:
    claim = "The mill grinds wheat with a steam-driven wheel."
    read = reading(claim, "steam-driven", logit=-2.0)
    assert replaced_word(claim, SENTENCES, SOURCE, read) == ("", "")
