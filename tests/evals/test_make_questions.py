import json
from pathlib import Path

import pytest

from assistant.llms.registry import make_chat_client
from assistant.settings import LLMConfig
from evals.make_questions import by_rule, draft_items
from evals.metrics.correctness import fact_recall
from evals.suite import Item, load_suite
from ingest.paper import Paper
from tests.assistant.cli.calls import run
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer
from tests.support.papers import own_papers

LAKE = Paper(id="lake", title="Lakes", abstract="Lakes are old. Ours froze 12.5% earlier.")


def test_a_question_by_rule_hides_the_figure_that_it_asks_for() -> None:
    draft = by_rule(LAKE)
    assert draft is not None
    assert draft.facts == [["12.5%"]]
    assert "12.5" not in draft.question
    assert "Ours froze ___ earlier" in draft.question


@pytest.mark.parametrize(
    ("abstract", "fact"),
    [
        ("Models of 120M and 1.4B parameters.", "1.4B"),
        ("It takes 5 timesteps and 31.0% less time.", "31.0%"),
        ("It needs 2.5-fold more, or 3 times as much.", "2.5"),
    ],
)
def test_a_figure_by_rule_stands_in_the_abstract_as_the_metric_reads_it(
    abstract: str, fact: str
) -> None:
    draft = by_rule(LAKE.model_copy(update={"abstract": abstract}))
    assert draft is not None
    assert draft.facts == [[fact]]
    assert fact_recall(abstract, draft.facts) == 1


def test_an_abstract_without_a_figure_has_no_question() -> None:
    assert by_rule(LAKE.model_copy(update={"abstract": "Lakes are old since 1999."})) is None


def test_long_sentences_are_cut_at_words() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    draft = by_rule(LAKE.model_copy(update={"abstract": f"{words} reaches 40% of {words}."}))
    assert draft is not None
    assert len(draft.question) < 300
    assert "… word" in draft.question


def test_drafts_are_items_of_a_suite() -> None:
    rows = list(draft_items(own_papers(), 6))
    items = [Item.model_validate(row) for row in rows]
    by_id = {paper.id: paper for paper in own_papers()}
    assert len({item.id for item in items}) == 6
    assert {item.split for item in items} == {"tune", "test"}
    for item in items:
        (paper_id,) = item.gold_ids
        assert fact_recall(by_id[paper_id].abstract, item.facts) == 1
    assert rows == list(draft_items(reversed(own_papers()), 6))


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ('{"question": "How early?", "facts": [["12.5%"]]}', "How early?"),
        ('Sure: {"question": "How early?", "facts": [["12.5%"]]} there.', "How early?"),
        ('{"question": "How early?", "facts": [["99%"]]}', "which figure belongs here"),
        ('{"question": "How early?", "facts": []}', "which figure belongs here"),
        ('{"question": "How early?", "facts": [["2.5"]]}', "which figure belongs here"),
        ('{"question": " ", "facts": [["12.5%"]]}', "which figure belongs here"),
        ('{"question": "How early?", "facts": [["12.5%", " "]]}', "How early?"),
        ("I cannot.", "which figure belongs here"),
    ],
)
def test_a_model_words_the_question_and_is_not_believed(
    openai_server: OpenAIServer, reply: str, question: str
) -> None:
    openai_server.queue(Reply(reply))
    chat = make_chat_client(LLMConfig(base_url=openai_server.base_url, model="test-chat"))
    assert chat is not None
    (row,) = draft_items([LAKE], 1, chat)
    chat.close()
    assert question in row["question"]
    assert row["facts"] == [["12.5%"]]


def test_the_command_writes_a_suite_and_spares_corrections(
    small_library_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mine.jsonl"
    arguments = ("eval", "make", "--n", 4, "--library", small_library_path, "--out", out)
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert len(load_suite(out)) == 4
    out.write_text("corrected")
    assert run(*arguments).exit_code == 2
    assert out.read_text() == "corrected"
    assert run(*arguments, "--force").exit_code == 0
    assert json.loads(out.read_text().splitlines()[0])["_id"] == "draft-001"
