from pathlib import Path

from evals.readme_tables import answers_table, kinds_table, put
from tests.evals.reports import REFUSED, RIGHT, WRONG, report

MIXED = report([RIGHT] * 6 + [WRONG, REFUSED])


def test_a_column_for_each_run_and_correctness_first() -> None:
    """Of eight answerable items six are right, one wrong, one refused; the other is refused too."""
    lines = answers_table([MIXED, report([RIGHT] * 3)]).splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| correctness | .750 [")
    assert lines[2].split(" | ")[2].startswith("1.000 [")
    by_name = {line.split(" | ")[0].strip("| "): line for line in lines}
    assert by_name["over-refused"].split(" | ")[1].startswith(".125 [")


def test_kinds_are_told_by_what_matters_of_them() -> None:
    fact, off_topic = kinds_table([MIXED]).splitlines()[2:]
    assert fact.startswith("| fact | correctness | .750 [")
    assert off_topic.startswith("| off topic | refused | 1.000 [")


def test_a_table_goes_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- answers -->\nold\n<!-- /answers -->\nafter\n")
    put({"answers": "new", "judge": "not there"}, page)
    assert page.read_text() == "before\n<!-- answers -->\nnew\n<!-- /answers -->\nafter\n"
