"""The page as a reader meets it, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer
from assistant.settings import LLMConfig, Settings
from ingest.config import EmbeddingConfig
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUILLFEATHER, QUOTE, make_library
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

ACCURACY = "What accuracy does Quillfeather reach on Larkspur?"
HOSTILE_QUESTION = "What accuracy does Bramblewick reach on Sorrel?"
SIDEWAYS = """() => {
  const outside = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
  };
  const all = [...document.querySelectorAll("body, body *")];
  return all.filter((e) => outside(e) || (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
    && getComputedStyle(e).overflowX === "auto")).map((e) => e.outerHTML.slice(0, 120));
}"""


def ask(page: Page, question: str, state: str = "done") -> None:
    """Ask with the keyboard and wait for the answer's end."""
    count = page.locator(".exchange").count()
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(f"#exchange-{count}")).to_have_attribute("data-state", state)


def test_ask_cite_and_read_the_quote(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")
    page.get_by_role("button", name="[1] Quillfeather").click()
    card = page.get_by_role("article", name="Quillfeather")
    expect(card.locator("mark")).to_have_text(QUOTE)
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card.locator(".abstract")).to_have_text(str(QUILLFEATHER["abstract"]))
    expect(card.locator(".byline")).to_contain_text("Ada Marsh, Bo Lindqvist")
    expect(card.get_by_role("link")).to_have_attribute("href", str(QUILLFEATHER["url"]))
    expect(card).to_be_focused()


def test_citations_work_by_keyboard(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    cite = page.get_by_role("button", name="[1] Quillfeather")
    cite.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()


def test_what_is_not_in_the_library_is_said(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, "What is the boiling point of mercury?")
    expect(page.locator('#latest [data-status="not_in_library"]')).to_be_visible()
    expect(page.locator(".nearest li").first).to_be_visible()
    expect(page.locator(".cite")).to_have_count(0)


def test_an_example_asks_itself_and_clear_begins_anew(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    page.get_by_role("button", name="What is the capital of France?").click()
    expect(page.locator('#latest [data-state="done"]')).to_be_visible()
    expect(page.locator("#latest .question")).to_contain_text("What is the capital of France?")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.get_by_role("button", name="What is the capital of France?")).to_be_visible()


def test_an_earlier_citation_brings_its_sources_back(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    ask(page, "How much faster is inference with Thistle?")
    expect(page.get_by_role("article", name="Thistle")).to_be_visible()
    expect(page.get_by_role("article", name="Quillfeather")).to_be_hidden()
    page.get_by_role("button", name="[1] Quillfeather").click()
    expect(page.locator("#source-0-1 mark")).to_be_in_viewport()
    expect(page.get_by_role("article", name="Thistle")).to_be_hidden()


def test_a_hostile_paper_runs_nothing(
    assistant: Assistant, server: PageServer, open_page: OpenPage
) -> None:
    stored = assistant.get("bramblewick")
    assert stored is not None
    assert "<script>" in stored.abstract
    assert "onerror" in stored.title
    page = open_page(server)
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    ask(page, HOSTILE_QUESTION)
    page.get_by_role("button", name="[1] Bramblewick").click()
    card = page.locator("#source-0-1")
    expect(card.locator(".abstract")).to_have_text(stored.abstract)
    expect(card.locator("h3")).to_contain_text(stored.title)
    expect(card.get_by_role("link")).to_have_count(0)
    page.mouse.move(600, 300)
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert dialogs == []
    page.locator(".cite").first.focus()
    page.locator("#hover-card").wait_for()
    card.get_by_role("button", name="Find similar").click()
    page.locator(".drawer").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Library").click()
    page.locator("#papers").get_by_role("button", name="Bramblewick").click()
    expect(page.locator(".drawer .abstract")).to_have_text(stored.abstract)
    page.get_by_role("tab", name="Export").click()
    expect(page.get_by_label("Preview")).to_have_value(re.compile("Bramblewick"))
    assert page.evaluate("window.ran") is None
    assert dialogs == []
    places = "#desk, #drawer, #stock, #hover-card"
    assert page.locator(f":is({places}) :is(script, img, b, i)").count() == 0


def test_a_question_is_shown_as_text(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    question = "<img src=x onerror=window.ran=1> **bold** $$x$$ ${window.ran=2} {{x}}"
    ask(page, question)
    expect(page.locator("#latest .question")).to_contain_text(question)
    assert page.evaluate("window.ran") is None


def test_every_request_goes_to_this_server(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))
    page.goto(server.url)
    page.locator("footer").wait_for()
    ask(page, ACCURACY)
    ask(page, HOSTILE_QUESTION)
    page.get_by_role("button", name="[1] Bramblewick").click()
    assert len(requests) > 10
    foreign = [url for url in requests if not url.startswith((f"{server.url}/", "data:", "blob:"))]
    assert foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_needs_no_sideways_scrolling(
    server: PageServer, open_page: OpenPage, scheme: str
) -> None:
    page = open_page(server, width=400, scheme=scheme)
    for question in (ACCURACY, HOSTILE_QUESTION, "x" * 3000):
        ask(page, question)
        assert page.evaluate(SIDEWAYS) == []
    page.get_by_role("button", name="[1] Quillfeather").click()
    expect(page.locator("#source-0-1 mark")).to_be_in_viewport()


def test_a_long_foot_does_not_push_the_page_up(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server, width=910)
    expect(page.locator("footer")).to_contain_text("PAPERS_LLM__MODEL")
    model.always(Reply(f"{QUOTE[:-1]} [1]."))
    ask(page, ACCURACY)
    for part in (page.get_by_role("heading", level=1), page.locator("footer")):
        expect(part).to_be_in_viewport(ratio=1)


def test_dark_and_light_follow_the_system(server: PageServer, open_page: OpenPage) -> None:
    grounds = {
        scheme: open_page(server, scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(250, 248, 244)", "dark": "rgb(23, 24, 26)"}


def test_the_foot_says_who_answers_and_what_leaves(server: PageServer, open_page: OpenPage) -> None:
    foot = open_page(server).locator("footer")
    expect(foot).to_contain_text("extractive")
    expect(foot).to_contain_text("3 papers")
    expect(foot).to_contain_text("Nothing leaves this machine")


def test_stop_keeps_what_is_written_and_ends_the_model(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server)
    model.queue(Reply(chunks=("Quillfeather ", "is ", "ready ", "[1]."), pause_after=2))
    page.get_by_role("textbox", name="Your question").fill(ACCURACY)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#latest .answer")).to_contain_text("Quillfeather")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#latest .exchange")).to_have_attribute("data-state", "stopped")
    expect(page.locator("#latest .answer")).to_contain_text("Quillfeather")
    model.wait_for_abort()
    model.queue(Reply(f"{QUOTE[:-1]} [1]."))
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")


def test_stop_does_not_wait_for_a_silent_model(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server)
    model.queue(Hang())
    page.get_by_role("textbox", name="Your question").fill(ACCURACY)
    page.keyboard.press("Enter")
    model.wait_for_requests(1)
    expect(page.locator("#latest .waiting")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#latest .exchange")).to_have_attribute("data-state", "stopped")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    model.wait_for_abort()


def test_a_follow_up_knows_the_earlier_turn(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server)
    model.always(Reply(f"{QUOTE[:-1]} [1]."))
    ask(page, ACCURACY)
    ask(page, "How much memory does Quillfeather need?")
    contents = [message["content"] for message in model.requests[-1].json["messages"]]
    assert any(ACCURACY in content for content in contents)


def test_a_model_that_writes_html_is_shown_as_text(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server)
    markup = "<img src=x onerror=window.ran=1> ![p](http://elsewhere.example/p.png) **so**"
    model.always(Reply(f"{QUOTE[:-1]} [1]. {markup} [1]."))
    ask(page, ACCURACY)
    assert page.evaluate("window.ran") is None
    assert page.locator("#latest :is(img, strong)").count() == 0
    expect(page.locator("#latest .answer")).to_contain_text(re.compile("71.4%"))


def test_an_error_is_shown_with_its_message(tmp_path: Path, open_page: OpenPage) -> None:
    make_library(tmp_path).close()
    settings = Settings(
        library={"path": tmp_path / "library"},
        embedding=EmbeddingConfig(
            provider="openai-compatible", base_url="http://127.0.0.1:9/v1", model="another"
        ),
        llm=LLMConfig(provider="extractive"),
    )
    with Assistant(settings) as assistant, launch(assistant, port=0) as server:
        page = open_page(server, ready=".problem")
        ask(page, ACCURACY, state="failed")
        expect(page.locator("#latest").get_by_role("alert")).to_contain_text("another")
        expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_an_empty_library_explains_itself(tmp_path: Path, open_page: OpenPage) -> None:
    with (
        Assistant(Settings(library={"path": tmp_path / "none"})) as assistant,
        launch(assistant, port=0) as server,
    ):
        page = open_page(server)
        expect(page.locator(".welcome")).to_contain_text("paper-assistant ingest PATH")
