"""Adding, finding, looking at and deleting papers, in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, FilePayload, Page, Route, expect

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer
from assistant.settings import LLMConfig, Settings
from tests.assistant.chat.asking import ACCURACY, ask, go_to
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUILLFEATHER, THISTLE


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Assistant, PageServer]]:
    """A page over a library that is not there yet."""
    settings = Settings(
        library={"path": tmp_path / "library"}, llm=LLMConfig(provider="extractive")
    )
    with Assistant(settings) as assistant, launch(assistant, port=0) as server:
        yield assistant, server


def as_file(name: str, *papers: dict[str, object]) -> FilePayload:
    text = "\n".join(json.dumps(paper) for paper in papers)
    return FilePayload(name=name, mimeType="application/jsonl", buffer=text.encode())


def titles(page: Page) -> list[str]:
    return page.locator("#papers tbody th").all_inner_texts()


def test_a_first_visit_adds_papers_and_asks_them(
    empty: tuple[Assistant, PageServer], open_page: OpenPage
) -> None:
    assistant, server = empty
    page = open_page(server)
    expect(page.locator(".welcome")).to_contain_text("The library is empty")
    expect(page.get_by_role("button", name="Add the sample")).to_be_visible()
    page.get_by_role("button", name="Add my papers").click()
    expect(page.locator("#papers")).to_contain_text("No papers yet")
    page.locator("#files input[type=file]").set_input_files(
        [as_file("mine.jsonl", QUILLFEATHER, THISTLE, {"id": "bare", "title": "No abstract"})]
    )
    expect(page.locator(".report")).to_contain_text("nothing is written yet")
    expect(page.locator(".report")).to_contain_text("3 read: 2 added")
    assert assistant.library() is None
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator(".report h3")).to_have_text("Added")
    expect(page.locator("#papers tbody tr")).to_have_count(2)
    expect(page.locator("footer")).to_contain_text("2 papers")
    stored = assistant.get("thistle")
    assert stored is not None
    assert [source.file for source in stored.sources] == ["upload:mine.jsonl"]
    go_to(page, "Ask")
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")


def test_the_sample_is_one_click_and_its_progress_is_shown(
    empty: tuple[Assistant, PageServer], open_page: OpenPage
) -> None:
    _, server = empty
    page = open_page(server)
    page.evaluate("""() => {
      window.seen = [];
      new MutationObserver(() => {
        const bar = document.querySelector("#arrival progress");
        if (bar) window.seen.push(bar.max);
      }).observe(document.body, {
        attributes: true, characterData: true, childList: true, subtree: true,
      });
    }""")
    page.get_by_role("button", name="Add the sample").click()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".report h3")).to_have_text("Added", timeout=90_000)
    assert 72 in page.evaluate("window.seen")
    expect(page.locator("footer")).to_contain_text("72 papers")
    expect(page.locator("#papers tbody tr")).to_have_count(25)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".table-foot")).to_contain_text("page 2 of 3")
    expect(page.locator(".topics circle")).to_have_count(72, timeout=90_000)
    assert page.locator(".topics text").count() >= 2
    page.locator(".clusters button").first.click()
    expect(page.locator("#papers .chip")).to_have_count(1)
    size = page.locator(".clusters .count").first.inner_text()
    expect(page.locator(".table-foot")).to_contain_text(f"{size} of 72 papers")


def test_adding_can_be_stopped(empty: tuple[Assistant, PageServer], open_page: OpenPage) -> None:
    assistant, server = empty
    many: list[dict[str, object]] = [
        {"title": f"Paper {n} of many", "abstract": f"It is number {n}. " * 40} for n in range(600)
    ]
    page = open_page(server)
    go_to(page, "Library")
    page.locator("#files input[type=file]").set_input_files([as_file("many.jsonl", *many)])
    page.get_by_role("button", name="Add to the library").click()
    page.get_by_text("of 600 papers").wait_for()
    page.get_by_role("button", name="Stop adding").click()
    expect(page.locator(".report h3")).to_contain_text("Stopped")
    expect(page.get_by_role("button", name="Stop adding")).to_have_count(0)
    assert assistant.stats().papers < 600


def test_what_holds_no_papers_is_refused_with_its_name(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    go_to(page, "Library")
    page.locator("#files input[type=file]").set_input_files(
        [FilePayload(name="photo.png", mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n\x00\x01")]
    )
    expect(page.locator("#arrival").get_by_role("alert")).to_contain_text("photo.png")
    expect(page.get_by_role("button", name="Add to the library")).to_have_count(0)


def test_an_upload_can_be_left(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Library")
    page.locator("#files input[type=file]").set_input_files(
        [as_file("more.jsonl", {**THISTLE, "id": "other", "title": "Another one altogether"})]
    )
    page.get_by_role("button", name="Don't add").click()
    expect(page.locator(".report")).to_have_count(0)
    expect(page.locator("#papers tbody tr")).to_have_count(3)


def test_the_list_is_searched_and_sorted(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Library")
    expect(page.locator("#papers tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Title", exact=True).click()
    expect(page.locator("#papers th[aria-sort=ascending]")).to_have_text("Title ↑")
    given = titles(page)
    assert [title.split()[0] for title in given] == ["Bramblewick", "Quillfeather:", "Thistle:"]
    page.get_by_role("button", name="Title", exact=True).click()
    expect(page.locator("#papers th[aria-sort=descending]")).to_have_text("Title ↓")
    assert titles(page) == given[::-1]
    page.get_by_label("Search titles, authors and venues").fill("marsh pooling")
    expect(page.locator("#papers tbody tr")).to_have_count(1)
    assert titles(page) == [QUILLFEATHER["title"]]
    page.get_by_label("Search titles, authors and venues").fill("nothing like it")
    expect(page.locator("#papers")).to_contain_text("No paper has all of these words")


def test_a_tick_belongs_to_its_paper_and_not_to_its_row(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    go_to(page, "Library")
    selected = page.get_by_role("group", name="Selected papers")
    search = page.get_by_label("Search titles, authors and venues")
    page.get_by_role("checkbox", name=f"Select {THISTLE['title']}").check()
    search.fill("pooling")
    expect(page.locator("#papers tbody tr")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Select Quillfeather")).not_to_be_checked()
    expect(selected).to_contain_text("1 paper selected")
    page.get_by_role("checkbox", name="Select all papers").check()
    expect(selected).to_contain_text("2 papers selected")
    page.get_by_role("checkbox", name="Select Quillfeather").uncheck()
    search.fill("")
    expect(page.locator("#papers tbody tr")).to_have_count(3)
    expect(page.locator("#papers tbody :checked")).to_have_count(1)
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text(str(THISTLE["title"]))
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="Select none").click()
    expect(page.locator("#papers :checked")).to_have_count(0)
    expect(selected).to_be_hidden()


def test_bars_show_years_and_limit_the_list(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Library")
    years = page.get_by_role("region", name="Papers by year").get_by_role("listitem")
    expect(years).to_have_count(2)
    assert [text.split() for text in years.all_inner_texts()] == [["2023", "1"], ["2024", "1"]]
    page.get_by_role("button", name="Show the papers of 2024").click()
    expect(page.locator("#papers tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Show all papers again").click()
    expect(page.locator("#papers tbody tr")).to_have_count(3)


def test_deleting_asks_first(
    empty: tuple[Assistant, PageServer], open_page: OpenPage, tmp_path: Path
) -> None:
    assistant, server = empty
    source = tmp_path / "papers.jsonl"
    source.write_text("\n".join(json.dumps(p) for p in (QUILLFEATHER, THISTLE)), "utf-8")
    assistant.ingest([source])
    page = open_page(server)
    go_to(page, "Library")
    page.get_by_role("checkbox", name="Select Thistle").check()
    page.get_by_role("button", name="Delete").click()
    question = page.get_by_role("dialog", name=f"Delete “{THISTLE['title']}”")
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    assert assistant.get("thistle") is not None
    page.get_by_role("button", name="Delete").click()
    question.get_by_role("button", name="Delete").click()
    expect(page.locator("#papers tbody tr")).to_have_count(1)
    expect(page.locator("#papers")).to_contain_text("1 paper deleted")
    expect(page.locator("footer")).to_contain_text("1 paper")
    assert assistant.get("thistle") is None
    assert titles(page) == [QUILLFEATHER["title"]]


def test_a_search_typed_while_the_list_is_on_its_way_is_what_is_shown(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    late: list[tuple[Route, APIResponse]] = []
    typed = False

    def hold(route: Route) -> None:
        if typed:
            route.continue_()
        else:
            late.append((route, route.fetch()))

    joins = "**/gradio_api/queue/join*"
    page.route(joins, hold)
    with page.expect_request(joins):
        go_to(page, "Library")
    page.wait_for_timeout(500)
    typed = True
    page.get_by_label("Search titles, authors and venues").fill("marsh pooling")
    page.wait_for_timeout(1000)  # in which a search that waits for no list would be shown
    for route, response in late:
        route.fulfill(response=response)
    expect(page.locator("#bars .chart").first).to_be_visible()
    expect(page.locator("#papers tbody tr")).to_have_count(1)
