"""`paper-assistant ingest`: files into the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.cli.errors import FAILURE, UsageError, error_document
from assistant.cli.ingest_options import (
    ColumnsOption,
    DryRunOption,
    FormatOption,
    KeepOption,
    OnlineLimitOption,
    PathsArgument,
    SyncOption,
)
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
    paths: PathsArgument,
    source_format: FormatOption = AUTO,
    limit: OnlineLimitOption = None,
    columns: ColumnsOption = None,
    keep: KeepOption = False,
    sync: SyncOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Bring papers into the library.

    \b
    Examples:
      paper-assistant ingest page.txt exports/
      paper-assistant ingest --dry-run --json dump.jsonl.gz
      paper-assistant ingest table.csv --map title=Name --map abstract=Summary
      paper-assistant ingest --sync ~/references
      paper-assistant ingest arxiv:2409.10594 "arxiv:search?kan" --limit 50

    What is in the library already is left alone. Records that cannot be read are listed on
    stderr, and the rest is brought in; the exit code is 1 if nothing was read.
    """
    from assistant.cli.session import open_settings

    settings = open_settings(library)
    request = Request(paths, source_format, limit, _mapping(columns), keep, sync)
    request.check()
    if dry_run:
        report = _try_out(settings, request)
    else:
        report = bring_in(settings, request, watched=wanted(as_json))
    if as_json:
        error = error_document("NothingRead", NOTHING) if report.nothing_read else {}
        write_json(report.model_dump(mode="json") | error)
    elif dry_run:
        say("Dry run: nothing was embedded or written.")
    show_report(report, counts=not as_json)
    if report.nothing_read:
        raise typer.Exit(FAILURE)


@dataclass(frozen=True)
class Request:
    """What is to be brought in, and how it is read."""

    paths: Sequence[str]
    source_format: str = AUTO
    limit: int | None = None
    columns: Mapping[str, str] | None = None
    keep_without_abstract: bool = False
    sync: bool = False

    def check(self) -> None:
        """UsageError if there is no such format, field, or folder to follow."""
        from ingest.errors import SourceError
        from ingest.readers import reader_named, readers_for
        from ingest.syncing import followed_folder

        option = "--map"
        try:
            readers_for(self.columns)
            option = "--format"
            if self.source_format != AUTO:
                reader_named(self.source_format)
            option = "--sync"
            if self.sync:
                followed_folder(self.paths)
        except SourceError as error:
            raise UsageError(f"{option}: {error}") from error


def bring_in(settings: "Settings", request: Request, *, watched: bool) -> "IngestReport":
    """Ingest, with a progress bar where it is watched."""
    from assistant.api import Assistant

    total = count_papers(request) if watched and _can_be_read_twice(request.paths) else None
    with Assistant(settings) as assistant, progress("Ingesting", total, watched) as advance:
        return assistant.ingest(
            request.paths,
            request.source_format,
            advance,
            request.limit,
            columns=request.columns,
            keep_without_abstract=request.keep_without_abstract,
            sync=request.sync,
        )


def count_papers(request: Request) -> int:
    """How many papers an ingest will go through: a first pass without embedding."""
    from ingest.paper import Paper
    from ingest.pipeline import read_papers

    papers = (
        record
        for record in read_papers(request.paths, request.source_format, columns=request.columns)
        if isinstance(record, Paper)
    )
    return sum(request.keep_without_abstract or bool(paper.abstract.strip()) for paper in papers)


def _mapping(columns: Sequence[str] | None) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns or ()]
    if wrong := ["".join(pair) for pair in pairs if not (pair[0] and pair[2])]:
        raise UsageError(f"--map takes FIELD=COLUMN, such as title=Name, not {wrong[0]}")
    return {field.strip(): column.strip() for field, _, column in pairs}


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


def _try_out(settings: "Settings", request: Request) -> "IngestReport":
    from ingest.pipeline import dry_run, read_papers
    from ingest.syncing import followed_folder

    records = read_papers(
        request.paths,
        request.source_format,
        online=settings.online,
        limit=request.limit,
        columns=request.columns,
    )
    return dry_run(
        records,
        settings.library,
        settings.embedding,
        request.keep_without_abstract,
        sync_folder=followed_folder(request.paths) if request.sync else None,
        prices_file=settings.prices_file,
    )
