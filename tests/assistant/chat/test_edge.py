"""An error that nobody foresaw, as the page shows it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.api import Assistant
from assistant.chat.page import launch
from ingest.paper import Paper
from tests.assistant.chat.asking import ACCURACY, ask, go_to
from tests.assistant.chat.conftest import OpenPage


class Broken:
    """An assistant that has lost its mind about single papers."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def get(self, paper_id: str) -> Paper | None:
        """Never."""
        raise ValueError(f"an inner detail of {paper_id}")


def test_it_is_told_and_logged_and_the_page_goes_on(
    assistant: Assistant, open_page: OpenPage, caplog: pytest.LogCaptureFixture
) -> None:
    with launch(Broken(assistant), port=0) as server:
        page = open_page(server)
        go_to(page, "Library")
        page.locator("#papers tbody th button").first.click()
        panel = page.get_by_role("dialog", name="Problem")
        expect(panel).to_contain_text("Please try again")
        expect(page.get_by_text("an inner detail")).to_have_count(0)
        page.keyboard.press("Escape")
        go_to(page, "Ask")
        ask(page, ACCURACY)
        expect(page.locator("#latest .answer")).to_contain_text("71.4%")
    assert "an inner detail" in caplog.text
