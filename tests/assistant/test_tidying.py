"""What a model's answer loses before it is checked."""

import pytest

from assistant.tidying import CODE_LEFT_OUT, tidied

SAID = "KAT is fast [1]."
LONG = "PoolFormer, a transformer whose attention is replaced by pooling, reaches"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"![plot](https://example.org/?q=secret) {SAID}", SAID),
        ("[KAT](https://example.org/?q=secret) is fast [1].", SAID),
        ("<b>KAT</b> is<br>fast [1]. <!-- hidden -->", "KAT is fast [1]."),
        ("KAT <script>alert('x')</script>is fast [1].", SAID),
        (f"{SAID}\n\n**References:**\n[1] KAT: a title\n[2] Another", SAID),
        (f"{SAID}\n\nSources:\n- Another paper\n1. KAT", SAID),
        (f"```\n{SAID}\n```", SAID),
        (f"```markdown\n{SAID}\n```", SAID),
        (f"{LONG}\n82.1 % top-1 [1].", f"{LONG} 82.1 % top-1 [1]."),
        (f"{LONG}\nmore than others [1].", f"{LONG} more than others [1]."),
    ],
)
def test_no_statement_about_a_paper_goes(text: str, left: str) -> None:
    assert tidied(text) == (left, ())


def test_a_program_goes_and_is_told_of() -> None:
    assert tidied(f"```python\nacc = 82.1\n```\n{SAID}") == (SAID, (CODE_LEFT_OUT,))
    assert tidied(f"{SAID}\n```sql\nselect 1") == (SAID, (CODE_LEFT_OUT,))


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "a < b and c > d [1].",
        "Sources:\nKAT is fast [1]. It is said so by many.\nAnd by others.",
        f"- {LONG} 82.1 %\n- it is fast",
        f"{LONG} 82.1 %.\nmore",
        "| a | b |\n|---|---|\n| c | d [1] |",
        "# Heading of some length that ends without a stop\nis followed",
        "[1](see below)",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert tidied(text) == (text, ())
