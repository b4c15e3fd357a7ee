import json
from pathlib import Path
from xml.etree import ElementTree

from evals.bench.growth import main

ROW = {
    "size": 2000,
    "real": 100,
    "papers": 1000,
    "chunks": 1200,
    "papers_per_s": 456.7,
    "ingest_peak_mb": 400,
    "search_peak_mb": 300,
    "disk_mb": 12,
    "first_s": 0.51,
    "ours_p50": 7.25,
    "ours_p95": 9.5,
    "bare_p50": 5,
    "bare_p95": 6,
    "papers_per_cpu_s": 612.3,
    "ours_cpu": 3.25,
    "bare_cpu": 2.5,
}


def test_page_and_plot_hold_every_row(tmp_path: Path) -> None:
    larger = {**ROW, "size": 50_000, "papers": 50_000}
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(map(json.dumps, (larger, ROW))))
    main(["--rows", str(rows), "--draw", str(tmp_path)])
    page = (tmp_path / "growth.md").read_text()
    first = (
        "| 1,000 | 100 | 1,200 | 457 | 612 | 0.5 | 7.2 | 5.0 | 9.5 | 6.0 | 3.2 | 2.5"
        " | 400 | 300 | 12 |"
    )
    assert page.index(first) < page.index("| 50,000 |")
    assert "growth 2000 --rows" in page
    assert page.count("the time limit came after") == 1
    plot = ElementTree.parse(tmp_path / "growth.svg")
    dots = plot.findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(dots) == 2 * (1 + 2 + 2)


def test_a_size_is_measured_and_added(tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"text": "bodo"}\n{"text": "lemi gapu"}\n')
    rows = tmp_path / "rows.jsonl"
    main(["60", "--rows", str(rows), "--queries", str(queries)])
    (row,) = map(json.loads, rows.read_text().splitlines())
    assert row.keys() == ROW.keys()
    assert row["size"] == row["papers"] == 60
    assert row["real"] == 0
