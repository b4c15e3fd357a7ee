"""A picture of a report's top: `python -m evals.report.picture RUN docs/report.png`.

Needs Playwright, which comes with the tools for development, and a Chromium.
"""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
WIDTH, HEIGHT = 1200, 1500


def picture(run: Path, out: Path, chromium: Path = CHROMIUM) -> None:
    """Photograph the first screen of a run's `report.html`, light, as a PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto((run / "report.html").resolve().as_uri())
        page.screenshot(path=out)
        browser.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("out", type=Path, help="PNG file to write")
    options = parser.parse_args()
    picture(options.run, options.out)


if __name__ == "__main__":
    main()
