import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from evals.errors import DatasetError
from evals.report.files import write_report
from evals.report.model import load_report, schema_text
from evals.report.page import render_page
from evals.report.summary import markdown, shown, summary_text
from evals.suite import shipped_file
from tests.evals.reports import HOSTILE, REFUSED, RIGHT, WRONG, report

SCHEMA = shipped_file("").parent / "report" / "report.schema.json"
MIXED = report([RIGHT] * 6 + [WRONG, REFUSED, "the model is down"])


class Tags(HTMLParser):
    """Collects tags and their addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [v or "" for name, v in attrs if name in ("src", "href", "xlink:href")]


def test_the_figures_of_a_run_by_hand() -> None:
    """Of nine answerable items six are right, one wrong, one refused, one an error."""
    assert MIXED.figure("correctness").value == pytest.approx(6 / 9, abs=1e-6)
    assert MIXED.figure("faithfulness").value == pytest.approx(8 / 10, abs=1e-6)
    assert MIXED.figure("ragas faithfulness").value == pytest.approx(6 / 8, abs=1e-6)
    assert MIXED.figure("errors").value == pytest.approx(1 / 10, abs=1e-6)
    assert MIXED.figure("abstention precision").value == pytest.approx(1 / 3, abs=1e-6)
    assert MIXED.figure("abstention recall").value == 1
    assert MIXED.problems == {"error": 1, "wrong claim": 1, "wrong refusal": 1}
    assert MIXED.worst == ("i08", "i06", "i07")


def test_every_interval_holds_its_value() -> None:
    for figure in MIXED.figures:
        if figure.value is not None:
            assert figure.low is not None
            assert figure.high is not None
            assert figure.low <= figure.value <= figure.high
            assert figure.n > 0


def test_the_same_answers_give_the_same_figures() -> None:
    again = report([RIGHT] * 6 + [WRONG, REFUSED, "the model is down"])
    assert again == MIXED


def test_no_answerable_item_and_no_answer_at_all_are_no_error() -> None:
    empty = report([])
    assert empty.figure("correctness").value is None
    assert empty.figure("faithfulness").value == 1
    assert empty.figure("ragas faithfulness").value is None
    assert "abstention F1" in summary_text(empty)
    assert "<html" in render_page(empty)


def test_faithfulness_is_corrected_for_the_judge() -> None:
    """A judge without error leaves the share as it is, but not its certainty."""
    ours, ragas = MIXED.corrected
    assert (ours.name, ragas.name) == ("faithfulness", "ragas faithfulness")
    assert ragas.value == ragas.measured == pytest.approx(6 / 8, abs=1e-6)
    assert ours.value == pytest.approx(1 - 0.8 + 0.8 * 6 / 8, abs=1e-6)
    assert ragas.low < ragas.value <= ragas.high


def test_the_page_is_one_file_that_loads_nothing() -> None:
    page = render_page(MIXED)
    found = Tags(page)
    assert found.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(found.tags)
    assert "url(" not in page
    assert "@import" not in page
    assert found.tags.count("svg") >= 8


def test_the_page_shows_what_went_wrong() -> None:
    page = render_page(MIXED)
    for text in (
        "wrong claim",
        "wrong refusal",
        "the model is down",
        "The lake is 64 m deep.",
        "not_supported",
        "missing</span>: 95 m",
        "prompts/answer.user.md",
        "Cohen&#39;s κ" if "Cohen&#39;s" in page else "Cohen's κ",
    ):
        assert text in page


def test_the_page_says_what_stands_in_place_of_a_fact() -> None:
    fact = MIXED.items[1].facts[0].model_copy(update={"state": "contradicted", "instead": "64 m"})
    items = [item.model_copy(update={"facts": (fact,)}) for item in MIXED.items]
    page = render_page(MIXED.model_copy(update={"items": tuple(items)}))
    assert "contradicted</span>: 95 m, in place of which stands 64 m</li>" in page


def test_hostile_text_stays_text() -> None:
    made = report([WRONG] * 3, hostile=True)
    page = render_page(made)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    table = markdown(made)
    assert HOSTILE not in table
    assert "![x](" not in table


def test_the_document_is_read_back(tmp_path: Path) -> None:
    written = write_report(MIXED, tmp_path / "run")
    assert {path.name for path in written} == {"report.html", "report.json", "report.md"}
    assert load_report(tmp_path / "run") == MIXED
    assert load_report(tmp_path / "run" / "report.json") == MIXED


def test_a_document_that_is_no_report_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"report\.json is missing; make a run with"):
        load_report(tmp_path)
    (tmp_path / "report.json").write_text('{"format_version": 2}')
    with pytest.raises(DatasetError, match="no report of this version"):
        load_report(tmp_path)


def test_the_schema_is_the_shipped_one() -> None:
    """Renew it with: python -c "from evals.report.model import *; print(schema_text(), end='')"."""
    assert SCHEMA.read_text() == schema_text()
    described = set(properties(json.loads(schema_text())))
    assert described >= {"figures", "corrected", "groups", "worst", "items", "judge"}


def test_a_report_fits_the_schema_and_a_broken_one_does_not() -> None:
    schema = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))
    document = json.loads(MIXED.model_dump_json())
    assert [error.message for error in schema.iter_errors(document)] == []
    assert not schema.is_valid(document | {"figures": [{"name": "correctness"}]})
    assert not schema.is_valid({key: document[key] for key in document if key != "items"})


def test_errors_and_unjudged_sentences_are_told_first() -> None:
    for text in (summary_text(MIXED), markdown(MIXED)):
        assert "ended in an error and count as wrong: 1. Most often: " in text
        assert "not judged" not in text
    spoken = MIXED.items[0].sentences[0].model_copy(update={"label": "unjudged"})
    first = MIXED.items[0].model_copy(update={"sentences": (spoken,)})
    unjudged = MIXED.model_copy(update={"items": (first, *MIXED.items[1:])})
    assert "not judged and count neither way: 1." in markdown(unjudged)


def properties(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema["properties"]


def test_a_citation_figure_never_stands_without_correctness() -> None:
    for text in (summary_text(MIXED), markdown(MIXED)):
        assert text.index("correctness") < text.index("citation F1")
        for line in text.splitlines():
            if "| citation" in line and re.search("kind", line):
                assert "correctness" in line


@pytest.mark.parametrize(("value", "text"), [(0.5, ".500"), (1.0, "1.000"), (None, "-")])
def test_shares_are_printed_as_papers_do(value: float | None, text: str) -> None:
    assert shown(value) == text
