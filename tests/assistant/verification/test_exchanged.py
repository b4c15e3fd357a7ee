import pytest

from assistant.verification.exchanged import exchanged

SOURCE = "Old grey herons eat fresh silver trout, while young brown otters crack hard pond crabs."


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("Old grey otters eat fresh silver trout, while young brown herons eat pond crabs.", True),
        ("Old grey herons eat fresh silver crabs, while brown otters crack hard pond trout.", True),
        (SOURCE, False),
        (
            "Young brown otters crack hard pond crabs; old grey herons eat fresh silver trout.",
            False,
        ),
        ("Fresh silver trout is eaten by old grey herons.", False),
        ("Otters and herons eat.", False),
        ("", False),
    ],
)
def test_words_in_each_others_place_are_found(claim: str, found: bool) -> None:
    assert exchanged(claim, [SOURCE]) is found


def test_a_phrase_told_in_reverse_is_the_same() -> None:
    source = "It detects tide based on sonar."
    assert not exchanged("It is for sonar based tide detection.", [source])
