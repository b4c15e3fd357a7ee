"""Sides of a comparison, and comparisons turned round."""

import pytest

from assistant.extractive.sides import sides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A outperforms B", ("A ", " B")),
        ("A is worse than B", (" B", "A is ")),
        ("A is less precise than B", (" B", "A is ")),
        ("A is behind B", (" B", "A is ")),
        ("the cause is behind some effects", None),
        ("A falls behind B", (" B", "A ")),
        ("A and B", None),
        ("faster than A is B", None),
        (" worse than A does B do", None),
    ],
)
def test_what_is_ahead_and_what_behind(text: str, expected: tuple[str, str] | None) -> None:
    assert sides(text) == expected
