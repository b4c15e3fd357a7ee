"""Ingest with vectors computed before, and its memory."""

from pathlib import Path

from evals.bench.apart import run_apart
from evals.bench.figures import Figure

_LOADING = "evals.bench.loading"
_ENOUGH = 3000.0
_SHARE = 0.6
_MOST_GROWTH_MB = 250.0


def precomputed_figures(file: Path, folder: Path, vectors: Path | None) -> list[Figure]:
    """Papers a second of the whole way and of the two indexes bare, on the same vectors."""
    given = ("--vectors", vectors) if vectors else ()
    rates: dict[str, float] = {}
    by_cpu: dict[str, float] = {}
    for part in ("chroma", "texts", "library", "tantivy"):
        taken = run_apart(_LOADING, part, file, folder / part, *given)
        rates[part] = taken["papers"] / taken["seconds"]
        by_cpu[part] = taken["papers"] / taken["cpu_seconds"]
    target = min(_ENOUGH, _SHARE * min(rates["chroma"], rates["tantivy"]))
    return [
        Figure("precomputed vectors: bare Chroma", rates["chroma"], "papers/s"),
        Figure("precomputed vectors: Chroma that holds the texts", rates["texts"], "papers/s"),
        Figure("precomputed vectors: bare tantivy", rates["tantivy"], "papers/s"),
        Figure("precomputed vectors: whole ingest", rates["library"], "papers/s", at_least=target),
        Figure("bare Chroma, by CPU time", by_cpu["chroma"], "papers/s"),
        Figure("whole ingest, by CPU time", by_cpu["library"], "papers/s"),
    ]


def memory_figures(few: Path, many: Path, folder: Path) -> list[Figure]:
    """Peak memory of an ingest of few and of many papers, with synthetic vectors."""
    peaks = [run_apart(_LOADING, "library", f, folder / f.stem)["peak_mb"] for f in (few, many)]
    growth = peaks[1] - peaks[0]
    return [
        Figure(f"peak memory, {few.stem} papers", peaks[0], "MB"),
        Figure(f"peak memory, {many.stem} papers", peaks[1], "MB"),
        Figure("growth of peak memory", growth, "MB", at_most=_MOST_GROWTH_MB),
    ]
