"""Measures start, ingest, memory and search against their bare parts: `python -m evals.bench`.

All figures of one run belong together; compare ratios, not seconds of different machines.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evals.bench.apart import run_apart
from evals.bench.corpus import write_corpus
from evals.bench.embedding import embedding_figures
from evals.bench.figures import Figure, table_of
from evals.bench.precomputed import memory_figures, precomputed_figures
from evals.bench.starting import start_figures
from ingest.sample import SAMPLE_FILE

_CORPUS = Path(__file__).resolve().parents[3] / "shared/data/retrieval/litsearch-inline"
_QUERIES = (
    "which papers replace MLPs with KANs?",
    "What accuracy does PoolFormer reach on ImageNet-1K?",
    "how do graph neural networks get distilled",
    "continual learning without forgetting",
    "benchmarks for multimodal large language models",
    "time series forecasting with MLPs",
)


def search_figures(library: Path, queries: Path) -> list[Figure]:
    """Searches of a library, without the embedding of queries, against its indexes bare."""
    taken = run_apart("evals.bench.searching", library, queries)
    return [
        Figure("open and first search", taken["first_s"], "s", at_most=1.5),
        Figure("search p50", taken["ours_p50"], "ms"),
        Figure("search p95", taken["ours_p95"], "ms"),
        Figure("bare Chroma + bare tantivy p50", taken["bare_p50"], "ms"),
        Figure("bare Chroma + bare tantivy p95", taken["bare_p95"], "ms"),
        Figure("search to bare, p50", taken["ratio_p50"], "", at_most=1.5),
        Figure("search to bare, p95", taken["ratio_p95"], "", at_most=2.0),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks and print the table."""
    parser = _parser()
    given = parser.parse_args(arguments)
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many, some = (folder / f"{n}.jsonl" for n in (given.few, given.papers, given.embedded))
        corpus = given.corpus if given.corpus.exists() else SAMPLE_FILE
        for file in (few, many):
            real = write_corpus(file, corpus, int(file.stem))
        write_corpus(some, corpus, given.embedded)
        figures = embedding_figures(some, folder / "embedded")
        figures += start_figures(folder / "embedded")
        figures += precomputed_figures(many, folder / "precomputed", given.library)
        figures += memory_figures(few, many, folder / "memory")
        searched = given.library or folder / "precomputed/library"
        figures += search_figures(searched, _queries(corpus, folder))
    console.print(table_of(figures, f"{given.papers:,} papers, {real:,} of them real"))
    where = f"those of {given.library}" if given.library else "synthetic"
    console.print(f"Precomputed vectors and the library searched: {where}; memory: synthetic.")


def _queries(corpus: Path, folder: Path) -> Path:
    """The collection's queries, or a few of our own."""
    queries = corpus / "queries.jsonl"
    if not queries.is_file():
        queries = folder / "queries.jsonl"
        queries.write_text("\n".join(json.dumps({"text": text}) for text in _QUERIES))
    return queries


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, help="folder in BEIR's layout")
    parser.add_argument("--papers", type=int, default=41_270, help="papers of the large library")
    parser.add_argument("--few", type=int, default=5000, help="papers of the small library")
    parser.add_argument("--embedded", type=int, default=300, help="papers that are embedded")
    parser.add_argument(
        "--library",
        type=Path,
        help="an embedded library of the corpus: its vectors are loaded, and it is searched",
    )
    return parser


if __name__ == "__main__":
    main()
