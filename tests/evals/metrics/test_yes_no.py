import pytest

from evals.metrics.yes_no import stated_verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Yes, it does [1].", "yes"),
        ("**No.** The trial found none.", "no"),
        ("Maybe [2].", "maybe"),
        ("The trial was small. So the answer is yes.", "yes"),
        ("No other trial found this.", None),
        ("There was no difference.", None),
        ("Both yes and no, no.", None),
        ("", None),
    ],
)
def test_what_an_answer_comes_to(text: str, verdict: str | None) -> None:
    assert stated_verdict(text) == verdict
