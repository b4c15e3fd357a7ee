"""`paper-assistant ask`: a cited answer to a question."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.explained import show_hints
from assistant.cli.options import (
    Author,
    FromSource,
    HintsOption,
    JsonOption,
    LibraryOption,
    Venue,
    YearFrom,
    YearTo,
    batch_paths,
    either,
    make_filters,
    valid_text,
)
from assistant.cli.output import paragraph, say, write_json

if TYPE_CHECKING:
    from assistant.answer import Answer, Event, Filters
    from assistant.api import Assistant
    from assistant.cli.batch import AskItem
    from assistant.retrieval.hints import HintMode

NEAREST = 3
MORE = 20

Questions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help='Many questions: {"_id", "question", "history"} a line; needs --out.'
    ),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help='{"_id", "status", "text", ...} a line.')
]


def ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", callback=valid_text, help="What you want to know."),
    ] = None,
    *,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    venue: Venue = None,
    author: Author = None,
    source: FromSource = None,
    hints: HintsOption = None,
    questions: Questions = None,
    out: Out = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Answer a question from the library.

    \b
    Examples:
      paper-assistant ask "what accuracy does PoolFormer reach on ImageNet-1K?"
      paper-assistant ask --questions questions.jsonl --out answers.jsonl

    Every citation comes with the sentence of the abstract that it stands on. What the library
    does not answer is said plainly; that is no failure.
    """
    from assistant.api import Assistant
    from assistant.cli.session import open_settings

    either("QUESTION", question, "--questions FILE", questions)
    files = batch_paths("--questions", questions, out)
    filters = make_filters(year_from, year_to, venue, author, source)
    with Assistant(open_settings(library)) as assistant:
        if files is not None:
            _batch(assistant, *files, filters, hints, as_json)
        elif as_json:
            answer = assistant.ask(question or "", filters=filters, hints=hints)
            write_json(answer.model_dump(mode="json"))
        else:
            events = assistant.stream(question or "", filters=filters, hints=hints)
            show_evidence(show_text(events))


def _batch(
    assistant: "Assistant",
    source: Path,
    out: Path,
    filters: "Filters",
    hints: "HintMode | None",
    as_json: bool,
) -> None:
    from assistant.cli.batch import AskItem, run_batch

    assistant.stats()  # opens the library: what is wrong with it is told once, not for each line

    def answer(item: "AskItem") -> dict[str, object]:
        answered = assistant.ask(item.question, history=item.history, filters=filters, hints=hints)
        return answered.model_dump(mode="json")

    run_batch(source, out, AskItem, answer, as_json)


def show_text(events: "Iterator[Event]") -> "Answer":
    """Print the text, on a terminal as it comes; returns the checked answer.

    Elsewhere only the checked text is printed. Where checking changed what was streamed, the
    checked text follows it.
    """
    from assistant.answer import Done, TextDelta

    streamed = ""
    answer: Answer | None = None
    for event in events:
        if isinstance(event, TextDelta) and sys.stdout.isatty():
            say(event.text, end="")
            streamed += event.text
        elif isinstance(event, Done):
            answer = event.answer
    assert answer is not None, "every stream ends with Done"
    if streamed:
        say()
    if streamed.strip() != answer.text.strip():
        say(
            f"\nThe answer as checked against its sources:\n{answer.text}"
            if streamed
            else answer.text
        )
    return answer


def show_evidence(answer: "Answer") -> None:
    """Print the quote behind each citation, or the nearest papers of a refusal."""
    for number, quotes in groupby(answer.citations, key=lambda citation: citation.number):
        first, *more = quotes
        year = f" ({first.paper.year})" if first.paper.year else ""
        say(f"\n[{number}] {first.paper.title}{year}")
        for citation in (first, *more):
            say(paragraph(f"“{citation.quote}”", indent="    "))
    if answer.status == "not_in_library" and answer.sources:
        say("\nNearest papers:")
        for source in answer.sources[:NEAREST]:
            say(f"  {source.title}")
    show_more(answer)
    show_hints(answer.hints, answer.warnings)


def show_more(answer: "Answer") -> None:
    """Print the papers that bear on a list question beside those cited."""
    cited = {citation.paper.id for citation in answer.citations}
    more = [source for source in answer.sources if source.paper_id not in cited]
    if answer.found <= len(cited) or not more:
        return
    say(f"\n{answer.found} papers found, {len(cited)} of them cited above. The others:")
    for source in more[:MORE]:
        say(f"  {source.title}")
    if len(more) > MORE:
        say(f"  ... and {len(more) - MORE} more (--json lists all)")
