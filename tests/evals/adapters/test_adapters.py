import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.adapters import read_suites
from evals.errors import DatasetError
from tests.evals.beir_folder import write_beir
from tests.support.shared_data import shared_data

PUBMED = {
    "id": "q1",
    "question": "Does it help?",
    "doc_id": "7",
    "source": "It helped.",
    "answer": "yes",
}
PASSAGES = ["It", "helped."]
SCHOLAR: dict[str, Any] = {
    "input": "Does it help?",
    "answer": "false",
    "gold_ctx": [{"title": "Trial", "text": "It did not help."}],
}


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_pubmedqa(tmp_path: Path) -> None:
    items, papers = read_suites([write(tmp_path / "p.jsonl", PUBMED)])
    assert [(i.id, i.question, i.verdict, i.gold_ids) for i in items] == [
        ("q1", "Does it help?", "yes", frozenset({"7"}))
    ]
    assert [(p.id, p.abstract) for p in papers] == [("7", "It helped.")]
    assert "Does it help" not in papers[0].title


@pytest.mark.parametrize(
    "document",
    [
        {
            "7": {
                "QUESTION": "Does it help?",
                "CONTEXTS": ["It", "helped."],
                "final_decision": "yes",
            }
        },
        [
            {
                "pubid": 7,
                "question": "Does it help?",
                "context": {"contexts": PASSAGES, "labels": ["A", "B"]},
                "final_decision": "yes",
            }
        ],
    ],
    ids=["the authors' file", "the hub's"],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_pubmedqa_as_published(tmp_path: Path, document: object, indent: int | None) -> None:
    path = tmp_path / "ori_pqal.json"
    path.write_text(json.dumps(document, indent=indent))
    ((item,), (paper,)) = read_suites([path])
    assert (item.id, item.question, item.verdict) == ("7", "Does it help?", "yes")
    assert (paper.id, paper.abstract) == ("7", "It helped.")


def test_scholarqabench(tmp_path: Path) -> None:
    """True and false are yes and no; QASA's long answers have no verdict, and bring the paper."""
    qasa = {
        "input": "How?",
        "answer": "By a long way round.",
        "gold_ctxs": [{"title": "Trial", "text": "Round."}],
        "ctxs": [{"title": "Trial", "text": "Round."}, {"title": "Trial", "text": "Other."}],
    }
    items, papers = read_suites([write(tmp_path / "s.jsonl", SCHOLAR, qasa)])
    assert [(i.verdict, i.kind, len(i.gold_ids)) for i in items] == [
        ("no", "fact", 1),
        (None, "explain", 1),
    ]
    assert [p.abstract for p in papers] == ["It did not help.", "Round.", "Other."]


def test_scholarqabench_as_a_list_with_listed_answers_and_blank_contexts(tmp_path: Path) -> None:
    row = SCHOLAR | {
        "answer": ["true"],
        "gold_ctx": [*SCHOLAR["gold_ctx"], {"title": "", "text": ""}],
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps([row, row], indent=1))
    items, papers = read_suites([path])
    assert [(item.id, item.verdict) for item in items] == [("1", "yes"), ("2", "yes")]
    assert len(papers) == 1


def test_a_folder_is_beirs(tmp_path: Path) -> None:
    items, papers = read_suites([write_beir(tmp_path / "birds")])
    assert [(i.id, *i.gold_ids) for i in items] == [("q1", "d1"), ("q2", "d3"), ("q3", "d1")]
    assert [p.id for p in papers] == ["d1", "d2", "d3", "d4"]


def test_several_suites_are_one(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", PUBMED)
    other = write(tmp_path / "other.jsonl", PUBMED | {"id": "q2"})
    items, papers = read_suites([one, other])
    assert [item.id for item in items] == ["q1", "q2"]
    assert len(papers) == 1
    with pytest.raises(DatasetError, match=r"one\.jsonl:1: the _id 'q1' stands at"):
        read_suites([one, one])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([PUBMED, PUBMED | {"answer": "perhaps"}], r":2: the answer 'perhaps' is none of yes"),
        ([PUBMED, PUBMED | {"source": ""}], r':2: no "source"'),
        ([PUBMED, "{"], ":2: not valid JSON"),
        ([SCHOLAR, {"input": "x", "answer": "yes"}], r':2: no "gold_ctx"'),
        ([SCHOLAR, SCHOLAR | {"gold_ctx": ["x"]}], ":2: a context must be an object"),
        (["{"], ":1: "),
        (["[1, 2]"], ":1: "),
        ([SCHOLAR, SCHOLAR | {"gold_ctx": [{"text": " "}]}], r':2: no "gold_ctx" with text'),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(
    tmp_path: Path, rows: Sequence[object], message: str
) -> None:
    path = write(tmp_path / "x.jsonl", *rows)
    with pytest.raises(DatasetError, match=rf"x\.jsonl{message}"):
        read_suites([path])


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere is no file"):
        read_suites([tmp_path / "nowhere"])
    with pytest.raises(DatasetError, match=r"qrels has none of test\.tsv"):
        read_suites([tmp_path])


def test_real_pubmedqa() -> None:
    items, papers = read_suites([shared_data("answers/pubmedqa.jsonl")])
    assert len(items) == 500
    assert {item.verdict for item in items} == {"yes", "no", "maybe"}
    assert {i for item in items for i in item.gold_ids} <= {paper.id for paper in papers}
