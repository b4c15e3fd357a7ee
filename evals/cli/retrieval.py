"""`paper-assistant eval retrieval`: how well papers are found, on a test collection."""

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.errors import UsageError
from assistant.cli.options import JsonOption, nearest_folder
from assistant.cli.output import complain, print_table, say, write_json
from assistant.cli.progress import progress, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from assistant.settings import Settings
    from evals.beir import BeirFolder
    from evals.retrieval_run import RetrievalRun
    from evals.variants import Variant

CorpusLibrary = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        callback=nearest_folder,
        help="Library of that corpus, made if there is none; default: one in the user's cache.",
    ),
]
BeirOption = Annotated[
    Path, typer.Option("--beir", metavar="DIR", help="Test collection in BEIR's layout.")
]
PerQuery = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write a JSON line for each query.")
]
LimitQueries = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Only the first N queries.")
]
Variants = Annotated[
    str | None, typer.Option(metavar="NAME,...", help="Which variants, in order; default: all.")
]
Baseline = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Variant to compare with; default: the first."),
]


def retrieval(
    *,
    beir: BeirOption,
    split: Annotated[str, typer.Option(metavar="NAME", help="Which of qrels/NAME.tsv.")] = "test",
    variants: Variants = None,
    baseline: Baseline = None,
    limit_queries: LimitQueries = None,
    per_query: PerQuery = None,
    as_json: JsonOption = False,
    library: CorpusLibrary = None,
) -> None:
    """Compare ways of finding papers on a test collection.

    \b
    Examples:
      paper-assistant eval retrieval --beir scifact --split train --json
      paper-assistant eval retrieval --beir scifact --variants lexical,convex --per-query q.jsonl

    The corpus is ingested once and its library reused. Only queries that the split judges count;
    documents that it does not judge are taken as irrelevant.
    """
    from assistant.cli.session import open_settings
    from evals.beir import load_beir
    from evals.corpus_library import default_folder
    from evals.retrieval_run import run_variants

    chosen, base = _chosen(variants, baseline)
    collection = load_beir(beir, split)
    if limit_queries is not None:
        collection = collection.first(limit_queries)
    settings = open_settings(library)
    if library is None:
        settings = open_settings(default_folder(collection.corpus, settings.embedding))
    with _lines_to(per_query) as file:
        _ensure_library(collection, settings, as_json=as_json)
        with progress("Searching", len(collection.queries), wanted(as_json)) as advance:
            run = run_variants(collection, settings, chosen, advance)
        if file is not None:
            _write_queries(run, file)
    _tell(run, base, as_json=as_json)


def _chosen(names: str | None, baseline: str | None) -> "tuple[dict[str, Variant], str]":
    from evals.variants import VARIANTS

    wanted_names = list(VARIANTS) if names is None else [name.strip() for name in names.split(",")]
    for name in wanted_names:
        if name not in VARIANTS:
            raise UsageError(f"--variants: there is no {name!r}; there are {', '.join(VARIANTS)}")
    if baseline is not None and baseline not in wanted_names:
        raise UsageError(f"--baseline: {baseline!r} is not among {', '.join(wanted_names)}")
    return {name: VARIANTS[name] for name in wanted_names}, baseline or wanted_names[0]


def _ensure_library(collection: "BeirFolder", settings: "Settings", *, as_json: bool) -> None:
    from evals.beir import read_corpus
    from evals.corpus_library import build, needs_building

    folder = settings.library.path
    if not needs_building(collection.corpus, folder):
        return
    total = sum(1 for _ in read_corpus(collection.corpus))
    complain(f"Building the library of {collection.corpus} in {folder} (once, {total} documents)")
    with progress("Ingesting", total, wanted(as_json)) as advance:
        build(collection.corpus, settings, advance)


@contextmanager
def _lines_to(path: Path | None) -> "Iterator[TextIO | None]":
    """The file to be written, opened before the work begins, or None."""
    from assistant.cli.whole_file import whole_file

    if path is None:
        yield None
        return
    with whole_file(path) as file:
        yield file


def _write_queries(run: "RetrievalRun", file: "TextIO") -> None:
    from evals.retrieval_report import per_query

    for row in per_query(run):
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _tell(run: "RetrievalRun", baseline: str, *, as_json: bool) -> None:
    from evals.retrieval_report import report
    from evals.retrieval_table import legend, retrieval_table

    if run.missing or run.missing_relevant:
        complain(
            f"Warning: {run.missing} documents of the corpus are not in the library;"
            f" {run.missing_relevant} relevant ones cannot be found"
        )
    document = report(run, baseline)
    if as_json:
        write_json(document)
    else:
        print_table(retrieval_table(document))
        say(legend(document))
