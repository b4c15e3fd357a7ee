import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.errors import DatasetError
from evals.judging.assess import assess, judge_pairs, verdicts_of
from evals.judging.judge import Judgement
from evals.judging.pairs import first_of_each, load_pairs
from evals.suite import shipped_file
from ingest.paper import Paper
from tests.support.shared_data import shared_data

ROW = {"id": "1", "claim": "Deep.", "source": "It is deep.", "label": "SUPPORT"}


class Says:
    """A judge that supports claims of four letters, and tells nothing of empty marks."""

    name = fingerprint = "says"

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        if claim == "?":
            return Judgement(label="unjudged")
        supported = len(claim) == 4
        label = "supported" if supported else "not_supported"
        return Judgement.model_validate({"label": label, "score": 0.9 if supported else 0.2})


def write(path: Path, rows: Sequence[object]) -> Path:
    text = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text)
    return path


def test_a_judge_by_hand(tmp_path: Path) -> None:
    rows = [
        ROW | {"claim": "good"},
        ROW | {"claim": "fine"},
        ROW | {"claim": "overlooked"},
        ROW | {"claim": "evil", "label": "CONTRADICT"},
        ROW | {"claim": "wrong", "label": "NOT_ENOUGH_INFO"},
        ROW | {"claim": "?", "label": "NOT_ENOUGH_INFO"},
    ]
    judged = judge_pairs(Says(), load_pairs([write(tmp_path / "set.jsonl.gz", rows)]))
    (found,) = assess(judged)
    assert (found.dataset, found.n, found.unjudged, found.positives) == ("set", 5, 1, 3)
    assert found.accuracy == 3 / 5
    assert found.auroc == pytest.approx((2 * (0.5 + 1) + (0 + 0.5)) / 6)
    assert (found.sensitivity, found.specificity) == (2 / 3, 1 / 2)
    assert found.by_label == {
        "contradict": 1,
        "not_enough_info": 0,
        "support": pytest.approx(2 / 3),
    }
    assert [verdict.right for verdict in verdicts_of(judged)] == [
        *(True, True, False, False, True, None)
    ]


def test_sets_are_told_apart_and_together(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", [ROW, ROW | {"label": "contradict"}])
    other = write(tmp_path / "other.jsonl", [ROW | {"label": "partially_supported"}])
    found = assess(judge_pairs(Says(), load_pairs([one, other])))
    assert [(f.dataset, f.n, f.positives) for f in found] == [
        *(("one", 2, 1), ("other", 1, 0), ("all", 3, 1))
    ]
    assert found[1].auroc is None


def test_a_choice_is_spread_over_each_set(tmp_path: Path) -> None:
    rows = [ROW | {"id": str(at)} for at in range(10)]
    pairs = load_pairs([write(tmp_path / "a.jsonl", rows), write(tmp_path / "b.jsonl", rows[:2])])
    assert [pair.id for pair in first_of_each(pairs, 5)] == ["0", "2", "4", "6", "8", "0", "1"]
    assert first_of_each(pairs, None) == pairs


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "not a JSON object"),
        ({"claim": "a", "source": "b"}, 'no "label"'),
        (ROW | {"source": " "}, 'no "source"'),
        (ROW | {"label": "PERHAPS"}, "'PERHAPS' is not known"),
    ],
)
def test_a_broken_pair_is_named_by_file_and_line(tmp_path: Path, row: object, message: str) -> None:
    path = write(tmp_path / "p.jsonl", [ROW, row])
    with pytest.raises(DatasetError, match=rf"p\.jsonl:2: .*{message}"):
        load_pairs([path])


def test_the_shipped_pairs_have_all_labels() -> None:
    pairs = load_pairs([shipped_file("sample-pairs.jsonl")])
    assert {pair.label for pair in pairs} == {"support", "contradict", "not_enough_info"}
    assert len({pair.id for pair in pairs}) == len(pairs) >= 80
    assert sum(pair.supported for pair in pairs) == pytest.approx(len(pairs) / 2, abs=8)


@pytest.mark.parametrize("name", ["scifact", "healthver", "covidfact", "wice", "attributionbench"])
def test_real_sets_are_read(name: str) -> None:
    pairs = load_pairs([shared_data(f"faithfulness/{name}.jsonl.gz")])
    assert {pair.dataset for pair in pairs} == {name}
    assert 0 < sum(pair.supported for pair in pairs) < len(pairs)
