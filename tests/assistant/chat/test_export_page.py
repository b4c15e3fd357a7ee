"""Taking a conversation along, in a real browser."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer
from ingest.paper import Paper
from ingest.pipeline import read_papers
from tests.assistant.chat.asking import ACCURACY, SPEED, ask, go_to
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUILLFEATHER, QUOTE, THISTLE

CONVERSATIONS = ["conversation.html", "conversation.md"]


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


@pytest.mark.parametrize(("name", "begins"), [("BibTeX", "@"), ("RIS", "1."), ("CSL-JSON", "[")])
def test_the_cited_papers_are_read_back_as_they_were(
    page: Page, tmp_path: Path, name: str, begins: str
) -> None:
    file, text = download(page, name, begins)
    (tmp_path / file).write_text(text, encoding="utf-8")
    read = [paper for paper in read_papers([tmp_path / file]) if isinstance(paper, Paper)]
    for paper, given in zip(read, (THISTLE, QUILLFEATHER), strict=True):
        for field in ("title", "abstract", "year"):
            assert getattr(paper, field) == given[field]
    assert read[1].authors == ("Ada Marsh", "Bo Lindqvist")
    assert (read[1].venue, read[1].url) == (QUILLFEATHER["venue"], QUILLFEATHER["url"])


def test_no_document_stays_when_the_page_is_closed(
    assistant: Assistant, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("GRADIO_TEMP_DIR", raising=False)
    with launch(assistant, port=0) as server:
        page = open_page(server)
        ask(page, SPEED)
        go_to(page, "Export")
        download(page, "HTML", "<!doctype html>")
        assert [file.name for file in written(tmp_path)] == CONVERSATIONS
        page.close()
    assert written(tmp_path) == []


def written(folder: Path) -> list[Path]:
    return sorted(
        (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size),
        key=lambda path: path.suffix,
    )


def test_there_is_nothing_to_export_at_first(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Export")
    expect(page.locator("#export-note")).to_contain_text("Nothing to export yet")
    expect(page.locator("#download")).to_be_disabled()
