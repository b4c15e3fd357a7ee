"""What is slow holds up nobody else on the page: a model, a map, and the visits of others."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.api import Assistant
from assistant.chat.page import VISITS_KEPT, ChatPage, launch
from assistant.chat.server import PageServer
from assistant.chat.topics.topic_map import FILE
from assistant.server_config import ServerConfig
from assistant.settings import LLMConfig, Settings
from evals.bench.corpus import write_corpus
from evals.bench.loading import Job, load_library
from tests.assistant.chat.asking import ACCURACY, SPEED, ask, go_to
from tests.assistant.chat.conftest import PATIENCE_MS, OpenPage
from tests.assistant.chat.library import QUILLFEATHER, QUOTE, make_library
from tests.assistant.chat.visits import Visit
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

TABS = 5
"""A browser opens six connections to a server; each of these needs one for as long as it waits."""
READERS = 48
MANY = 2500
UNLIMITED = ServerConfig(rate_per_minute=0)


@pytest.fixture
def silent(tmp_path: Path, openai_server: OpenAIServer) -> Iterator[PageServer]:
    """The page over a model that answers nobody until it is released."""
    openai_server.always(Hang())
    llm = LLMConfig(base_url=openai_server.base_url, model="scripted")
    with (
        make_library(tmp_path, llm) as assistant,
        PageServer(ChatPage(assistant), "127.0.0.1", 0, UNLIMITED) as server,
    ):
        yield server


def look_around(page: Page) -> None:
    """Search the list, open a paper, and ask what needs no model."""
    go_to(page, "Library")
    page.get_by_label("Search titles, authors and venues").fill("marsh pooling")
    expect(page.locator("#papers tbody tr")).to_have_count(1)
    page.locator("#papers").get_by_role("button", name="Quillfeather").click()
    expect(page.locator(".drawer .abstract")).to_have_text(str(QUILLFEATHER["abstract"]))
    page.keyboard.press("Escape")
    go_to(page, "Ask")
    ask(page, "What is the capital of France?")
    expect(page.locator('#latest [data-status="not_in_library"]')).to_be_visible()


def test_tabs_that_wait_for_a_model_hold_up_no_other_tab(
    silent: PageServer, openai_server: OpenAIServer, chromium: Browser
) -> None:
    with chromium.new_context() as browser:
        browser.set_default_timeout(PATIENCE_MS)
        waiting = [browser.new_page() for _ in range(TABS)]
        for count, page in enumerate(waiting, 1):
            page.goto(silent.url)
            page.get_by_role("textbox", name="Your question").fill(ACCURACY)
            page.keyboard.press("Enter")
            openai_server.wait_for_requests(count)
        other = browser.new_page()
        other.goto(silent.url)
        look_around(other)
        for page in waiting:
            expect(page.locator("#latest .exchange")).to_have_attribute("data-state", "answering")
        openai_server.release()
        for page in waiting:
            expect(page.locator("#latest .exchange")).to_have_attribute("data-state", "done")


def test_a_model_that_is_slow_in_one_tab_answers_in_another(
    model_page: tuple[PageServer, OpenAIServer], chromium: Browser
) -> None:
    server, model = model_page
    model.queue(Hang(), Reply(f"{QUOTE[:-1]} [1]."))
    with chromium.new_context() as browser:
        browser.set_default_timeout(PATIENCE_MS)
        waiting, other = browser.new_page(), browser.new_page()
        for page in (waiting, other):
            page.goto(server.url)
        waiting.get_by_role("textbox", name="Your question").fill(SPEED)
        waiting.keyboard.press("Enter")
        model.wait_for_requests(1)
        look_around(other)
        ask(other, ACCURACY)
        expect(other.locator("#latest .answer")).to_contain_text("71.4%")
        expect(waiting.locator("#latest .exchange")).to_have_attribute("data-state", "answering")
        model.release()
        expect(waiting.locator("#latest .exchange")).to_have_attribute("data-state", "done")


def test_a_closed_tab_stops_the_model_and_another_tab_goes_on(
    silent: PageServer, openai_server: OpenAIServer, chromium: Browser
) -> None:
    with chromium.new_context() as browser:
        browser.set_default_timeout(PATIENCE_MS)
        closed, kept = browser.new_page(), browser.new_page()
        for count, (page, question) in enumerate([(closed, ACCURACY), (kept, SPEED)], 1):
            page.goto(silent.url)
            page.get_by_role("textbox", name="Your question").fill(question)
            page.keyboard.press("Enter")
            openai_server.wait_for_requests(count)
        closed.close()
        assert ACCURACY in str(openai_server.wait_for_abort().json)
        openai_server.release()
        expect(kept.locator("#latest .exchange")).to_have_attribute("data-state", "done")


def test_more_readers_wait_than_there_are_threads_and_others_go_on(
    silent: PageServer, openai_server: OpenAIServer, open_page: OpenPage
) -> None:
    with ExitStack() as visits:
        for _ in range(READERS):
            visits.enter_context(Visit(silent)).begin_asking(ACCURACY)
        openai_server.wait_for_requests(READERS, timeout_s=60)
        look_around(open_page(silent))
        asked = [request for request in openai_server.requests if request.method == "POST"]
        assert [request.finished for request in asked] == [None] * READERS
        openai_server.release()


def test_a_map_being_drawn_holds_up_no_search(tmp_path: Path, open_page: OpenPage) -> None:
    write_corpus(tmp_path / "many.jsonl", None, MANY)
    library = tmp_path / "library"
    load_library(Job(tmp_path / "many.jsonl", library, None, limit_s=float("inf")))
    with (
        Assistant(Settings(library={"path": library})) as assistant,
        launch(assistant, port=0) as server,
    ):
        page = open_page(server)
        go_to(page, "Library")
        drawing = page.locator("#map").get_by_role("status")
        expect(drawing).to_be_visible()
        paper = assistant.papers(1).papers[0]
        page.get_by_label("Search titles, authors and venues").fill(paper.title)
        expect(page.locator("#papers tbody tr")).to_have_count(1)
        expect(drawing).to_be_visible()
    assert not (library / FILE).exists(), "closing the page waited for the map"


def test_visits_are_forgotten_and_a_forgotten_reader_goes_on(
    assistant: Assistant, open_page: OpenPage
) -> None:
    page = ChatPage(assistant)
    with PageServer(page, "127.0.0.1", 0, UNLIMITED) as server:
        reader = open_page(server)
        ask(reader, ACCURACY)
        for _ in range(VISITS_KEPT):
            with Visit(server):
                pass
        assert len(page.blocks.state_holder.session_data) == VISITS_KEPT
        ask(reader, SPEED)
        expect(reader.locator(".exchange .question")).to_have_count(2)
        expect(reader.locator("#exchange-0 .answer")).to_contain_text(QUOTE)
