"""axe-core looks at every place of the page, in light and dark.

It is fetched from npm for the test run, at a fixed version, and is no part of the project.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.chat.server import PageServer
from tests.assistant.chat.asking import ACCURACY, ask, go_to
from tests.assistant.chat.conftest import OpenPage

AXE = "axe-core@4.10.3"
SERIOUS = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .flatMap(({ id, nodes }) => nodes.map(
      ({ target, failureSummary, html }) => `${id}: ${target} ${failureSummary} ${html}`));
}"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, which axe-core is fetched with")
    folder = tmp_path_factory.mktemp("axe")
    fetched = subprocess.run(
        [npm, "install", "--no-save", "--no-audit", "--prefix", str(folder), AXE],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    source: Path = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.skip(f"npm could not fetch {AXE}: {fetched.stderr.strip()[-200:]}")
    return source.read_text("utf-8")


def serious(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SERIOUS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_violation(
    server: PageServer, open_page: OpenPage, axe: str, scheme: str
) -> None:
    page = open_page(server, scheme=scheme)
    page.evaluate(axe)
    assert serious(page) == []
    ask(page, "What is the boiling point of mercury?")
    ask(page, ACCURACY)
    page.get_by_role("button", name="This answer is good").last.click()
    page.get_by_role("button", name="Ask only this paper").last.click()
    expect(page.locator("#chips .chip")).to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="[1] Quillfeather").click()
    page.locator("#source-1-1").get_by_role("button", name="Find similar").click()
    page.locator(".drawer").wait_for()
    assert serious(page) == []
    page.keyboard.press("Escape")
    go_to(page, "Library")
    page.locator("#papers tbody input").first.check()
    assert serious(page) == []
    go_to(page, "Export")
    expect(page.get_by_label("Preview")).not_to_have_value("")
    assert serious(page) == []
