"""`paper-assistant eval make`: drafts a suite of questions about the user's own library."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli.errors import UsageError
from assistant.cli.options import JsonOption, LibraryOption
from assistant.cli.output import complain, say, write_json
from assistant.cli.progress import progress, wanted


def make(
    *,
    count: Annotated[int, typer.Option("--n", min=1, metavar="N", help="How many questions.")] = 50,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The suite to write.")] = Path(
        "suite.jsonl"
    ),
    by: Annotated[
        Literal["rules", "llm"], typer.Option("--by", help="llm: the configured endpoint words.")
    ] = "rules",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Draft questions from your library, for you to correct.

    \b
    Examples:
      paper-assistant eval make --n 50 --out mine.jsonl
      paper-assistant eval make --n 20 --by llm --out mine.jsonl

    Read every draft: reword what is clumsy, add spellings, delete what is wrong, and write some
    questions that your library does not answer; then run `eval answers` on the file.
    """
    from assistant.cli.session import open_settings, opened_library
    from assistant.cli.whole_file import whole_file
    from assistant.llms.registry import make_chat_client
    from evals.make_questions import draft_items

    if out.exists() and not force:
        raise UsageError(f"--out: {out} exists and may hold your corrections; --force replaces it")
    settings = open_settings(library)
    chat = make_chat_client(settings.llm) if by == "llm" else None
    if by == "llm" and chat is None:
        raise UsageError("--by llm needs a model: set PAPERS_LLM__BASE_URL or OPENAI_API_KEY")
    made = 0
    with (
        opened_library(settings.library) as opened,
        progress("Drafting", count, wanted(as_json)) as advance,
        whole_file(out) as file,
    ):
        for row in draft_items(opened.papers(), count, chat):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            made += 1
            advance(1)
    if as_json:
        write_json({"made": made, "out": str(out)})
    else:
        say(f"{made} drafts written to {out}; correct them, then: eval answers --suite {out}")
    if made < count:
        complain(f"Warning: only {made} of {count}: the other abstracts state no figure")
