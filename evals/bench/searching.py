"""Searches a library, and its two indexes bare, in turns.

`python -m evals.bench.searching LIBRARY QUERIES` prints one JSON object. Run in a process of its
own, so that the library is opened as by a user.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import tantivy

from assistant.retrieval import HybridSearch
from assistant.retrieval.query_terms import asked_about
from assistant.settings import RetrievalConfig
from evals.bench.memory import peak_mb
from evals.bench.stopwatch import Stopwatch
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.provider import sentence_encoder
from ingest.library import Library
from ingest.library.lexical import analyzer

_LIMIT = 10
_ROUNDS = 3
Vector = npt.NDArray[np.float32]
Searcher = Callable[[str], object]


class _Spent(NamedTuple):
    ms: float
    cpu_ms: float


def measure(folder: Path, queries: Sequence[str], rounds: int = _ROUNDS) -> dict[str, float]:
    """Milliseconds a search without the embedding of its query; the first one in seconds with it.

    `cpu` is the median of the process's own time. `ratio` p50 and p95 are of ours to bare Chroma
    plus bare tantivy, each asked for as many results as ours takes candidates of it at least.
    """
    started = time.perf_counter()
    embedding = EmbeddingConfig()
    library = Library.open(LibraryConfig(path=folder), model_label(embedding))
    encoder = sentence_encoder(embedding)
    HybridSearch(library, encoder.encode_one, RetrievalConfig()).search(queries[0], _LIMIT)
    first = time.perf_counter() - started
    vectors = {query: encoder.encode_one(query) for query in queries}
    asked = {asked_about(query): encoder.encode_one(asked_about(query)) for query in queries}
    ours = HybridSearch(library, asked.__getitem__, RetrievalConfig())
    bare = _bare(library, vectors, RetrievalConfig().candidates)
    spent = _in_turns(lambda query: ours.search(query, _LIMIT), bare, queries, rounds)
    papers = library.records.count
    library.close()
    (ours_50, ours_95), (bare_50, bare_95) = (_percentiles([s.ms for s in part]) for part in spent)
    ours_cpu, bare_cpu = (median(s.cpu_ms for s in part) for part in spent)
    return {
        "papers": papers,
        "first_s": first,
        "ours_p50": ours_50,
        "ours_p95": ours_95,
        "bare_p50": bare_50,
        "bare_p95": bare_95,
        "ours_cpu": ours_cpu,
        "bare_cpu": bare_cpu,
        "ratio_p50": ours_50 / bare_50,
        "ratio_p95": ours_95 / bare_95,
        "peak_mb": peak_mb(),
    }


def _bare(library: Library, vectors: dict[str, Vector], results: int) -> Callable[[str], object]:
    """Chroma and tantivy one after the other, on the library's own files."""
    collection = library.dense.client.get_collection(
        library.manifest.collection, embedding_function=None
    )
    index = tantivy.Index.open(str(library.folder / library.manifest.index / "tantivy"))
    index.register_tokenizer("words", analyzer())
    searcher = index.searcher()

    def search(query: str) -> object:
        words = " ".join(re.findall(r"\w+", query.lower()))
        parsed = index.parse_query(words, ["text"])
        found = searcher.search(parsed, results, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in found])
        near = collection.query(
            query_embeddings=vectors[query][np.newaxis, :], n_results=results, include=["distances"]
        )
        return keys, near

    return search


def _in_turns(
    one: Callable[[str], object],
    other: Callable[[str], object],
    queries: Sequence[str],
    rounds: int,
) -> tuple[list[_Spent], list[_Spent]]:
    """What each spends on every query, so many times, after a round that warms both up.

    Either is the first every other time: the second one finds what the first has read in the
    caches.
    """
    spent: tuple[list[_Spent], list[_Spent]] = ([], [])
    for number in range(rounds + 1):
        for at, query in enumerate(queries):
            turns = [(one, spent[0]), (other, spent[1])]
            for work, kept in turns if (number + at) % 2 else reversed(turns):
                taken = _spent(work, query)
                if number:
                    kept.append(taken)
    return spent


def _spent(work: Searcher, query: str) -> _Spent:
    watch = Stopwatch()
    with watch.running():
        work(query)
    return _Spent(watch.seconds * 1000, watch.cpu_seconds * 1000)


def _percentiles(spent: Sequence[float]) -> tuple[float, float]:
    return median(spent), quantiles(spent, n=20)[-1]


def main() -> None:
    """Measure one library and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.searching")
    parser.add_argument("library", type=Path)
    parser.add_argument("queries", type=Path, help='JSON lines with "text"')
    parser.add_argument("--first", type=int, default=150, help="take so many queries")
    given = parser.parse_args()
    lines = given.queries.read_text(encoding="utf-8").splitlines()[: given.first]
    queries = [json.loads(line)["text"] for line in lines]
    print(json.dumps(measure(given.library, queries)))


if __name__ == "__main__":
    main()
