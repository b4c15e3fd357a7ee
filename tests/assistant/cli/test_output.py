"""Texts of papers and models cannot reach the terminal as commands."""

import pytest

from assistant.cli.output import safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “text” with Zürich, 漢字 and \U0001f600", None),
        ("two\nlines\tand a tab", None),
        ("[bold]not markup[/bold]", None),
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("over\rwritten\x08\x00\x7f", "overwritten"),
        ("a\x9b31mb", "a31mb"),
        ("half a sequence \x1b", "half a sequence "),
        ("right \u202eto left", "right to left"),
        ("file \udcff name", "file \ufffd name"),
    ],
)
def test_control_characters_go_and_the_rest_stays(text: str, shown: str | None) -> None:
    assert safe(text) == (text if shown is None else shown)
