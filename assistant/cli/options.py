"""Options that several commands have in common."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.errors import UsageError

if TYPE_CHECKING:
    from assistant.answer import Filters


@dataclass
class Invocation:
    """What holds for a whole call, whichever of its commands an option was given to."""

    as_json: bool = False
    library: Path | None = None


def nearest_folder(context: typer.Context, folder: Path | None) -> Path | None:
    """The folder named last; one named before the command holds for the command too."""
    invocation: Invocation = context.obj
    if folder is not None:
        invocation.library = folder.expanduser()
    return invocation.library


def valid_text(text: str | None) -> str | None:
    """An argument as text; the shell may pass bytes that are none."""
    return text and text.encode("utf-8", errors="replace").decode("utf-8")


LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        callback=nearest_folder,
        help="Folder of the library; default: PAPERS_LIBRARY__PATH.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
YearFrom = Annotated[int | None, typer.Option(metavar="Y", help="Only papers from this year on.")]
YearTo = Annotated[int | None, typer.Option(metavar="Y", help="Only papers up to this year.")]
Venue = Annotated[str | None, typer.Option(metavar="V", help="Only papers of this venue.")]
Author = Annotated[str | None, typer.Option(metavar="A", help="Only papers by this author.")]
FromSource = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="S", help="Only papers read from this file, format or online source."
    ),
]
HintsOption = Annotated[
    Literal["off", "suggest", "apply"] | None,
    typer.Option(
        "--hints",
        help="Words such as “since 2023”: apply as filters, suggest only, or off; default:"
        " PAPERS_RETRIEVAL__HINTS.",
    ),
]


def make_filters(
    year_from: int | None,
    year_to: int | None,
    venue: str | None,
    author: str | None,
    source: str | None = None,
) -> "Filters":
    """The filters of the options; UsageError if no year can be meant."""
    from assistant.answer import Filters

    if year_from is not None and year_to is not None and year_from > year_to:
        raise UsageError(f"--year-from {year_from} is after --year-to {year_to}")
    return Filters(year_from=year_from, year_to=year_to, venue=venue, author=author, source=source)


def either(one: str, first: object, other: str, second: object) -> None:
    """UsageError unless exactly one of two ways of asking is used."""
    if (first is None) == (second is None):
        raise UsageError(f"give either {one} or {other}")


def batch_paths(option: str, source: Path | None, out: Path | None) -> tuple[Path, Path] | None:
    """Input and output of a batch, None where none is asked for; UsageError if one is missing."""
    if source is None and out is None:
        return None
    if source is None or out is None:
        raise UsageError(f"{option} FILE and --out FILE go together")
    if source.resolve() == out.resolve():
        raise UsageError(f"--out would replace {source}, which {option} reads")
    return source, out
