"""`paper-assistant eval`: one command of the evaluation suite a file.

Plugged into the command line by the entry point group `paper_assistant.commands`, since the
assistant does not know of its evaluation. What a command needs is imported when it runs.
"""

import typer

from assistant.cli.options import LibraryOption
from evals.cli import answers, gate, judge, make, retrieval

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group(library: LibraryOption = None) -> None:
    """Measure the assistant, offline.

    \b
    Examples:
      paper-assistant eval answers --suite evals/suites/sample.jsonl
      paper-assistant eval retrieval --beir scifact --split test
      paper-assistant eval make --n 50 --out mine.jsonl
    """
    del library


app.command()(answers.answers)
app.command()(retrieval.retrieval)
app.command()(judge.judge)
app.command()(make.make)
app.command()(gate.compare)
app.command()(gate.gate)
