"""Files that readers bring to the page: packed, broken, too large; in a real browser."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.export import export_papers
from assistant.server_config import ServerConfig
from assistant.settings import LLMConfig, Settings
from ingest.paper import Paper
from tests.assistant.chat.asking import go_to
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUILLFEATHER, THISTLE

LIMIT = 50_000


@pytest.fixture
def library_page(tmp_path: Path, open_page: OpenPage) -> Iterator[tuple[Assistant, Page]]:
    """The Library tab over an empty library, which takes uploads of up to `LIMIT` bytes."""
    settings = Settings(
        library={"path": tmp_path / "library"},
        llm=LLMConfig(provider="extractive"),
        server=ServerConfig(max_upload_bytes=LIMIT),
    )
    with Assistant(settings) as assistant, launch(assistant, port=0) as server:
        page = open_page(server)
        go_to(page, "Library")
        yield assistant, page


def drop(page: Page, **files: bytes) -> None:
    """Upload files; a name's underscore stands for its dot."""
    payloads = [
        FilePayload(
            name=name.replace("_", "."), mimeType="application/octet-stream", buffer=content
        )
        for name, content in files.items()
    ]
    page.locator("#files input[type=file]").set_input_files(payloads)


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return packed.getvalue()


def test_packed_files_of_several_formats_come_in(library_page: tuple[Assistant, Page]) -> None:
    assistant, page = library_page
    quillfeather, thistle = Paper.model_validate(QUILLFEATHER), Paper.model_validate(THISTLE)
    archive = zipped(
        mine_ris=export_papers([quillfeather], "ris"),
        mine_bib=export_papers([thistle], "bibtex"),
    )
    table = "Title,Abstract,Year\nA table of teasels,Teasels are counted in three fields.,2021\n"
    drop(page, both_zip=archive, table_csv_gz=gzip.compress(table.encode()))
    expect(page.locator(".report")).to_contain_text("3 read: 3 added")
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator(".report h3")).to_have_text("Added")
    expect(page.locator("#papers tbody tr")).to_have_count(3)
    found = {paper.title: paper.year for paper in assistant.papers().papers}
    assert found == {
        quillfeather.title: 2023,
        thistle.title: 2024,
        "A table of teasels": 2021,
    }


def test_a_broken_record_is_named_with_file_line_and_reason(
    library_page: tuple[Assistant, Page],
) -> None:
    assistant, page = library_page
    lines = json.dumps(QUILLFEATHER), '{"title": "Broken", "abstract":', json.dumps(THISTLE)
    drop(page, mine_jsonl="\n".join(lines).encode())
    report = page.locator(".report")
    expect(report).to_contain_text("2 added")
    expect(report).to_contain_text("mine.jsonl:2: not valid JSON")
    expect(report).to_contain_text("one object a line")
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator(".report h3")).to_have_text("Added")
    assert assistant.stats().papers == 2


def test_what_is_too_large_is_refused_with_the_remedy_and_the_page_goes_on(
    library_page: tuple[Assistant, Page],
) -> None:
    _, page = library_page
    expect(page.locator("#adding")).to_contain_text("Up to 48.8 KiB at a time")
    drop(page, big_jsonl=b"x" * (LIMIT + 1))
    told = page.get_by_test_id("toast-text")
    expect(told).to_contain_text("big.jsonl")
    expect(page.locator("#adding")).to_contain_text("PAPERS_SERVER__MAX_UPLOAD_BYTES")
    half = b"x" * (LIMIT // 2)
    drop(page, a_jsonl=half, b_jsonl=half, c_jsonl=half)
    expect(told.filter(has_text="larger than 50,000 bytes together")).to_be_visible()
    drop(page, mine_jsonl=json.dumps(QUILLFEATHER).encode())
    expect(page.locator(".report")).to_contain_text("1 read: 1 added")
