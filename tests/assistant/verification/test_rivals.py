import pytest

from assistant.verification.rivals import wrong_winner

TITLE = "RotorNet: Gears for Everyone"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "The baseline clearly outperforms RotorNet.",
            "Our model clearly outperforms the baseline.",
        ),
        ("The old gears beat the method.", "We show that our method beats the old gears by far."),
        (
            "The baseline is an old set of gears that clearly outperforms RotorNet.",
            "RotorNet clearly outperforms the baseline.",
        ),
        ("The methods are surpassed by wooden wheels.", "Our methods surpass wooden wheels."),
        (
            "Small boats do better than large boats on lakes.",
            "We find that large boats can overcome the performance of small boats.",
        ),
        (
            "Other oils help the engine more than butter does.",
            "Butter benefits the engine more than other oils.",
        ),
    ],
)
def test_a_winner_that_loses_in_the_source_is_wrong(claim: str, source: str) -> None:
    assert wrong_winner(claim, [source], TITLE)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("RotorNet outperforms the baseline.", "Our model clearly outperforms the baseline."),
        (
            "RotorNet is a set of gears that clearly outperforms the baseline.",
            "RotorNet clearly outperforms the baseline.",
        ),
        ("The baseline is beaten by RotorNet.", "Our model clearly outperforms the baseline."),
        ("RotorNet beats more than 30 rivals.", "Our model outperforms all rivals."),
        ("The baseline is old.", "Our model clearly outperforms the baseline."),
        ("Large boats beat small boats.", "Large boats surpass small boats and small planes."),
        ("Small boats beat rafts.", "Large boats beat small boats."),
        (
            "A steam-driven small boat beats earlier ones.",
            "We show that our steam-driven ship beats a small boat.",
        ),
    ],
)
def test_the_right_winner_or_another_contest_is_not(claim: str, source: str) -> None:
    assert not wrong_winner(claim, [source], TITLE)
