"""`paper-assistant search`: the papers nearest to a query."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.explained import show_explained, show_hints
from assistant.cli.options import (
    Author,
    FromSource,
    HintsOption,
    JsonOption,
    LibraryOption,
    Venue,
    YearFrom,
    YearTo,
    batch_paths,
    either,
    make_filters,
    valid_text,
)
from assistant.cli.output import add_row, print_table, say, table, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answer import Hit, SearchResult
    from assistant.api import Assistant
    from assistant.cli.batch import SearchItem

Limit = Annotated[int, typer.Option(min=1, metavar="N", help="How many papers.")]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say of every paper why it stands where it stands.")
]
Queries = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help='Many queries: {"_id", "text"} a line; needs --out.'),
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help='{"_id", "hits": [{"paper_id", "score"}]} a line.'),
]


def search(
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", callback=valid_text, help="What to look for.")
    ] = None,
    *,
    limit: Limit = 10,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    venue: Venue = None,
    author: Author = None,
    source: FromSource = None,
    hints: HintsOption = None,
    explain: Explain = False,
    queries: Queries = None,
    out: Out = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """List the papers nearest to a query, best first.

    \b
    Examples:
      paper-assistant search "kolmogorov arnold networks" --year-from 2023
      paper-assistant search "papers on pruning at NeurIPS since 2023" --explain
      paper-assistant search --queries queries.jsonl --out run.jsonl --limit 100
    """
    from assistant.api import Assistant
    from assistant.cli.session import open_settings

    either("QUERY", query, "--queries FILE", queries)
    files = batch_paths("--queries", queries, out)
    filters = make_filters(year_from, year_to, venue, author, source).model_dump()
    options = {**filters, "hints": hints}
    with Assistant(open_settings(library)) as assistant:
        if files is not None:
            _batch(assistant, *files, limit=limit, options=options, as_json=as_json)
            return
        result = assistant.search(query or "", limit, explain=explain, **options)
        papers = assistant.stats().papers
    if as_json:
        write_json(result.model_dump(mode="json"))
    else:
        _show(result, papers)
        show_hints(result.hints, result.warnings)


def _batch(
    assistant: "Assistant",
    source: Path,
    out: Path,
    *,
    limit: int,
    options: dict[str, Any],
    as_json: bool,
) -> None:
    from assistant.cli.batch import SearchItem, run_batch

    assistant.stats()  # opens the library: what is wrong with it is told once, not for each line

    def answer(item: "SearchItem") -> dict[str, object]:
        return {"hits": _run_lines(assistant.search(item.text, limit, **options).hits)[:limit]}

    run_batch(source, out, SearchItem, answer, as_json)


def _run_lines(hits: "Sequence[Hit]") -> list[dict[str, object]]:
    """Ids and scores, best first; a run is judged by ids, so versions left out of hits are in."""
    found = [(hit.paper.id, hit.score) for hit in hits]
    found += [(version.paper_id, version.score) for hit in hits for version in hit.versions]
    found.sort(key=lambda pair: -pair[1])
    return [{"paper_id": paper_id, "score": score} for paper_id, score in found]


def _show(result: "SearchResult", papers: int) -> None:
    if not papers:
        say("The library is empty. Add papers with: paper-assistant ingest PATH")
    elif not result.hits:
        say(f"None of the {papers} papers matches.")
    elif result.hits[0].explanation is not None:
        show_explained(result.hits)
    else:
        hits = table("#", "Title", "Year", "Score", "Id", numbers=("#", "Year", "Score"))
        for hit in result.hits:
            add_row(
                hits, hit.rank, hit.paper.title, hit.paper.year, f"{hit.score:.3f}", hit.paper.id
            )
        print_table(hits)
