import pytest

from evals.verifier.lines import WrittenClaim, WrittenQuestion
from evals.verifier.sources import Abstract
from evals.verifier.twins import differing, twinned
from evals.verifier.written import claim_pair, question_pair

ABSTRACT = Abstract("x", "Planting trees", "Trees are planted in May. They need rain.", "train")


def question(number: int, text: str, answerable: bool) -> WrittenQuestion:
    return WrittenQuestion.model_validate({
        "_id": f"t{number:05}", "set": "scitldr", "paper": "x", "question": text,
        "kind": "fact" if answerable else "absent", "answerable": answerable,
    })  # fmt: skip


def claim(number: int, text: str, wrong: str) -> WrittenClaim:
    return WrittenClaim.model_validate({
        "_id": f"u{number:05}", "set": "scitldr", "paper": "x", "claim": text,
        "kind": "name" if wrong else "summary", "supported": not wrong, "wrong": wrong,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "unanswered", "words"),
    [
        ("When are trees planted?", "When are trees felled?", ["felled"]),
        ("how few words does it need", "How few hours of speech does it need", ["hours of speech"]),
        ("Why is oak harder than elm?", "Why is elm harder than oak?", ["elm", "oak"]),
        ("Which trees need rain in May?", "Which trees need rain?", []),
        ("When are trees planted?", "What do they cost on the market?", []),
    ],
)
def test_what_only_the_unanswered_question_has_differs(
    answered: str, unanswered: str, words: list[str]
) -> None:
    assert [unanswered[s.start : s.end] for s in differing(answered, unanswered)] == words


def test_twins_are_told_of_each_other_and_others_left_as_they_are() -> None:
    lines = [
        question(1, "When are trees planted?", True),
        question(2, "When are trees felled?", False),
        question(4, "Who plants trees?", False),
        question(5, "What do trees need?", True),
    ]
    made = twinned([(line, ABSTRACT, question_pair(line, ABSTRACT)) for line in lines])
    assert [line.id for line, _, _ in made] == ["t00001", "t00002", "t00004", "t00005"]
    assert [pair.twin for _, _, pair in made] == ["t00001", "t00001", "", ""]
    said = [[pair.claim[s.start : s.end] for s in pair.wrong or ()] for _, _, pair in made]
    assert said == [[], ["felled"], [], []]
    assert made[2][2].wrong is None


def test_twins_worded_unlike_each_other_have_no_words_marked() -> None:
    lines = [
        question(1, "When are trees planted?", True),
        question(2, "What does it cost on the market?", False),
    ]
    made = twinned([(line, ABSTRACT, question_pair(line, ABSTRACT)) for line in lines])
    assert (made[1][2].twin, made[1][2].wrong) == ("t00001", None)


def test_what_is_wrong_with_a_claim_stays_as_it_was_written() -> None:
    lines = [
        claim(1, "Trees are planted in May.", ""),
        claim(2, "Oaks are planted in May.", "Oaks"),
    ]
    made = twinned([(line, ABSTRACT, claim_pair(line, ABSTRACT)) for line in lines])
    assert [pair.twin for _, _, pair in made] == ["u00001", "u00001"]
    assert [pair.wrong for _, _, pair in made] == [
        claim_pair(line, ABSTRACT).wrong for line in lines
    ]
