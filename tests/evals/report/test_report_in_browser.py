"""The page in a real browser: nothing is loaded, nothing runs out of a narrow window."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from evals.report.files import write_report
from tests.evals.reports import REFUSED, RIGHT, WRONG, report

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_the_page_is_readable(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    write_report(report([RIGHT] * 6 + [WRONG, REFUSED, "the model is down"]), tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("request", lambda request: noise.append(request.url))
    address = (tmp_path / "report.html").as_uri()
    page.goto(address)
    assert noise == [address]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("article").count() == 3
    assert page.locator("mark.not_supported").first.is_visible()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 249)"
    assert light is (scheme == "light")
    page.close()


def test_the_command_takes_a_picture(tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; on Debian: apt-get install chromium")
    write_report(report([RIGHT]), tmp_path)
    arguments = (str(tmp_path), str(tmp_path / "report.png"))
    subprocess.run([sys.executable, "-m", "evals.report.picture", *arguments], check=True, cwd=ROOT)
    header = (tmp_path / "report.png").read_bytes()[:24]
    assert header[1:4] == b"PNG"
    assert struct.unpack(">II", header[16:24]) == (1200, 1500)
