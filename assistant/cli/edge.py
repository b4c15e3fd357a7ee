"""The edge of the process: errors become a message, and a JSON document where one was asked for."""

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from assistant.cli.errors import FAILURE, InterruptError, OutputError, error_document, exit_code
from assistant.cli.options import Invocation
from assistant.cli.output import complain, write_json
from ingest.errors import PaperAssistantError


class Edge(TyperGroup):
    """The outermost command, through which every other one runs."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; usage errors are typer's to tell, except where stdout shall hold JSON."""
        arguments = list(sys.argv[1:] if args is None else args)
        invocation = Invocation(as_json=_wants_json(arguments))
        run = partial(
            super().main,
            arguments,
            prog_name,
            complete_var,
            windows_expand_args=windows_expand_args,
            obj=invocation,
            **extra,
        )
        if not (standalone_mode and invocation.as_json):
            return run(standalone_mode=standalone_mode)
        try:
            code = run(standalone_mode=False)
        except typer.TyperException as error:
            self._tell("UsageError", error.format_message(), invocation)
            code = error.exit_code
        sys.exit(code)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command; whatever goes wrong in it ends here."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_stdout()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            self._fail(InterruptError("interrupted"), ctx.obj)
        except PaperAssistantError as error:
            self._fail(error, ctx.obj)
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            self._fail(OutputError(f"{where}{error.strerror or error}"), ctx.obj)
        except Exception as error:
            logging.getLogger(__name__).exception("unexpected error")
            self._tell("InternalError", f"this is a bug: {error!r}", ctx.obj)
            raise typer.Exit(FAILURE) from None
        return result

    def _fail(self, error: Exception, invocation: Invocation) -> NoReturn:
        self._tell(type(error).__name__, str(error), invocation)
        raise typer.Exit(exit_code(error)) from None

    def _tell(self, name: str, message: str, invocation: Invocation) -> None:
        complain(f"Error: {message}")
        if invocation.as_json:
            with suppress(OSError):
                write_json(error_document(name, message))


def _wants_json(arguments: Sequence[str]) -> bool:
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def _discard_stdout() -> None:
    """Let the rest, which nobody reads, go nowhere; else Python complains when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
