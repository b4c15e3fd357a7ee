"""`paper-assistant eval retrieval`, end to end on a tiny collection."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.api import Assistant
from assistant.settings import Settings
from tests.assistant.cli.calls import read_lines, run, run_json
from tests.evals.beir_folder import DOCS, QRELS, write_beir

MEASURES = {"ndcg@10", "recall@5", "recall@20", "recall@50", "mrr@10", "success@1"}

NAMES = [
    *("plain-dense", "plain-lexical", "plain-rrf", "plain-convex", "plain-search"),
    *("dense", "lexical", "rrf", "convex", "names", "feedback", "no-lead", "search"),
]


def by_name(document: Any) -> dict[str, Any]:
    return {variant["name"]: variant for variant in document["variants"]}


def test_the_document_has_the_documented_fields(beir: Path, library: Path) -> None:
    document = run_json("eval", "retrieval", "--beir", beir, "--library", library)
    assert document.keys() >= {"split", "queries", "docs", "variants"}
    assert (document["split"], document["queries"], document["docs"]) == ("test", 3, 4)
    assert [variant["name"] for variant in document["variants"]] == NAMES
    for variant in document["variants"]:
        assert variant.keys() == MEASURES | {"name"}
        for measure in MEASURES:
            figure = variant[measure]
            assert 0 <= figure["low"] <= figure["mean"] <= figure["high"] <= 1


def test_lexical_figures_are_as_worked_out_by_hand(beir: Path, library: Path) -> None:
    """Two of three queries name their document's words, and the third shares none with any."""
    document = run_json("eval", "retrieval", "--beir", beir, "--library", library)
    lexical = by_name(document)["lexical"]
    assert {name: lexical[name]["mean"] for name in MEASURES} == dict.fromkeys(
        MEASURES, pytest.approx(2 / 3, abs=1e-6)
    )
    assert (lexical["ndcg@10"]["low"], lexical["ndcg@10"]["high"]) == (0, 1)


def test_all_but_the_baseline_are_compared_with_it(beir: Path, library: Path) -> None:
    options = ("--variants", "lexical,convex,rrf", "--baseline", "convex")
    document = run_json("eval", "retrieval", "--beir", beir, "--library", library, *options)
    variants = by_name(document)
    assert list(variants) == ["lexical", "convex", "rrf"]
    assert document["baseline"] == "convex"
    for name in ("lexical", "rrf"):
        figure = variants[name]["mrr@10"]
        assert figure["difference"] == pytest.approx(
            figure["mean"] - variants["convex"]["mrr@10"]["mean"], abs=1e-5
        )
        assert 0 < figure["p_value"] <= figure["p_holm"] <= 1
    assert variants["convex"]["mrr@10"].keys() == {"mean", "low", "high"}


def test_people_get_a_table(beir: Path, library: Path) -> None:
    result = run("eval", "retrieval", "--beir", beir, "--library", library)
    header, *rows, counted, marks = result.stdout.splitlines()
    assert result.exit_code == 0
    assert header.split() == [
        *("variant", "ndcg@10", "recall@5", "recall@20", "recall@50", "mrr@10", "success@1")
    ]
    assert [row.split()[0] for row in rows] == NAMES
    assert rows[NAMES.index("lexical")].split()[1:3] == [".667", ".000-1.000"]
    assert counted.startswith("3 queries of split test, 4 documents")
    assert "dense" in marks


def test_every_query_has_its_line(beir: Path, library: Path) -> None:
    run_json("eval", "retrieval", "--beir", beir, "--library", library, "--per-query", "q.jsonl")
    lines = read_lines(Path("q.jsonl"))
    assert [line["_id"] for line in lines] == ["q1", "q2", "q3"]
    first, _, unmatched = (line["variants"]["lexical"] for line in lines)
    assert lines[0]["relevant"] == {"d1": 1}
    assert first.keys() == MEASURES | {"ranks", "top"}
    assert (first["ndcg@10"], first["ranks"], first["top"]) == (1, {"d1": 1}, ["d1"])
    assert (unmatched["ndcg@10"], unmatched["ranks"], unmatched["top"]) == (0, {"d1": None}, [])


def test_the_first_queries_only(beir: Path, library: Path) -> None:
    arguments = ("eval", "retrieval", "--beir", beir, "--library", library)
    document = run_json(*arguments, "--limit-queries", 2, "--variants", "lexical")
    assert document["queries"] == 2
    assert by_name(document)["lexical"]["success@1"]["mean"] == 1


def test_the_library_is_built_once(beir: Path, tmp_path: Path) -> None:
    arguments = ("eval", "retrieval", "--beir", beir, "--json")
    first, second = run(*arguments), run(*arguments)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Building the library" in first.stderr
    assert "4 documents" in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout
    assert len(list(tmp_path.glob("**/evals/birds-*"))) == 1


def test_a_library_of_ones_own_is_used_and_its_gaps_are_told(beir: Path, tmp_path: Path) -> None:
    """Ingest leaves out d3, which has no title, and d4, which has no abstract."""
    with Assistant(Settings.model_validate({"library": {"path": tmp_path / "own"}})) as assistant:
        assistant.ingest([beir / "corpus.jsonl"])
    result = run("eval", "retrieval", "--beir", beir, "--library", "own", "--json")
    document = json.loads(result.stdout)
    assert (document["docs"], document["missing_docs"]) == (2, 2)
    assert by_name(document)["lexical"]["recall@50"]["mean"] == pytest.approx(1 / 3, abs=1e-6)
    assert result.stderr.startswith("Warning: 2 documents of the corpus are not in the library; 1 ")
    assert not (tmp_path / "own" / "corpus.json").exists()


def test_papers_from_outside_the_corpus_are_not_ranked(beir: Path, tmp_path: Path) -> None:
    larger = write_beir(tmp_path / "larger", [*DOCS, {**DOCS[0], "_id": "twin"}])
    run_json("eval", "retrieval", "--beir", larger, "--library", "both", "--variants", "lexical")
    (tmp_path / "both" / "corpus.json").unlink()
    run_json("eval", "retrieval", "--beir", beir, "--library", "both", "--per-query", "q.jsonl")
    for line in read_lines(Path("q.jsonl")):
        assert "twin" not in line["variants"]["dense"]["top"]


def test_a_library_of_other_papers_is_an_error(beir: Path, small_library_path: Path) -> None:
    result = run("eval", "retrieval", "--beir", beir, "--library", small_library_path)
    assert result.exit_code == 1
    assert "holds none of the documents" in result.stderr


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--split", "dev"], 1, "dev.tsv is missing; --split may be test"),
        (["--variants", "dense,magic"], 2, "there is no 'magic'; there are plain-dense"),
        (["--variants", ""], 2, "there is no ''"),
        (["--variants", "dense", "--baseline", "rrf"], 2, "'rrf' is not among dense"),
        (["--limit-queries", "0"], 2, "--limit-queries"),
        (["--per-query", "no/such/folder/q.jsonl"], 1, "cannot be written"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    beir: Path, library: Path, options: list[str], code: int, message: str
) -> None:
    result = run("eval", "retrieval", "--beir", beir, "--library", library, "--json", *options)
    assert result.exit_code == code
    assert message in json.loads(result.stdout)["error"]["message"]


def test_a_broken_line_is_named_and_nothing_is_written(beir: Path, library: Path) -> None:
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\n")
    options = ("--library", library, "--per-query", "q.jsonl")
    result = run("eval", "retrieval", "--beir", beir, *options)
    assert result.exit_code == 1
    assert "test.tsv:2: needs query id" in result.stderr
    assert not Path("q.jsonl").exists()


def test_queries_without_any_hit_score_0(tmp_path: Path, library: Path) -> None:
    queries = [{"_id": "q1", "text": "zzxqk"}, {"_id": "q2", "text": "..."}]
    folder = write_beir(tmp_path / "b", queries=queries, qrels={"test": QRELS[:2]})
    arguments = ("eval", "retrieval", "--beir", folder, "--library", library)
    assert by_name(run_json(*arguments))["lexical"]["recall@50"] == {
        "mean": 0,
        "low": 0,
        "high": 0,
        **{name: pytest.approx(value) for name, value in _against_dense().items()},
    }


def _against_dense() -> dict[str, float]:
    """Four documents are all among the fifty nearest, so dense recall is 1; two queries differ."""
    return {"difference": -1, "p_value": 2 / 4, "p_holm": 1}
