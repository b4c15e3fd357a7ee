"""`paper-assistant ingest`: files into the library."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.errors import FAILURE, UsageError, error_document
from assistant.cli.options import JsonOption, LibraryOption
from assistant.cli.output import complain, say, write_json
from assistant.cli.progress import progress, wanted

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.report import IngestReport

AUTO = "auto"
STDIN = "-"
NOTHING = "no paper could be read"


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for stdin.")
    ],
    source_format: Annotated[
        str, typer.Option("--format", help="Format of the files; auto: told by content.")
    ] = AUTO,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Most papers of each online source.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and count; embed and write nothing.")
    ] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Bring papers into the library.

    \b
    Examples:
      paper-assistant ingest page.txt exports/
      paper-assistant ingest --dry-run --json dump.jsonl.gz
      paper-assistant ingest arxiv:2409.10594 "arxiv:search?kan" --limit 50

    What is in the library already is left alone. Records that cannot be read are listed on
    stderr, and the rest is brought in; the exit code is 1 if nothing was read.
    """
    from assistant.cli.session import open_settings

    settings = open_settings(library)
    check_format(source_format)
    if dry_run:
        report = _try_out(settings, paths, source_format, limit)
    else:
        report = bring_in(settings, paths, source_format, limit, watched=wanted(as_json))
    if as_json:
        error = error_document("NothingRead", NOTHING) if report.nothing_read else {}
        write_json(report.model_dump(mode="json") | error)
    elif dry_run:
        say("Dry run: nothing was embedded or written.")
    show_report(report, counts=not as_json)
    if report.nothing_read:
        raise typer.Exit(FAILURE)


def check_format(name: str) -> None:
    """UsageError, which lists the formats, if there is no such format."""
    from ingest.errors import SourceError
    from ingest.readers import reader_named

    if name != AUTO:
        try:
            reader_named(name)
        except SourceError as error:
            raise UsageError(f"--format: {error}") from error


def bring_in(
    settings: "Settings",
    paths: Sequence[str],
    source_format: str,
    limit: int | None = None,
    *,
    watched: bool,
) -> "IngestReport":
    """Ingest, with a progress bar where it is watched."""
    from assistant.api import Assistant

    total = count_papers(paths, source_format) if watched and _can_be_read_twice(paths) else None
    with Assistant(settings) as assistant, progress("Ingesting", total, watched) as advance:
        return assistant.ingest(paths, source_format, advance, limit)


def count_papers(paths: Sequence[str], source_format: str) -> int:
    """How many papers an ingest will go through: a first pass without embedding."""
    from ingest.paper import Paper
    from ingest.pipeline import read_papers

    records = read_papers(paths, source_format)
    return sum(isinstance(record, Paper) and bool(record.abstract.strip()) for record in records)


def _can_be_read_twice(paths: Sequence[str]) -> bool:
    from ingest.online import is_online

    return not any(path == STDIN or is_online(path) or Path(path).is_fifo() for path in paths)


def show_report(report: "IngestReport", *, counts: bool = True) -> None:
    """Print the counts to stdout; what failed, and what else to know, to stderr."""
    summary, spent, *notes = report.lines()
    for note in notes:
        complain(note)
    if report.nothing_read:
        complain(f"Error: {NOTHING}")
    if counts:
        say(f"{summary}\n{spent}")


def _try_out(
    settings: "Settings", paths: Sequence[str], source_format: str, limit: int | None
) -> "IngestReport":
    from ingest.pipeline import dry_run, read_papers

    records = read_papers(paths, source_format, online=settings.online, limit=limit)
    return dry_run(records, settings.library, settings.embedding, prices_file=settings.prices_file)
