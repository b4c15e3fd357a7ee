import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from evals.errors import DatasetError
from evals.verifier.lines import (
    ANSWERED,
    BORNE_OUT,
    NOT_BORNE_OUT,
    OFF_TOPIC,
    UNANSWERED,
    AnyLine,
    Line,
    claim_lines,
    question_lines,
    summary_edits,
    trained_papers,
)

QUESTION = {
    "_id": "q1", "set": "scitldr", "paper": "a", "question": "How deep?", "kind": "figure",
    "answerable": True, "at": [3, 9],
}  # fmt: skip
CLAIM = {
    "_id": "c1", "set": "scifact", "paper": "7", "claim": "Oats melt.", "kind": "name",
    "supported": False, "wrong": "melt",
}  # fmt: skip
EDIT: dict[str, object] = {
    "_id": "e1", "set": "scitldr", "paper": "a", "kind": "name", "at": [4, 8], "instead": "elms",
}  # fmt: skip


Key = tuple[str, str]


def write(folder: Path, name: str, *rows: dict[str, object]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    for other in (f"twin-{name}", "off-topic", "summary-twins"):
        (folder / f"{other}.jsonl").touch()


def only(letters: str, lines: Sequence[AnyLine]) -> list[AnyLine]:
    return [line for line in lines if line.id[0] in letters]


def test_the_questions_are_all_there_each_with_an_id_of_its_own() -> None:
    lines = question_lines()
    assert len({line.id for line in lines}) == len(lines) == 126_081
    assert [line.id for line in lines] == sorted(line.id for line in lines)
    for answerable, kinds in ((True, ANSWERED), (False, UNANSWERED)):
        assert {line.kind for line in lines if line.answerable == answerable} == kinds


def test_the_claims_are_all_there_each_with_an_id_of_its_own() -> None:
    lines = claim_lines()
    assert len({line.id for line in lines}) == len(lines) == 81_662
    assert [line.id for line in lines] == sorted(line.id for line in lines)
    for supported, kinds in ((True, BORNE_OUT), (False, NOT_BORNE_OUT)):
        assert {line.kind for line in lines if line.supported == supported} == kinds
    assert all(line.wrong in line.claim for line in lines)
    assert all(bool(line.wrong) != line.supported for line in lines)


def test_every_abstract_has_ten_lines_half_of_them_true() -> None:
    questions, claims = only("q", question_lines()), only("c", claim_lines())
    asked = Counter((q.origin, q.paper, q.answerable) for q in questions)
    told = Counter((c.origin, c.paper, c.supported) for c in claims)
    assert set(asked.values()) == set(told.values()) == {5}
    of_asked, of_told = ({key[:2] for key in counts} for counts in (asked, told))
    assert (len(of_asked), len(of_told), len(of_asked & of_told)) == (1210, 660, 0)


def test_twins_come_in_pairs_of_one_abstract_the_true_one_first() -> None:
    questions, claims = only("tw", question_lines()), only("uv", claim_lines())
    true = [*((q, q.answerable) for q in questions), *((c, c.supported) for c in claims)]
    assert len(true) % 2 == 0
    for (first, holds), (second, does) in zip(true[::2], true[1::2], strict=True):
        assert holds and not does, second.place
        assert papers([first]) == papers([second]), second.place


def test_what_is_off_topic_is_never_answered_and_nothing_else_is_called_so() -> None:
    lines = question_lines()
    off_topic = only("o", lines)
    assert len(off_topic) == 1_591
    assert [line for line in lines if line.kind == OFF_TOPIC] == off_topic
    assert len({line.question.lower() for line in off_topic}) == len(off_topic)


def test_an_abstract_is_in_one_file_but_for_the_later_claims_that_questions_are_about_too() -> None:
    asked, told = question_lines(), claim_lines()
    twins = only("u", told)
    of = [papers(only("q", asked)), papers(only("tw", asked))]
    of += [papers(only("c", told)), papers(line for line in twins if line.id < "u46177")]
    assert len(set().union(*of)) == sum(len(one) for one in of)
    later = papers(line for line in twins if line.id >= "u46177")
    assert not later & (of[2] | of[3])


def test_no_abstract_that_is_held_out_in_one_file_is_trained_on_in_another() -> None:
    on_topic = [line for line in question_lines() if line.kind != OFF_TOPIC]
    lines: list[Line] = [*on_topic, *claim_lines()]
    held_out = papers(line for line in lines if line.held_out)
    assert not held_out & papers(line for line in lines if not line.held_out)


def test_what_is_held_out_is_whole_batches_and_shares_no_abstract_with_the_rest() -> None:
    asked, told = question_lines(), claim_lines()
    for lines, batches in (
        (only("q", asked), 1),
        (only("o", asked), 1),
        (only("tw", asked), 5),
        (only("c", told), 1),
        (only("u", told), 3),
    ):
        held_out = [line.held_out for line in lines]
        begun = sum(now and not before for before, now in pairwise([False, *held_out]))
        assert begun == batches
        assert sum(held_out) > 300
        kept = [line for line in lines if not line.held_out]
        assert not papers(kept) & papers([line for line in lines if line.held_out])


def papers(lines: Iterable[Line]) -> set[Key]:
    return {(line.origin, line.paper) for line in lines}


def test_the_papers_that_lines_train_on_are_those_of_lines_not_held_out() -> None:
    lines = [*question_lines(), *claim_lines()]
    assert trained_papers("scitldr") == {
        line.paper for line in lines if line.origin == "scitldr" and not line.held_out
    }
    assert len(trained_papers("scitldr")) == 1173


def test_a_line_is_read(tmp_path: Path) -> None:
    write(tmp_path, "questions", QUESTION)
    write(tmp_path, "claims", CLAIM)
    (question,), (claim,) = question_lines(tmp_path), claim_lines(tmp_path)
    assert (question.paper, question.at, question.held_out) == ("a", (3, 9), False)
    assert (claim.origin, claim.wrong) == ("scifact", "melt")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "absent"}, "does not go with answerable True"),
        ({"kind": "turned"}, "does not go with answerable True"),
        ({"kind": "absent", "answerable": False}, "stands nowhere"),
        ({"at": [9, 9]}, "no span"),
        ({"at": [-1, 4]}, "no span"),
        ({"set": "pubmedqa"}, "set"),
        ({"question": ""}, "question"),
        ({"answer": "3 m"}, "answer"),
    ],
)
def test_a_question_that_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    write(tmp_path, "questions", QUESTION, QUESTION | {"_id": "q2"} | change)
    place = re.escape(f"{tmp_path / 'questions.jsonl'}:2: ")
    with pytest.raises(DatasetError, match=f"^{place}.*{reason}"):
        question_lines(tmp_path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"wrong": "freeze"}, "no piece of the claim"),
        ({"wrong": ""}, "wrong goes with"),
        ({"supported": True, "kind": "summary"}, "wrong goes with"),
        ({"kind": "reworded"}, "does not go with supported False"),
        ({"_id": "c1"}, "stands at"),
    ],
)
def test_a_claim_that_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    write(tmp_path, "claims", CLAIM, CLAIM | {"_id": "c2"} | change)
    place = re.escape(f"{tmp_path / 'claims.jsonl'}:2: ")
    with pytest.raises(DatasetError, match=f"^{place}.*{reason}"):
        claim_lines(tmp_path)


def test_the_edits_of_summaries_are_all_there_and_about_papers_that_are_trained_on() -> None:
    edits = summary_edits()
    assert len({edit.id for edit in edits}) == len(edits) == 4_444
    assert [edit.id for edit in edits] == sorted(edit.id for edit in edits)
    assert {edit.kind for edit in edits} == NOT_BORNE_OUT
    held_out = [line for line in (*question_lines(), *claim_lines()) if line.held_out]
    beside = only("v", claim_lines())
    assert beside
    assert not papers([*edits, *beside]) & papers(held_out)


def test_an_edit_is_made(tmp_path: Path) -> None:
    write(tmp_path, "summary-edits", EDIT)
    (edit,) = summary_edits(tmp_path)
    assert edit.applied("Old oaks grow.") == "Old elms grow."
    with pytest.raises(DatasetError, match=r"summary-edits\.jsonl:1: at is no span"):
        edit.applied("Oaks.")


@pytest.mark.parametrize(
    ("change", "reason"), [({"kind": "summary"}, "none of an edit"), ({"instead": ""}, "instead")]
)
def test_an_edit_that_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    write(tmp_path, "summary-edits", EDIT | change)
    with pytest.raises(DatasetError, match=rf"summary-edits\.jsonl:1: .*{reason}"):
        summary_edits(tmp_path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"claims\.jsonl is absent"):
        claim_lines(tmp_path)
