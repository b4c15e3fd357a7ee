"""Rows of Markdown tables: their cells, and the claim that each cell makes."""

_EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "none", "not reported", "not stated"})


def is_row(line: str) -> bool:
    """Whether a line has cells, with or without bars around them."""
    return line.startswith("|") or " | " in line


def cells_of(row: str) -> list[str]:
    """The cells of a row, without the bars around them."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in inner.split("|")]


def row_claim(row: str) -> str:
    """A row as one claim: its cells as a list."""
    return ", ".join(cell for cell in cells_of(row) if cell)


def cell_claims(row: str, head: str) -> tuple[str, ...]:
    """What the cells of a row claim, each with the heads of its column and its row.

    A table whose columns are papers says something of another paper in each cell. None for a row
    of two columns, which is one claim.
    """
    label, *cells = cells_of(row)
    heads = cells_of(head)[1:]
    if len(cells) < 2 or len(cells) > len(heads):
        return ()
    return tuple(
        f"{of}: {label} {cell}"
        for of, cell in zip(heads, cells, strict=False)
        if cell.casefold() not in _EMPTY
    )
