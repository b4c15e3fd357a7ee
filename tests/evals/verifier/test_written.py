import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.verification.comparer import tokenizer
from evals.errors import DatasetError
from evals.suite import shipped_file
from evals.verifier.cases import DevelopmentEdit
from evals.verifier.lines import (
    SummaryEdit,
    WrittenClaim,
    WrittenQuestion,
    claim_lines,
    question_lines,
    summary_edits,
)
from evals.verifier.pairs import Pair, save_pairs
from evals.verifier.sources import Abstract
from evals.verifier.written import (
    Abstracts,
    claim_pair,
    edited_pairs,
    held_out_claims,
    held_out_questions,
    question_pair,
    training_claims,
    training_edits,
    training_questions,
)
from tests.support.shared_data import shared_data

TEXT = (
    "Trees are planted in May. They need rain. Frost hurts them. Wind dries trees. We plant 12. "
    "Oaks grow old. Elms fall ill."
)
ABSTRACT = Abstract("x", "Planting trees", TEXT, "train")


def question(kind: str, answerable: bool, answer: str = "") -> WrittenQuestion:
    line: dict[str, object] = {
        "_id": "q1", "set": "scitldr", "paper": "x", "question": "When are trees planted?",
        "kind": kind, "answerable": answerable,
    }  # fmt: skip
    if answer:
        line["at"] = [TEXT.index(answer), TEXT.index(answer) + len(answer)]
    return WrittenQuestion.model_validate(line)


def stored(pair: Pair, folder: Path) -> dict[str, np.ndarray]:
    save_pairs([pair], np.array([0.5], dtype=np.float32), folder / "pairs.npz")
    with np.load(folder / "pairs.npz") as file:
        return {name: file[name] for name in file.files}


def marked(arrays: dict[str, np.ndarray], mark: int, side: int) -> list[str]:
    """The word pieces of one side with one mark."""
    chosen = (arrays["marks"] == mark) & (arrays["sides"] == side)
    return [str(tokenizer().id_to_token(int(n))) for n in arrays["ids"][chosen]]


SAID = ["when", "are", "trees", "planted", "?"]


def test_a_question_is_held_against_the_title_and_six_sentences() -> None:
    pair = question_pair(question("fact", True, "in May"), ABSTRACT)
    assert pair.window[0] == "Planting trees"
    assert len(pair.window) == 7
    assert pair.window[1] == "Trees are planted in May."
    assert (pair.origin, pair.about, pair.held_out) == ("question", "scitldr:x", False)


def test_the_pieces_of_an_answer_are_marked(tmp_path: Path) -> None:
    arrays = stored(question_pair(question("fact", True, "in May"), ABSTRACT), tmp_path)
    assert marked(arrays, 1, side=1) == ["in", "may"]
    assert marked(arrays, 0, side=1)[:6] == [
        "planting",
        "trees",
        "[SEP]",
        "trees",
        "are",
        "planted",
    ]
    assert marked(arrays, -1, side=1) == []
    assert marked(arrays, 0, side=0) == SAID
    assert marked(arrays, -1, side=0) == ["[CLS]", "[SEP]"]


def test_an_answer_over_two_sentences_is_marked_in_both(tmp_path: Path) -> None:
    pair = question_pair(question("explain", True, "in May. They need"), ABSTRACT)
    assert marked(stored(pair, tmp_path), 1, side=1) == ["in", "may", ".", "they", "need"]


def test_an_answer_without_a_place_is_the_title(tmp_path: Path) -> None:
    pair = question_pair(question("fact", True), ABSTRACT)
    assert marked(stored(pair, tmp_path), 1, side=1) == ["planting", "trees"]


def test_what_is_absent_is_marked_nowhere(tmp_path: Path) -> None:
    arrays = stored(question_pair(question("absent", False), ABSTRACT), tmp_path)
    assert set(arrays["marks"][arrays["sides"] == 1]) == {0}
    assert set(arrays["marks"][arrays["sides"] == 0]) == {-1}


def test_what_contradicts_a_premise_is_left_unmarked(tmp_path: Path) -> None:
    arrays = stored(question_pair(question("turned", False, "in May"), ABSTRACT), tmp_path)
    assert set(arrays["marks"]) == {-1}


def test_the_wrong_piece_of_a_claim_is_marked(tmp_path: Path) -> None:
    line = WrittenClaim.model_validate({
        "_id": "c05501", "set": "litsearch", "paper": "y", "claim": "Trees are planted in June.",
        "kind": "figure", "supported": False, "wrong": "June",
    })  # fmt: skip
    pair = claim_pair(line, ABSTRACT)
    assert len(pair.window) == 4
    assert (pair.origin, pair.about, pair.held_out) == ("claim", "litsearch:y", True)
    arrays = stored(pair, tmp_path)
    assert marked(arrays, 1, side=0) == ["june"]
    assert marked(arrays, 0, side=0) == ["trees", "are", "planted", "in", "."]
    assert set(arrays["marks"][arrays["sides"] == 1]) == {-1}


def test_an_edited_summary_stands_beside_the_summary_and_what_was_put_in_is_wrong() -> None:
    abstract = replace(ABSTRACT, summaries=("Trees are planted in May.",))
    edit = SummaryEdit.model_validate({
        "_id": "e7", "set": "scitldr", "paper": "x", "kind": "name", "at": [21, 24],
        "instead": "late June",
    })  # fmt: skip
    true, false = edited_pairs(edit, abstract)
    assert (true.claim, true.supported, true.wrong) == ("Trees are planted in May.", True, ())
    assert (false.claim, false.supported) == ("Trees are planted in late June.", False)
    assert false.wrong is not None
    assert [false.claim[s.start : s.end] for s in false.wrong] == ["late June"]
    assert true.window == false.window
    assert (true.twin, true.kind) == (false.twin, "summary") == ("e7", "summary")


@pytest.fixture(scope="module")
def abstracts() -> Abstracts:
    for name in ("scitldr-train.jsonl.gz", "retrieval/litsearch-inline/corpus.jsonl.gz"):
        shared_data(name)
    shared_data("retrieval/scifact/corpus.jsonl.gz")
    shared_data("faithfulness/scifact.jsonl.gz")
    return Abstracts()


def test_every_place_of_an_answer_is_in_its_abstract(abstracts: Abstracts) -> None:
    for line in question_lines():
        if line.at is not None:
            assert line.at.end <= len(abstracts.of(line).text), line.place


def test_no_line_shares_twelve_words_in_a_row_with_its_abstract(abstracts: Abstracts) -> None:
    lines = [(q, q.question) for q in question_lines()] + [(c, c.claim) for c in claim_lines()]
    for line, said in lines:
        paper = abstracts.of(line)
        source = f" {' '.join(words(f'{paper.title} {paper.text}'))} "
        told = words(said)
        for at in range(len(told) - 11):
            assert f" {' '.join(told[at : at + 12])} " not in source, line.place


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_nothing_is_trained_on_whose_abstract_measures_or_tunes(abstracts: Abstracts) -> None:
    trained = [*training_questions(abstracts), *training_claims(abstracts)]
    assert len(trained) > 30_000
    assert {paper.part for _, paper in trained} == {"train"}
    shipped = shipped_file("edits-development.jsonl").read_text(encoding="utf-8").splitlines()
    developed = {DevelopmentEdit.model_validate_json(line).paper for line in shipped}
    assert developed
    assert not developed & {line.paper for line, _ in trained}
    held_out = {(q.origin, q.paper) for q, _ in held_out_questions(abstracts)}
    held_out |= {(c.origin, c.paper) for c, _ in held_out_claims(abstracts)}
    assert not held_out & {(line.origin, line.paper) for line, _ in trained}


def test_every_edit_of_a_summary_changes_it_and_is_trained_on(abstracts: Abstracts) -> None:
    edits = training_edits(abstracts)
    assert len(edits) == len(summary_edits())
    for edit, paper in edits:
        assert edit.applied(paper.summaries[0]) != paper.summaries[0], edit.place
        assert paper.part == "train"


def test_only_what_is_about_a_measured_paper_of_another_set_is_left_out(
    abstracts: Abstracts,
) -> None:
    kept = {line.id for line, _ in training_questions(abstracts)}
    left = [q for q in question_lines() if not q.held_out and q.id not in kept]
    assert len(left) == 900
    assert len({q.paper for q in left if q.origin == "scitldr"}) == 3
    assert len(training_claims(abstracts)) == 75_250
    assert (len(held_out_questions(abstracts)), len(held_out_claims(abstracts))) == (7747, 6412)


def test_a_line_about_no_abstract_of_its_set_is_named(abstracts: Abstracts) -> None:
    with pytest.raises(DatasetError, match="scitldr has no abstract 'x'"):
        abstracts.of(question("fact", True, "in May"))
