"""Measures start, ingest and search against their bare parts: `python -m evals.bench`.

All figures of one run belong together; compare ratios, not seconds of different machines.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from assistant import Assistant, Settings
from ingest.chunking import chunk_paper
from ingest.embedding.provider import sentence_encoder
from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE

QUERIES = (
    "which papers replace MLPs with KANs?",
    "What accuracy does PoolFormer reach on ImageNet-1K?",
    "how do graph neural networks get distilled",
    "continual learning without forgetting",
    "benchmarks for multimodal large language models",
    "time series forecasting with MLPs",
)
_REPEATS = 20


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bench_start(library: Path) -> dict[str, float]:
    """Seconds of a new process: for its imports, and for its first answered search."""
    search = [sys.executable, "-m", "assistant", "search", "kan", "--library", str(library)]
    runs: dict[str, list[str]] = {
        "imports of the API": [sys.executable, "-c", "import assistant.api"],
        "command search, whole process": search,
    }
    return {
        name: median(
            seconds(lambda c=command: subprocess.run(c, check=True, capture_output=True))  # type: ignore[misc]
            for _ in range(3)
        )
        for name, command in runs.items()
    }


def bench_ingest(papers: Sequence[Paper], source: Path, settings: Settings) -> dict[str, float]:
    """Chunks a second: the encoder alone on the same texts, and the whole ingest."""
    encoder = sentence_encoder(settings.embedding)
    encoder.encode_one("warm up")
    window = settings.embedding.max_tokens
    texts = [c.text for p in papers for c in chunk_paper(p, encoder.count_tokens, window)]
    raw = len(texts) / seconds(lambda: encoder.encode(texts))
    with Assistant(settings) as assistant:
        whole = len(texts) / seconds(lambda: assistant.ingest([source]))
    return {"encoder alone": raw, "whole ingest": whole, "ratio": whole / raw}


def bench_search(settings: Settings) -> dict[str, list[float]]:
    """Milliseconds of each step of a search, over all queries and repeats."""
    steps: dict[str, list[float]] = {}
    with Assistant(settings) as assistant:
        for query in QUERIES:
            assistant.search(query)
        for _ in range(_REPEATS):
            for query in QUERIES:
                for step, spent in assistant.search(query).timings_ms.items():
                    steps.setdefault(step, []).append(spent)
    return steps


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--papers", type=Path, default=SAMPLE_FILE, help="what to ingest")
    source = parser.parse_args(arguments).papers
    papers = [record for record in read_papers([source]) if isinstance(record, Paper)]
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library={"path": Path(folder) / "library"})
        ingest = Table("ingest", "chunks/s", title=f"{len(papers)} papers")
        for name, rate in bench_ingest(papers, source, settings).items():
            ingest.add_row(name, f"{rate:.2f}")
        search = Table("search step", "p50 ms", "p95 ms")
        for step, spent in bench_search(settings).items():
            search.add_row(step, f"{median(spent):.2f}", f"{quantiles(spent, n=20)[-1]:.2f}")
        start = Table("start", "s (median of 3)")
        for name, taken in bench_start(settings.library.path).items():
            start.add_row(name, f"{taken:.2f}")
    for table in (start, ingest, search):
        console.print(table)


if __name__ == "__main__":
    main()
