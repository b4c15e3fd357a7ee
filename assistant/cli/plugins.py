"""Commands that other packages plug in by the entry point group `paper_assistant.commands`.

So `eval` is part of the command line although the assistant does not import it. An entry point
names a `typer.Typer`; it is loaded when its command, or the list of commands, is asked for.
"""

from importlib.metadata import EntryPoint, entry_points

import typer
from typer.main import get_group

from assistant.cli.edge import Edge

GROUP = "paper_assistant.commands"


class Pluggable(Edge):
    """The outermost command, with those of other packages beside its own."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Names of own commands, then of those plugged in."""
        own = super().list_commands(ctx)
        return [*own, *(name for name in sorted(_plugged_in()) if name not in own)]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> object | None:  # type: ignore[override]
        """An own command, or else the one plugged in under that name."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in (plugged := _plugged_in()):
            return own
        command = get_group(plugged[cmd_name].load())
        command.name = cmd_name
        return command


def _plugged_in() -> dict[str, EntryPoint]:
    return {found.name: found for found in entry_points(group=GROUP)}
