import json
import re
from pathlib import Path

import pytest

from assistant.answer import Answer
from evals.baseline import Baseline, baseline_of, load_baseline, save_baseline
from evals.compare import compare
from evals.errors import DatasetError
from evals.gate import decide
from evals.judging.pairs import load_pairs
from evals.suite import load_suite, shipped_file, shipped_suite
from tests.evals.reports import REFUSED, RIGHT, WRONG, report

GOOD = report([RIGHT] * 14)


def failed(decision_of: Baseline, *answers: Answer | str, broken_judge: bool = False) -> set[str]:
    decision = decide(report(answers, broken_judge=broken_judge), decision_of)
    assert decision.passed is not any(figure.failed for figure in decision.figures)
    return {figure.name for figure in decision.figures if figure.failed}


def test_the_same_run_passes() -> None:
    assert failed(baseline_of(GOOD), *[RIGHT] * 14) == set()


def test_one_worse_answer_of_fourteen_may_be_chance() -> None:
    assert failed(baseline_of(GOOD), *[RIGHT] * 13, WRONG) == set()


def test_wrong_claims_are_caught_and_named() -> None:
    assert failed(baseline_of(GOOD), *[WRONG] * 14) == {
        *("correctness", "faithfulness", "citation F1")
    }
    decision = decide(report([WRONG] * 10 + [RIGHT] * 4), baseline_of(GOOD))
    assert [item.id for item in decision.worse] == [f"i{at:02d}" for at in range(10)]
    assert decision.worse[0].sentences == ("not supported: The lake is 64 m deep.",)
    assert decision.reasons[0].startswith("correctness fell from 1.000 to 0.286 (n 14, p ")


def test_refusing_everything_is_caught_although_it_is_faithful() -> None:
    """Nothing is left to have a citation F1 of, which counts as its loss."""
    found = failed(baseline_of(GOOD), *[REFUSED] * 14)
    assert found == {"correctness", "abstention F1", "citation F1"}


def test_errors_are_caught() -> None:
    found = failed(baseline_of(GOOD), *["the model is down"] * 14)
    assert found >= {"correctness", "faithfulness", "citation F1", "recall@10"}


def test_a_broken_judge_is_caught_by_its_pairs() -> None:
    assert failed(baseline_of(GOOD), *[RIGHT] * 14, broken_judge=True) == {"judge accuracy"}
    decision = decide(report([RIGHT] * 14, broken_judge=True), baseline_of(GOOD))
    assert decision.misjudged == ("contradict, judged supported: true",) * 10
    assert decide(GOOD, baseline_of(GOOD)).misjudged == ()


def test_a_better_run_passes() -> None:
    poor = baseline_of(report([WRONG] * 14))
    assert failed(poor, *[RIGHT] * 14) == set()


def test_items_that_vanished_are_no_way_through() -> None:
    with pytest.raises(DatasetError, match=r"9 of the baseline's 15 items are not in the run"):
        decide(report([RIGHT] * 5), baseline_of(GOOD))


def test_runs_of_another_kind_are_refused() -> None:
    other = baseline_of(GOOD).model_copy(update={"model": "gpt"})
    with pytest.raises(DatasetError, match="the run's model is 'extractive', the baseline's 'gpt'"):
        decide(GOOD, other)


def test_a_baseline_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    save_baseline(baseline_of(GOOD), path)
    assert load_baseline(path) == baseline_of(GOOD)
    assert len(path.read_text().splitlines()) > len(GOOD.items)


@pytest.mark.parametrize(("text", "message"), [(None, "is missing"), ("{}", "suite: Field")])
def test_a_baseline_that_cannot_be_read_names_the_remedy(
    tmp_path: Path, text: str | None, message: str
) -> None:
    path = tmp_path / "b.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(DatasetError, match=f"{message}.*--update"):
        load_baseline(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keys": ["correctness"]}, r"keys: the gate needs citation F1, faithfulness, .* too"),
        ({"items": {}}, "items: there is none"),
        ({"items": {"a": {"digest": "x", "scores": [1]}}}, r"items\.a: its scores are not as many"),
        ("{", r"b\.json: Invalid JSON: EOF while parsing an object at column 1"),
    ],
)
def test_a_baseline_that_the_gate_cannot_use_is_refused(
    tmp_path: Path, change: dict[str, object] | str, message: str
) -> None:
    path = tmp_path / "b.json"
    document = baseline_of(GOOD).model_dump(mode="json")
    path.write_text(change if isinstance(change, str) else json.dumps(document | change))
    with pytest.raises(DatasetError, match=f"{message}.*--update"):
        load_baseline(path)


def test_a_baseline_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"cannot be read \(Is a directory\)"):
        load_baseline(tmp_path)


def test_compared_runs_are_named_and_errors_told() -> None:
    found = compare(GOOD, report(["the model is down", *[RIGHT] * 13]))
    assert re.match(r"\w+ \(\w+\), extractive, judged by offline, 20", found.before)
    assert [item.after for item in found.worse] == ["error: the model is down"]


def test_two_runs_compared() -> None:
    found = compare(GOOD, report([WRONG] * 10 + [RIGHT] * 4))
    figures = {figure.name: figure for figure in found.figures}
    correctness = figures["correctness"]
    assert correctness.before == 1
    assert correctness.after == pytest.approx(4 / 14)
    assert correctness.difference == pytest.approx(-10 / 14)
    assert correctness.p_value is not None
    assert correctness.p_holm is not None
    assert 0 < correctness.p_value <= correctness.p_holm < 0.05
    assert (found.n, found.left_out) == (15, 0)
    assert [item.id for item in found.worse] == [f"i{at:02d}" for at in range(10)]
    assert found.better == ()
    assert found.worse[0].scores["correctness"] == (1, 0)
    assert compare(report([WRONG] * 14), GOOD).worse == ()


def test_runs_without_a_common_item_are_refused() -> None:
    other = report([RIGHT] * 2)
    renamed = [item.model_copy(update={"id": f"x{item.id}"}) for item in other.items]
    with pytest.raises(DatasetError, match="no item in common"):
        compare(GOOD, other.model_copy(update={"items": tuple(renamed)}))


def test_the_shipped_baseline_is_of_the_shipped_suite() -> None:
    """After a change of the suite, renew it as evals/README.md says."""
    baseline = load_baseline(shipped_file("").parent / "baseline.json")
    items = {item.id: item.digest for item in load_suite(shipped_suite("sample"))}
    assert {key: kept.digest for key, kept in baseline.items.items()} == items
    assert (baseline.suite, baseline.model, baseline.judge) == ("sample", "extractive", "offline")
    assert len(baseline.pairs) == len(load_pairs([shipped_file("sample-pairs.jsonl")]))
