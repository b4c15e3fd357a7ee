"""A real page over a real library, and a real browser to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer
from assistant.chat.session import ChatSession
from assistant.settings import LLMConfig
from tests.assistant.chat.library import make_library
from tests.support.openai_server import OpenAIServer

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The extractive answerer over three papers."""
    with make_library(tmp_path_factory.mktemp("extractive")) as assistant:
        yield assistant


@pytest.fixture
def session(assistant: Assistant) -> ChatSession:
    """What happens on the Ask page, over that assistant."""
    return ChatSession(assistant)


@pytest.fixture(scope="module")
def server(assistant: Assistant) -> Iterator[PageServer]:
    """The page over that assistant."""
    with launch(assistant, port=0) as server:
        yield server


@pytest.fixture
def model_page(
    tmp_path: Path, openai_server: OpenAIServer
) -> Iterator[tuple[PageServer, OpenAIServer]]:
    """The page over a model whose replies the test scripts."""
    llm = LLMConfig(provider="openai-compatible", base_url=openai_server.base_url, model="scripted")
    with make_library(tmp_path, llm) as assistant, launch(assistant, port=0) as server:
        yield server, openai_server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, which brings its own libraries and needs no download."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; on Debian: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(CHROMIUM_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """A function that opens an address in a fresh profile and waits for the page to be ready."""
    contexts: list[BrowserContext] = []

    def open_page(
        server: PageServer, width: int = 1280, scheme: str = "light", ready: str = "footer"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.goto(server.url)
        page.locator(ready).first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
