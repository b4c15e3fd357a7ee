"""A comparison as a table, on request: its rows are cited and stay a table."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.assemble import text_of
from assistant.draft import Draft, DraftSentence, Quote
from assistant.extractive.table import without_table
from assistant.sentences import cited_sentences
from ingest.paper import Paper
from tests.support.assistants import extractive_settings
from tests.support.checks import assert_sound


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Compare PetalMixer and SplineBlock in a table", "Compare PetalMixer and SplineBlock"),
        ("Compare A and B, as a Markdown table.", "Compare A and B ."),
        ("Give me a table of A versus B", "A versus B"),
        ("tabulate A versus B", "A versus B"),
    ],
)
def test_the_wish_is_taken_out(question: str, plain: str) -> None:
    assert without_table(question) == (plain, True)


@pytest.mark.parametrize("question", ["What stands in Table 2?", "Is it stable and comparable?"])
def test_other_tables_stay(question: str) -> None:
    assert without_table(question) == (question, False)


def test_a_comparison_as_a_table(small_library_path: Path) -> None:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        answer = assistant.ask("Compare PetalMixer and SplineBlock on ImageNet-1K in a table")
    assert_sound(answer)
    assert answer.status == "answered"
    _, blank, head, rule, *rows = answer.text.split("\n")
    assert (blank, head, rule) == ("", "| Paper | Passage |", "|---|---|")
    assert {c.paper.id for c in answer.citations} == {"petalmixer", "splineblock"}
    assert all(row.startswith("| ") and row.endswith("] |") for row in rows)
    assert len(cited_sentences(answer.text)) == len(rows) == len(answer.sentences)
    assert all(numbers for _, numbers in cited_sentences(answer.text))


def test_a_bar_or_a_line_end_in_a_passage_does_not_end_its_cell() -> None:
    paper = Paper(id="p", title="A | B", abstract="P(x | y)\nis 0.5.")
    quote = Quote(paper=paper, start=0, end=len(paper.abstract))
    sentence = DraftSentence(text=quote.text, quotes=(quote,), lead=paper.title)
    row = text_of(Draft(heading="Found:", sentences=(sentence,), table=True)).split("\n")[-1]
    assert row == "| A \\| B | “P(x \\| y) is 0.5.” [1] |"
