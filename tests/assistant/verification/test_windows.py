import random

from assistant.verification.windows import choose, sentences_near
from ingest.text import split_sentences

SENTENCES = [
    "Rural bus lines have few passengers.",
    "We search timetables by simulated annealing.",
    "Transfers are a soft constraint.",
    "Waiting time falls by 27% in a region with 64 lines.",
]


def test_sentences_that_cover_the_claim_together_are_chosen_in_order() -> None:
    claim = "Simulated annealing lowers waiting time by 27%."
    assert choose(claim, SENTENCES, limit=2) == [1, 3]


def test_of_two_that_cover_as_much_the_first_is_chosen_whatever_their_words() -> None:
    """A sum over a set that rounds in the set's order would choose by the words' hashes."""
    drawn = random.Random(7)
    for _ in range(50):
        words = [f"q{drawn.randrange(10**6)}x" for _ in range(12)]
        one, other = words[:6], words[6:]
        rest = [f"{one[n]} {other[n]}" for n in range(6) for _ in range(n)]
        assert choose(" ".join(words), [" ".join(one), " ".join(other), *rest], limit=1) == [0]


def test_where_nothing_is_left_to_cover_the_nearest_sentence_follows() -> None:
    assert choose("Transfers are a soft constraint.", SENTENCES, limit=2) == [1, 2]


def test_no_more_sentences_than_there_are() -> None:
    assert choose("anything", SENTENCES[:2], limit=3) == [0, 1]


def test_a_short_abstract_is_split_whole() -> None:
    text = " ".join(SENTENCES)
    assert sentences_near("annealing", text) == split_sentences(text)


def test_of_a_very_long_text_the_sentences_near_the_claim_are_kept() -> None:
    filler = "Nothing is said here about the matter at hand. " * 4000
    needle = "The zeppelin carries forty passengers over the lake."
    text = filler[: len(filler) // 2] + needle + " " + filler[len(filler) // 2 :]
    found = sentences_near("A zeppelin with forty passengers", text)
    assert needle in [text[s.start : s.end] for s in found]
    assert len(found) < 500
