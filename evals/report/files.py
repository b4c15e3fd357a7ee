"""Writes a report's three files, each whole or not at all."""

from pathlib import Path

from assistant.cli.whole_file import whole_file
from evals.report.model import REPORT_JSON, Report
from evals.report.page import render_page
from evals.report.summary import markdown


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write report.html, report.json and report.md into a folder, made if there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        REPORT_JSON: report.model_dump_json(indent=1),
        "report.html": render_page(report),
        "report.md": markdown(report),
    }
    for name, text in texts.items():
        with whole_file(folder / name) as file:
            file.write(text.encode("utf-8", errors="replace").decode("utf-8"))
    return [folder / "report.html", folder / REPORT_JSON, folder / "report.md"]
