"""What a reader does on the page, by its words."""

from playwright.sync_api import Page, expect

ACCURACY = "What accuracy does Quillfeather reach on Larkspur?"
SPEED = "How much faster is inference with Thistle?"


def ask(page: Page, question: str, state: str = "done") -> None:
    """Ask with the keyboard and wait for the answer's end."""
    count = page.locator(".exchange").count()
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(f"#exchange-{count}")).to_have_attribute("data-state", state)


def go_to(page: Page, place: str) -> None:
    """Open one of the three places."""
    page.get_by_role("tab", name=place).click()
