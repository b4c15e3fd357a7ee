"""The command line `paper-assistant`: one command, or group of commands, a file."""

from assistant.cli.app import main

__all__ = ["main"]
