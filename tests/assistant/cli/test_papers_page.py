"""The real page of 72 papers, from the command line."""

import json
from pathlib import Path

import pytest

from tests.assistant.cli.calls import ROOT, run, run_json

PAGE = ROOT.parent / "shared/data/papers-page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason=f"{PAGE} is absent")


@pytest.fixture(scope="module")
def page_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the page."""
    folder = tmp_path_factory.mktemp("page") / "library"
    result = run("ingest", PAGE, "--library", folder, "--json")
    report = json.loads(result.stdout)
    assert (report["read"], report["added"], report["failed"]) == (72, 72, [])
    return folder


def test_the_second_run_adds_nothing(page_library: Path) -> None:
    report = run_json("ingest", PAGE, "--library", page_library)
    assert (report["added"], report["unchanged"], report["embedded_tokens"]) == (0, 72, 0)
    assert run_json("library", "stats", "--library", page_library)["papers"] == 72


def test_which_papers_replace_mlps_with_kans(page_library: Path) -> None:
    answer = run_json("ask", "which papers replace MLPs with KANs?", "--library", page_library)
    titles = list(dict.fromkeys(c["paper"]["title"] for c in answer["citations"]))
    assert titles[0] == "Kolmogorov-Arnold Transformer"
    assert any(title.startswith("Activation Space Selectable") for title in titles[1:])
    for citation in answer["citations"]:
        abstract = citation["paper"]["abstract"]
        assert abstract[citation["start"] : citation["end"]] == citation["quote"]


def test_what_accuracy_poolformer_reaches(page_library: Path) -> None:
    question = "What accuracy does PoolFormer reach on ImageNet-1K?"
    answer = run_json("ask", question, "--library", page_library)
    assert "82.1%" in answer["text"]
    assert "82.1%" in answer["citations"][0]["quote"]
    assert answer["citations"][0]["number"] == 1


def test_the_capital_of_france_is_refused(page_library: Path) -> None:
    answer = run_json("ask", "What is the capital of France?", "--library", page_library)
    assert (answer["status"], answer["citations"]) == ("not_in_library", [])
    assert "the library does not answer this" in answer["text"]
