"""Taking a conversation along, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.chat.server import PageServer
from tests.assistant.chat.asking import ACCURACY, SPEED, ask, go_to
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUOTE


@pytest.fixture
def page(server: PageServer, open_page: OpenPage) -> Page:
    page = open_page(server)
    ask(page, SPEED)
    ask(page, ACCURACY)
    go_to(page, "Export")
    expect(page.locator("#export-note")).to_contain_text("2 questions, 2 papers cited")
    return page


def download(page: Page, name: str, begins: str) -> tuple[str, str]:
    page.get_by_label(name, exact=True).check()
    expect(page.get_by_label("Preview")).to_have_value(begins_with(begins))
    with page.expect_download() as downloaded:
        page.locator("#download").click()
    text = Path(downloaded.value.path()).read_text("utf-8")
    return downloaded.value.suggested_filename, text


def begins_with(text: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(text))


def test_every_document_is_downloaded(page: Page) -> None:
    name, text = download(page, "HTML", "<!doctype html>")
    assert name == "conversation.html"
    assert QUOTE in text
    name, text = download(page, "Markdown", "# Conversation")
    assert name == "conversation.md"
    assert f"> {QUOTE}" in text
    name, text = download(page, "JSON", "{")
    assert [exchange["question"] for exchange in json.loads(text)["exchanges"]] == [SPEED, ACCURACY]


def test_the_cited_papers_come_in_the_order_of_citation(page: Page) -> None:
    name, text = download(page, "BibTeX", "@")
    assert name == "cited.bib"
    assert text.index("Thistle") < text.index("Quillfeather")
    assert "Bramblewick" not in text
    assert text.count("@") == 2
    _, ris = download(page, "RIS", "1.")
    assert ris.count("TY  -") == 2
    _, csl = download(page, "CSL-JSON", "[")
    assert [entry["title"].split(":")[0] for entry in json.loads(csl)] == [
        "Thistle",
        "Quillfeather",
    ]


def test_there_is_nothing_to_export_at_first(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Export")
    expect(page.locator("#export-note")).to_contain_text("Nothing to export yet")
    expect(page.locator("#download")).to_be_disabled()
