"""How the library grows: `python -m evals.bench.growth SIZE... --rows ROWS.jsonl`.

Each size is loaded into a new library and searched; its row is appended to the file of rows.
`--draw FOLDER` writes `growth.md` and `growth.svg` from the rows there are.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.bench.apart import run_apart
from evals.bench.corpus import write_corpus
from evals.bench.growth_page import growth_page
from evals.bench.growth_plot import growth_plot

_LIMIT_S = 2400.0
_SEARCHED = ("first_s", "ours_p50", "ours_p95", "bare_p50", "bare_p95", "ours_cpu", "bare_cpu")
Row = dict[str, float]


def growth_row(size: int, corpus: Path | None, queries: Path, limit_s: float) -> Row:
    """Load so many papers, real ones first, with synthetic vectors, and search them.

    `papers` is below `size` where the limit in seconds came first.
    """
    with tempfile.TemporaryDirectory() as name:
        file, library = Path(name) / "papers.jsonl", Path(name) / "library"
        real = write_corpus(file, corpus, size)
        loaded = run_apart(
            "evals.bench.loading", "library", file, library, "--limit-s", str(limit_s)
        )
        disk = sum(path.stat().st_size for path in library.rglob("*") if path.is_file())
        searched = run_apart("evals.bench.searching", library, queries)
    return {
        "size": size,
        "real": real,
        "papers": loaded["papers"],
        "chunks": loaded["chunks"],
        "papers_per_s": loaded["papers"] / loaded["seconds"],
        "papers_per_cpu_s": loaded["papers"] / loaded["cpu_seconds"],
        "ingest_peak_mb": loaded["peak_mb"],
        "search_peak_mb": searched["peak_mb"],
        "disk_mb": disk / 2**20,
        **{name: searched[name] for name in _SEARCHED},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sizes asked for, and draw if asked to."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.growth", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="papers of each library")
    parser.add_argument("--rows", type=Path, required=True, help="JSON lines, appended to")
    parser.add_argument("--corpus", type=Path, help="folder in BEIR's layout")
    parser.add_argument("--queries", type=Path, help='JSON lines with "text"')
    parser.add_argument("--limit-s", type=float, default=_LIMIT_S, help="stop loading after these")
    parser.add_argument("--draw", type=Path, help="folder for growth.md and growth.svg")
    given = parser.parse_args(arguments)
    if given.sizes and given.queries is None:
        parser.error("sizes need --queries")
    for size in given.sizes:
        row = growth_row(size, given.corpus, given.queries, given.limit_s)
        with given.rows.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    if given.draw:
        lines = given.rows.read_text(encoding="utf-8").splitlines()
        rows: list[Row] = sorted(map(json.loads, lines), key=lambda row: row["papers"])
        (given.draw / "growth.md").write_text(growth_page(rows), encoding="utf-8")
        (given.draw / "growth.svg").write_text(growth_plot(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
