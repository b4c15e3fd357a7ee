"""The table of how the library grows, as Markdown."""

from collections.abc import Mapping, Sequence

_PAGE = """# How the library grows

![Rate of ingest, search and disk by number of papers](growth.svg)

{table}

- Real abstracts where there are any, then made-up ones; every vector is synthetic (384 dimensions,
  near one of a thousand random directions). Searching real vectors takes a different time.
- Ingest is the whole way from a file: read, clean, resolve, cut, store, index and publish; only the
  model is left out. Batches of 2,000 papers.
- Bare is Chroma plus tantivy on the same files, asked one after the other in the same process.
  Queries are embedded beforehand, but for the first search, whose time includes opening the library
  and loading the model.
- CPU is the time that the process itself was at work, on all threads together; for searches the
  median. By the clock compare ours with bare rather than one row with another: the machine may have
  done other work at the same time.

{commands}
"""
_COLUMNS = {
    "papers": "papers",
    "real": "real",
    "chunks": "chunks",
    "papers_per_s": "ingest, papers/s",
    "papers_per_cpu_s": "ingest, papers/CPU s",
    "first_s": "open + first search, s",
    "ours_p50": "search p50, ms",
    "bare_p50": "bare p50, ms",
    "ours_p95": "search p95, ms",
    "bare_p95": "bare p95, ms",
    "ours_cpu": "search, CPU ms",
    "bare_cpu": "bare, CPU ms",
    "ingest_peak_mb": "peak of ingest, MB",
    "search_peak_mb": "peak of search, MB",
    "disk_mb": "disk, MB",
}
_WITH_DECIMALS = (
    *("first_s", "ours_p50", "bare_p50", "ours_p95", "bare_p95"),
    *("ours_cpu", "bare_cpu"),
)
_COMMAND = (
    "python -m evals.bench.growth {size} --rows rows.jsonl --corpus BEIR_FOLDER"
    " --queries BEIR_FOLDER/queries.jsonl"
)


def growth_page(rows: Sequence[Mapping[str, float]]) -> str:
    """The page: a row a size, notes, and the command behind each row."""
    lines = [" | ".join(_COLUMNS.values()), " | ".join("--:" for _ in _COLUMNS)]
    lines += [" | ".join(_cell(name, row[name]) for name in _COLUMNS) for row in rows]
    commands = [_command(row) for row in rows]
    return _PAGE.format(
        table="\n".join(f"| {line} |" for line in lines),
        commands="\n".join(["```", *commands, "```"]),
    )


def _cell(name: str, value: float) -> str:
    return f"{value:,.1f}" if name in _WITH_DECIMALS else f"{value:,.0f}"


def _command(row: Mapping[str, float]) -> str:
    cut = row["papers"] < 0.9 * row["size"]
    note = f"  # the time limit came after {row['papers']:,.0f} papers" if cut else ""
    return _COMMAND.format(size=int(row["size"])) + note
