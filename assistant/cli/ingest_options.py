"""The options of `paper-assistant ingest`."""

from typing import Annotated

import typer

PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for stdin.")
]
FormatOption = Annotated[
    str, typer.Option("--format", help="Format of the files; auto: told by content.")
]
OnlineLimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="Most papers of each online source.")
]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Column of a CSV table that holds a field."),
]
KeepOption = Annotated[
    bool, typer.Option("--keep-without-abstract", help="Take in papers without abstract too.")
]
SyncOption = Annotated[
    bool, typer.Option("--sync", help="PATH is a folder: remove papers that vanished from it.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Read and count; embed and write nothing.")
]
