import random

import pytest

from evals.verifier.numerals import other_number


@pytest.mark.parametrize("old", ["82.1", "7", "1,200", "0.05", "2021", "100", "three", "Seven"])
@pytest.mark.parametrize("seed", range(20))
def test_the_new_figure_differs_in_value_and_keeps_the_form(old: str, seed: int) -> None:
    new = other_number(old, random.Random(seed))
    assert new.lower() != old.lower()
    assert new[0].isdigit() == old[0].isdigit()
    assert new[0].isupper() == old[0].isupper()
    if old[0].isdigit():
        assert float(new.replace(",", "")) != float(old.replace(",", ""))
