"""`paper-assistant chat`: the chat page on this machine."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.errors import FAILURE
from assistant.cli.ingest import Request, bring_in, show_report
from assistant.cli.options import LibraryOption
from assistant.cli.output import complain, say
from assistant.cli.progress import wanted
from assistant.glibc_memory import share_arenas

if TYPE_CHECKING:
    from assistant.llms.probe import EndpointStatus
    from assistant.settings import Settings

Host = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Address of this machine to listen on.")
]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, metavar="N", help="Port; 0: any free one.")
]


def chat(
    host: Host = None,
    port: Port = None,
    ingest: Annotated[
        list[str] | None,
        typer.Option("--ingest", metavar="PATH", help="Bring this in first; may be repeated."),
    ] = None,
    sample_if_empty: Annotated[
        bool,
        typer.Option("--sample-if-empty", help="Fill an empty library with the sample notes."),
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Serve the chat page on this machine.

    \b
    Examples:
      paper-assistant chat
      paper-assistant chat --port 8080 --ingest exports/

    Ctrl-C ends it. No other machine can reach the page.
    """
    from assistant.cli.session import open_settings

    share_arenas()
    settings = open_settings(library)
    if ingest:
        _fill(settings, ingest)
    if sample_if_empty and not _count(settings):
        from ingest.sample import SAMPLE_FILE

        say("The library is empty: adding the sample, notes on 72 papers.")
        _fill(settings, [str(SAMPLE_FILE)])
    _serve(settings, host, port)


def _serve(settings: "Settings", host: str | None, port: int | None) -> None:
    from assistant.api import Assistant
    from assistant.chat.page import launch
    from assistant.destinations import destinations

    with Assistant(settings) as assistant:
        status = assistant.status()
        _warn(status)
        papers = assistant.stats().papers
        with launch(assistant, host=host, port=port) as server:
            say(f"Chat page  {server.url}  (Ctrl-C ends it)")
            say(f"Answers    {_answerer(status)}")
            say(f"Library    {settings.library.path} ({papers} papers)")
            for destination in destinations(settings):
                if destination.url:
                    say(f"Calls      {destination}")
            if not papers:
                complain(
                    "Warning: the library is empty; add papers with: paper-assistant ingest PATH"
                )
            server.wait()
        say(f"Stopped. {assistant.usage}.")


def _fill(settings: "Settings", paths: list[str]) -> None:
    report = bring_in(settings, Request(paths), watched=wanted(as_json=False))
    show_report(report)
    if report.nothing_read:
        raise typer.Exit(FAILURE)


def _count(settings: "Settings") -> int:
    from assistant.cli.session import opened_library
    from ingest.library.manifest import load_manifest

    if load_manifest(settings.library.path) is None:
        return 0
    with opened_library(settings.library) as library:
        return library.stats().papers


def _warn(status: "EndpointStatus") -> None:
    """Say at once what would else come out at the first question."""
    if status.ok and not status.remedy:
        return
    remedy = "" if status.remedy in status.message else f" {status.remedy}"
    complain(f"Warning: {status.message.rstrip('.')}.{remedy}")


def _answerer(status: "EndpointStatus") -> str:
    if status.ok:
        return status.message
    return f"quoted passages, until {status.base_url} answers"
