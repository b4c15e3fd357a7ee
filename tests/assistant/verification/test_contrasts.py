import pytest

from assistant.verification.contrasts import asserts_denied, sides_swapped, turned_round


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


@pytest.mark.parametrize(
    ("claim", "source", "denied"),
    [
        ("Oiling has the same effect as rain.", "Oiling does not have the same effect.", True),
        ("It relies on wooden wheels.", "It works without wooden wheels or belts.", True),
        ("It needs no wooden wheels.", "It works without wooden wheels.", False),
        ("It has wooden wheels.", "It has not only wooden wheels.", False),
        (
            "Wooden wheels are good.",
            "Wooden wheels do not rust, and wooden wheels are good.",
            False,
        ),
        ("The city paints its wooden benches and lamps.", "No wooden benches burn.", False),
    ],
)
def test_what_a_source_denies_cannot_be_asserted(claim: str, source: str, denied: bool) -> None:
    assert asserts_denied(claim, [source]) is denied


def test_a_comparison_turned_round() -> None:
    assert turned_round(({"swan"}, {"heron"}), ({"heron"}, {"swan"}))
    assert not turned_round(({"heron"}, {"swan"}), ({"heron"}, {"swan"}))
    assert not turned_round(({"swan"}, {"duck"}), ({"heron"}, {"swan"}))
    assert not turned_round(({"swan", "lake"}, {"heron", "lake"}), ({"lake"}, {"lake"}))
