"""The report of `eval retrieval` as a table for people."""

from typing import Any

from rich.table import Table

from assistant.cli.output import add_row, table
from evals.metrics.retrieval import MEASURES

SIGNIFICANT = 0.05


def retrieval_table(report: dict[str, Any]) -> Table:
    """A row a variant, a column a measure: mean, mark and 95 % interval."""
    made = table("variant", *MEASURES)
    for variant in report["variants"]:
        add_row(made, variant["name"], *(_cell(variant[measure]) for measure in MEASURES))
    return made


def legend(report: dict[str, Any]) -> str:
    """What the table's marks mean, and over what it was measured."""
    lines = [
        f"{report['queries']} queries of split {report['split']}, {report['docs']} documents;"
        " bootstrap 95 % intervals"
    ]
    if len(report["variants"]) > 1:
        lines.append(
            f"+ better, - worse than {report['baseline']} at p < {SIGNIFICANT}"
            " (paired randomisation test, Holm-corrected)"
        )
    return "\n".join(lines)


def _cell(figure: dict[str, float]) -> str:
    mark = ""
    if figure.get("p_holm", 1.0) < SIGNIFICANT:
        mark = "+" if figure["difference"] > 0 else "-"
    return f"{_short(figure['mean'])}{mark} {_short(figure['low'])}-{_short(figure['high'])}"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
