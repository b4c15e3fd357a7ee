from dataclasses import replace

from evals.verifier.lines import WrittenQuestion
from evals.verifier.narrowed import elsewhere, narrowed
from evals.verifier.pairs import Pair
from evals.verifier.sources import Abstract
from evals.verifier.written import question_pair

SENTENCES = (
    "Trees are planted in May.",
    "They need rain.",
    "Frost hurts them.",
    "Wind dries trees.",
    "We plant 12.",
)
TEXT = " ".join(SENTENCES)
ABSTRACT = Abstract("x", "Planting trees", TEXT, "train")


def pairs(kind: str, answerable: bool, at: str = "") -> list[Pair]:
    line: dict[str, object] = {
        "_id": "q1", "set": "scitldr", "paper": "x", "question": "When are trees planted?",
        "kind": kind, "answerable": answerable,
    }  # fmt: skip
    if at:
        line["at"] = [TEXT.index(at), TEXT.index(at) + len(at)]
    question = WrittenQuestion.model_validate(line)
    return list(narrowed(question, ABSTRACT, question_pair(question, ABSTRACT)))


def test_an_answer_alone_answers_and_all_else_does_not() -> None:
    alone, without, beside = pairs("fact", True, "in May")
    assert alone.supported
    assert alone.window == ("Planting trees", "Trees are planted in May.")
    assert not without.supported
    assert without.window == ("Planting trees", *SENTENCES[1:])
    assert not beside.supported
    assert beside.window == ("Planting trees", "Wind dries trees.")
    kinds = (alone.kind, without.kind, beside.kind)
    assert kinds == ("fact-alone", "fact-without", "fact-beside")
    assert {alone.origin, without.origin, beside.origin} == {"narrowed"}


def test_an_answer_over_two_sentences_is_kept_or_taken_whole() -> None:
    alone, without, _ = pairs("explain", True, "in May. They need")
    assert alone.window == ("Planting trees", *SENTENCES[:2])
    assert without.window == ("Planting trees", *SENTENCES[2:])


def test_twins_stay_twins_over_one_sentence_alone() -> None:
    line = WrittenQuestion.model_validate({
        "_id": "t00001", "set": "scitldr", "paper": "x", "question": "When are trees planted?",
        "kind": "fact", "answerable": True, "at": [18, 24],
    })  # fmt: skip
    pair = replace(question_pair(line, ABSTRACT), twin="t00001")
    assert [one.twin for one in narrowed(line, ABSTRACT, pair)] == ["t00001-alone", "", ""]


def test_nothing_is_marked_where_the_answer_was_taken_out() -> None:
    _, without, beside = pairs("fact", True, "in May")
    assert (without.answer, beside.answer) == (((),) * 5, ((),) * 2)
    assert (without.wrong, beside.wrong) == (None, None)


def test_a_contradicted_premise_is_held_against_what_contradicts_it() -> None:
    (alone,) = pairs("turned", False, "Frost hurts")
    assert not alone.supported
    assert alone.window == ("Planting trees", "Frost hurts them.")


def test_what_is_absent_is_held_against_the_nearest_sentence() -> None:
    (alone,) = pairs("absent", False)
    assert not alone.supported
    assert alone.window == ("Planting trees", "Trees are planted in May.")


def test_a_question_that_the_title_answers_is_left_as_it_is() -> None:
    assert pairs("fact", True) == []


def test_no_other_abstract_answers() -> None:
    themes = [f"theme{number}" for number in range(12)]
    abstracts = [
        Abstract(f"{theme} {place}", f"{theme} {place}", text, "train")
        for number, theme in enumerate(themes)
        for place, text in (("north", f"Of {theme}."), ("south", f"Of {theme} by {number // 2}0."))
    ]
    asked = []
    for number, abstract in enumerate(abstracts):
        question = WrittenQuestion.model_validate({
            "_id": f"q{number}", "set": "scitldr", "paper": abstract.id, "kind": "fact",
            "question": f"Of what is {number}?", "answerable": True, "at": [0, 3],
        })  # fmt: skip
        asked.append((question, abstract, question_pair(question, abstract)))
    found = list(elsewhere(asked))
    assert not any(pair.supported for pair in found)
    for number, kind in enumerate(("elsewhere", "near", "far")):
        of_kind = found[number::3]
        assert [pair.claim for pair in of_kind] == [
            f"Of what is {n}?" for n in (0, 4, 8, 12, 16, 20)
        ]
        assert {pair.kind for pair in of_kind} == {f"fact-{kind}"}
    assert [pair.window[0] for pair in found[::3]] == [f"{theme} south" for theme in themes[::2]]
    assert [pair.window[0] for pair in found[1::3]] == [f"{theme} south" for theme in themes[::2]]
    far = [f"{themes[n]} south" for n in (6, 8, 10, 0, 2, 4)]
    assert [pair.window[0] for pair in found[2::3]] == far
