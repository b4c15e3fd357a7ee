import pytest

from assistant.verification.contrasts import sides_swapped


@pytest.mark.parametrize(
    ("claim", "source", "swapped"),
    [
        ("Apollo beats Borea on speed.", "Borea beats Apollo on speed.", True),
        ("Apollo beats Borea on speed.", "Apollo surpasses Borea on speed.", False),
        ("It puts gears before belts.", "It puts belts before gears.", False),
        (
            "RotorNet replaces belts with gears to save weight.",
            "RotorNet also replaces gears with a belt to save weight, and adds a brake.",
            True,
        ),
        (
            "RotorNet replaces gears with belts.",
            "RotorNet replaces the gears (metal), which wear out, with belts in order to last.",
            False,
        ),
        (
            "RotorNet replaces belts with gears.",
            "RotorNet replaces the gears (metal), which wear out, with belts in order to last.",
            True,
        ),
        ("Gears are swapped for belts.", "Belts were swapped for gears.", False),
    ],
)
def test_sides_of_a_comparison(claim: str, source: str, swapped: bool) -> None:
    assert sides_swapped(claim, source) is swapped
