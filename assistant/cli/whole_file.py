"""A file that stands under its name only when it is complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from assistant.cli.errors import InterruptError, OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open `NAME.part`, and rename it to `path` in the end; until then nothing is replaced.

    After Ctrl-C the part stays, since answers may have cost money; after an error it goes. What is
    no file (a pipe, /dev/stdout) is written to directly. OutputError if neither can be opened.
    """
    if path.exists() and not path.is_file():
        with _opened(path, path) as direct:
            yield direct
        return
    target = path.resolve()
    part = target.with_name(f"{target.name}.part")
    with _opened(part, path) as file:
        try:
            yield file
        except KeyboardInterrupt:
            raise InterruptError(f"interrupted; what was done by then is in {part}") from None
        except BaseException:
            part.unlink()
            raise
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _opened(path: Path, wanted: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{wanted} cannot be written ({error.strerror})") from error
