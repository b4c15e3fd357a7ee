"""`paper-assistant library`: look into the library, take papers out."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from assistant.cli.errors import UsageError
from assistant.cli.options import JsonOption, LibraryOption
from assistant.cli.output import add_row, paragraph, print_table, safe, say, table, write_json
from ingest.errors import LibraryError

if TYPE_CHECKING:
    from ingest.library import Library, LibraryStats
    from ingest.paper import Paper

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

PaperId = Annotated[str, typer.Argument(metavar="ID", help="Id of a paper, as search lists it.")]
PaperIds = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of papers.")]


@commands.callback()
def group(library: LibraryOption = None) -> None:
    """Look into the library, export it, delete papers, or mend it.

    \b
    Examples:
      paper-assistant library stats
      paper-assistant library export --out papers.jsonl
      paper-assistant library doctor
    """
    del library


@commands.command()
def stats(as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Count what the library holds."""
    from assistant.cli.session import open_settings, opened_library
    from ingest.library import LibraryStats
    from ingest.library.manifest import load_manifest

    config = open_settings(library).library
    figures = LibraryStats()
    if load_manifest(config.path) is not None:
        with opened_library(config) as opened:
            figures = opened.stats()
    if as_json:
        write_json(figures.model_dump(mode="json") | {"path": str(config.path)})
    else:
        _show_stats(figures, config.path)


@commands.command()
def show(paper_id: PaperId, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Show all that is known of a paper."""
    from assistant.cli.session import open_settings, opened_library

    with opened_library(open_settings(library).library) as opened:
        (paper,) = _papers(opened, [paper_id])
    if as_json:
        write_json(paper.model_dump(mode="json"))
    else:
        _show_paper(paper)


@commands.command()
def delete(
    paper_ids: PaperIds,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to delete.")] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Delete papers.

    If one of the ids is not known, nothing is deleted.
    """
    from assistant.cli.session import open_settings, opened_library
    from ingest.doctor import remove_papers

    if as_json and not yes:
        raise UsageError("--json cannot ask whether to delete; add --yes")
    settings = open_settings(library)
    with opened_library(settings.library) as opened:
        papers = _papers(opened, paper_ids)
    if not yes:
        titles = "".join(f"  {safe(paper.title)}\n" for paper in papers)
        typer.confirm(f"{titles}Delete from {settings.library.path}?", abort=True, err=True)
    ids = [paper.id for paper in papers]
    count = remove_papers(settings.library, settings.embedding, ids)
    if as_json:
        write_json({"deleted": count, "ids": ids})
    else:
        say(f"{count} deleted")


@commands.command()
def export(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File to write, in place of stdout.")
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Write every paper as a JSON line.

    What it writes can be ingested again.
    """
    from assistant.cli.session import open_settings, opened_library
    from assistant.cli.whole_file import whole_file

    with opened_library(open_settings(library).library) as opened:
        if out is None:
            _export(opened, sys.stdout)
        else:
            with whole_file(out) as file:
                count = _export(opened, file)
            say(f"{count} papers written to {out}")


def _export(library: "Library", file: TextIO) -> int:
    count = 0
    for count, paper in enumerate(library.papers(), 1):  # noqa: B007
        file.write(json.dumps(paper.model_dump(mode="json")) + "\n")
    return count


def _papers(library: "Library", ids: list[str]) -> list["Paper"]:
    found = {paper_id: library.get(paper_id) for paper_id in dict.fromkeys(ids)}
    missing = [paper_id for paper_id, paper in found.items() if paper is None]
    if missing:
        raise LibraryError(
            f"no paper in {library.folder} has the id {', '.join(missing)};"
            " find ids with: paper-assistant search QUERY"
        )
    return [paper for paper in found.values() if paper is not None]


def _show_stats(figures: "LibraryStats", folder: Path) -> None:
    rows = table("", "")
    rows.show_header = False
    add_row(rows, "Library", folder)
    add_row(rows, "Papers", figures.papers)
    if figures.format_version:
        add_row(rows, "Chunks", figures.chunks)
        add_row(rows, "Embedding", f"{figures.embedding_model}, {figures.dimension} dimensions")
        add_row(rows, "Format", figures.format_version)
        years = ", ".join(f"{year}: {count}" for year, count in figures.by_year.items())
        add_row(rows, "By year", years or "no years are known")
    print_table(rows)


def _show_paper(paper: "Paper") -> None:
    say(paper.title)
    say(", ".join(paper.authors) or "(no authors)")
    place = [str(part) for part in (paper.venue, paper.year) if part]
    known = {"doi": paper.doi, "arXiv": paper.arxiv_id, "url": paper.url}
    say(", ".join(place + [f"{name} {value}" for name, value in known.items() if value]))
    say(f"id {paper.id}")
    for source in paper.sources:
        say(f"from {source.file}" + (f":{source.line}" if source.line else ""))
    say(f"\n{paragraph(paper.abstract)}")
