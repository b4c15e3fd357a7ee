"""The decision whether a question is answered, fitted on figures made by hand."""

from assistant.extractive.answered import Told
from assistant.extractive.decision import Logistic
from evals.fit_answered import Asked, figures, fit, why_not
from evals.verifier.lines import UNANSWERED

PLAIN = Told(whole=0.0, alone=0.0, ruled=False)
RULED = Told(whole=0.0, alone=0.0, ruled=True)
BY_WHOLE = Logistic(weights=(1.0, 0.0, -1.0), bias=0.5, threshold=0.5)


def asked(answerable: bool, told: Told, *, one: bool = True, decided: bool = False) -> Asked:
    return Asked(answerable, one, decided, told)


def scored(answerable: bool, score: float) -> Asked:
    return asked(answerable, Told(whole=score, alone=score, ruled=False))


def test_what_is_decided_is_refused_whatever_the_comparer_says() -> None:
    sure = Told(whole=9.0, alone=9.0, ruled=False)
    assert asked(True, sure, decided=True).refused(BY_WHOLE)
    assert not asked(True, sure).refused(BY_WHOLE)


def test_a_rule_tips_the_balance() -> None:
    assert not asked(True, PLAIN).refused(BY_WHOLE)
    assert asked(True, RULED).refused(BY_WHOLE)


def test_of_several_papers_only_what_a_rule_is_against_is_refused() -> None:
    unsure = Told(whole=-9.0, alone=-9.0, ruled=False)
    assert asked(True, unsure).refused(BY_WHOLE)
    assert not asked(True, unsure, one=False).refused(BY_WHOLE)
    assert asked(True, RULED, one=False).refused(BY_WHOLE)


def test_three_in_a_hundred_answerable_questions_stay_below_the_threshold() -> None:
    answered = [scored(True, n / 50) for n in range(101)]
    unanswered = [scored(False, -n / 50) for n in range(101)]
    decision = fit([*answered, *unanswered])
    assert decision.weights[0] > 0
    assert decision.weights[1] > 0
    assert sum(one.refused(decision) for one in answered) == 3
    assert sum(one.refused(decision) for one in unanswered) == 101


def test_what_is_decided_has_no_say_in_the_fit() -> None:
    rows = [scored(n % 2 == 0, 1.0 if n % 2 == 0 else -1.0) for n in range(200)]
    misleading = [asked(True, RULED, decided=True) for _ in range(200)]
    assert fit([*rows, *misleading]) == fit(rows)


def test_figures_tell_what_is_refused_of_either_kind() -> None:
    rows = [scored(True, 1.0), scored(True, -1.0), scored(False, -1.0), scored(False, -2.0)]
    assert figures("made", rows, BY_WHOLE) == (
        "made: 4 questions, AUROC of the comparer 0.875; refused 0.500 of the answerable ones,"
        " 1.000 of the others"
    )


def test_each_kind_of_written_question_has_a_name_in_the_suites() -> None:
    named = {kind: why_not(kind) for kind in UNANSWERED}
    assert named == {
        "absent": "fact_absent",
        "absent2": "fact_absent",
        "off_topic": "off_topic",
        "turned": "false_premise",
        "swapped": "false_premise",
        "contrary": "false_premise",
    }
