import pytest

from evals.metrics.faithfulness import faithfulness, ragas_faithfulness


@pytest.mark.parametrize(
    ("verdicts", "abstained", "ours", "ragas"),
    [
        ([True, True, False, True], False, 0.75, 0.75),
        ([False], False, 0, 0),
        ([], True, 1, None),
        ([], False, 1, None),
        ([True, None, False, None], False, 0.5, 0.5),
        ([None], False, None, None),
    ],
)
def test_both_definitions(
    verdicts: list[bool | None], abstained: bool, ours: float | None, ragas: float | None
) -> None:
    assert faithfulness(verdicts, abstained=abstained) == ours
    assert ragas_faithfulness(verdicts, abstained=abstained) == ragas
