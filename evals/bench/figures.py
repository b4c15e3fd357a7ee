"""Measured figures beside their targets."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.table import Table


class Figure(NamedTuple):
    """One measured value; `at_most` or `at_least` is what it should reach, if anything."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def target(self) -> str:
        """The target in words; empty where there is none."""
        if self.at_most is not None:
            return f"at most {self.at_most:,.2f}"
        return "" if self.at_least is None else f"at least {self.at_least:,.2f}"

    @property
    def reached(self) -> str:
        """`yes` or `no`; empty where there is no target."""
        if self.at_most is not None:
            return "yes" if self.value <= self.at_most else "no"
        if self.at_least is not None:
            return "yes" if self.value >= self.at_least else "no"
        return ""


def table_of(figures: Iterable[Figure], title: str) -> Table:
    """The figures as a table."""
    table = Table("measured", "value", "unit", "target", "reached", title=title)
    for figure in figures:
        row = (figure.name, f"{figure.value:,.2f}", figure.unit, figure.target, figure.reached)
        table.add_row(*row)
    return table
