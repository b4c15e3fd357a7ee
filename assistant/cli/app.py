"""The command `paper-assistant` and the list of its commands.

What a command needs beyond its options is imported when it runs, so that `--help` is quick.
"""

from typing import Annotated

import typer

from assistant.cli import ask, chat, ingest, library, search, serve, upkeep
from assistant.cli.options import LibraryOption
from assistant.cli.plugins import Pluggable

PROGRAM = "paper-assistant"

app = typer.Typer(
    name=PROGRAM,
    cls=Pluggable,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="ingest")(ingest.ingest)
app.command(name="search")(search.search)
app.command(name="ask")(ask.ask)
library.commands.command(name="doctor")(upkeep.doctor)
library.commands.command(name="reindex")(upkeep.reindex)
app.add_typer(library.commands, name="library")
app.command(name="chat")(chat.chat)
app.command(name="serve")(serve.serve)
app.command(name="mcp")(serve.mcp)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version(PROGRAM)
        except PackageNotFoundError:
            number = "(run from its source, not installed)"
        typer.echo(f"{PROGRAM} {number}")
        raise typer.Exit


@app.callback()
def root(
    library: LibraryOption = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Ask a library of paper abstracts; every sentence cited, every citation quoted.

    \b
    Examples:
      paper-assistant ingest papers.jsonl
      paper-assistant ask "which papers replace MLPs with KANs?"
      paper-assistant chat

    Settings are environment variables that begin with PAPERS_, also in a file .env.
    """
    del library, version


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    app(prog_name=PROGRAM)
