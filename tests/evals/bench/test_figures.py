import pytest

from evals.bench.figures import Figure


@pytest.mark.parametrize(
    ("figure", "target", "reached"),
    [
        (Figure("a", 1.5, "s", at_most=1.5), "at most 1.50", "yes"),
        (Figure("a", 1.6, "s", at_most=1.5), "at most 1.50", "no"),
        (Figure("a", 0.9, "", at_least=0.9), "at least 0.90", "yes"),
        (Figure("a", 0.8, "", at_least=0.9), "at least 0.90", "no"),
        (Figure("a", 1.0, "ms"), "", ""),
    ],
)
def test_a_target_is_reached_at_its_value(figure: Figure, target: str, reached: str) -> None:
    assert (figure.target, figure.reached) == (target, reached)
