"""What people and programs read: text and tables, or one JSON document, on stdout.

Texts of papers, models and file names are data: they are printed without control characters,
which could move the cursor, recolour or retitle a terminal, and are never taken for markup.
"""

import json
import re
import shutil
import sys
import textwrap
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.terminal_codes import ESCAPE_SEQUENCE

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNLIMITED = 100_000
_WIDEST = 100


def safe(text: str) -> str:
    """The text as it may be shown on a terminal; newlines and tabs stay."""
    without_sequences = ESCAPE_SEQUENCE.sub("", text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", without_sequences))


def say(text: str = "", *, end: str = "\n") -> None:
    """Print text to stdout at once."""
    _write(sys.stdout, safe(text) + end)


def complain(text: str) -> None:
    """Print text to stderr."""
    _write(sys.stderr, safe(text) + "\n")


def paragraph(text: str, indent: str = "") -> str:
    """Each line of a text indented, and wrapped where stdout is a terminal."""
    if not sys.stdout.isatty():
        return textwrap.indent(text, indent)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = text.split("\n")
    return "\n".join(
        textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent)
        for line in lines
    )


def write_json(document: Any) -> None:
    """Print a JSON document to stdout; ASCII only where stdout cannot take the rest."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table; the columns of `numbers` are set to the right and never wrapped."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        number = column in numbers
        made.add_column(column, justify="right" if number else "left", no_wrap=number)
    return made


def add_row(made: Table, *cells: object) -> None:
    """Add a row of values; None is an empty cell."""
    made.add_row(*(Text("" if cell is None else safe(str(cell))) for cell in cells))


def print_table(made: Table) -> None:
    """Print a table to stdout; where that is no terminal, each row takes one line."""
    console = _Console(
        file=sys.stdout,
        highlight=False,
        emoji=False,
        width=None if sys.stdout.isatty() else _UNLIMITED,
    )
    console.print(made)


class _Console(Console):
    """Leaves a reader who has gone to the edge of the process; rich would exit with an error."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _write(stream: Any, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, errors="replace").decode(encoding))
    stream.flush()
