"""The tabs of one browser: each has a conversation of its own, which survives a reload."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.chat.server import PageServer
from tests.assistant.chat.asking import ACCURACY, SPEED, ask
from tests.assistant.chat.conftest import PATIENCE_MS


@pytest.fixture
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context() as browser:
        browser.set_default_timeout(PATIENCE_MS)
        yield browser


def new_tab(browser: BrowserContext, server: PageServer) -> Page:
    page = browser.new_page()
    page.goto(server.url)
    page.locator("footer").first.wait_for()
    return page


def questions(page: Page, *expected: str) -> None:
    expect(page.locator(".exchange .question > :first-child")).to_have_count(len(expected))
    for place, question in enumerate(expected):
        expect(page.locator(f"#exchange-{place} .question")).to_contain_text(question)


def test_two_tabs_keep_their_own_conversations(server: PageServer, browser: BrowserContext) -> None:
    first, second = new_tab(browser, server), new_tab(browser, server)
    ask(first, ACCURACY)
    ask(second, SPEED)
    for _ in range(2):
        first.reload()
        second.reload()
        questions(first, ACCURACY)
        questions(second, SPEED)
        expect(first.locator("#latest .answer")).to_contain_text("71.4%")
        expect(second.locator("#latest .answer")).to_contain_text("40 times")


def test_a_new_tab_starts_afresh_and_offers_the_last_conversation(
    server: PageServer, browser: BrowserContext
) -> None:
    first = new_tab(browser, server)
    expect(first.locator("#welcome")).to_be_visible()
    expect(first.get_by_role("button", name="Go on with")).to_have_count(0)
    ask(first, ACCURACY)
    first.close()
    second = new_tab(browser, server)
    questions(second)
    second.get_by_role("button", name=f"Go on with the last conversation: “{ACCURACY}”").click()
    questions(second, ACCURACY)
    ask(second, SPEED)
    second.reload()
    questions(second, ACCURACY, SPEED)
    expect(second.get_by_role("button", name="Go on with")).to_have_count(0)


def test_what_is_cleared_is_offered_to_nobody(server: PageServer, browser: BrowserContext) -> None:
    first = new_tab(browser, server)
    ask(first, ACCURACY)
    first.get_by_role("button", name="Clear").click()
    questions(first)
    first.wait_for_function("localStorage.length === 0")
    second = new_tab(browser, server)
    expect(second.locator("#welcome")).to_be_visible()
    expect(second.get_by_role("button", name="Go on with")).to_have_count(0)


def test_clearing_one_tab_leaves_the_conversation_of_another(
    server: PageServer, browser: BrowserContext
) -> None:
    first, second = new_tab(browser, server), new_tab(browser, server)
    ask(first, ACCURACY)
    ask(second, SPEED)
    first.get_by_role("button", name="Clear").click()
    questions(first)
    second.reload()
    questions(second, SPEED)
    third = new_tab(browser, server)
    expect(third.get_by_role("button", name=f"“{SPEED}”")).to_be_visible()


def test_a_browser_that_keeps_nothing_can_ask(server: PageServer, browser: BrowserContext) -> None:
    browser.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no') } });"
    )
    page = new_tab(browser, server)
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")
