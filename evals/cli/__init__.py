"""`paper-assistant eval`: one command of the evaluation suite a file.

Plugged into the command line by the entry point group `paper_assistant.commands`, since the
assistant does not know of its evaluation. What a command needs is imported when it runs.
"""

import typer

from assistant.cli.options import LibraryOption
from evals.cli import retrieval

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group(library: LibraryOption = None) -> None:
    """Measure the assistant, offline.

    \b
    Example:
      paper-assistant eval retrieval --beir scifact --split test
    """
    del library


app.command()(retrieval.retrieval)
