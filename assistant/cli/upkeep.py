"""`paper-assistant library doctor` and `library reindex`: the indexes looked after."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.errors import FAILURE
from assistant.cli.options import JsonOption, LibraryOption
from assistant.cli.output import complain, say, write_json
from assistant.cli.progress import progress, wanted

if TYPE_CHECKING:
    from ingest.doctor import Checkup


def doctor(
    check: Annotated[bool, typer.Option("--check", help="Only examine; mend nothing.")] = False,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Prove that records and indexes agree, and mend what does not.

    Only papers whose vectors are lost are embedded again. The exit code is 0 if they agree in the
    end, else 1.
    """
    from assistant.cli.session import open_settings
    from ingest.doctor import doctor as look_after

    settings = open_settings(library)
    checkup = look_after(settings.library, settings.embedding, check_only=check)
    if as_json:
        write_json({**checkup.model_dump(mode="json"), "agrees": checkup.left.agrees})
    else:
        _show(checkup, check)
    if not checkup.left.agrees:
        raise typer.Exit(FAILURE)


def reindex(as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Rebuild both indexes from the records, also for another embedding model.

    Vectors of the same model are kept. The old indexes stay in use until the new ones are whole.
    """
    from assistant.cli.session import open_settings
    from ingest.reindexing import paper_count
    from ingest.reindexing import reindex as rebuild

    settings = open_settings(library)
    total = paper_count(settings.library)
    with progress("Reindexing", total, wanted(as_json)) as advance:
        papers = rebuild(settings.library, settings.embedding, advance)
    if as_json:
        write_json({"papers": papers})
    else:
        say(f"{papers} papers indexed")


def _show(checkup: "Checkup", check_only: bool) -> None:
    found, left = checkup.found, checkup.left
    for line in found.lines():
        complain(line)
    if left.agrees:
        mended = "" if found.agrees else "mended: "
        say(f"{mended}{left.papers} papers and {left.chunks} chunks agree in both indexes")
    elif check_only:
        complain("Mend it with: paper-assistant library doctor")
    else:
        for line in left.lines():
            complain(f"still: {line}")
        complain("Rebuild the indexes with: paper-assistant library reindex")
