"""The filters that hold, as chips that can be taken away one by one."""

from typing import NamedTuple

from assistant.answer import Filters


class Chip(NamedTuple):
    """A filter in words; `name` tells which one to take away."""

    name: str
    text: str


def chips_of(filters: Filters) -> tuple[Chip, ...]:
    """A chip for each filter that is set."""
    chips = []
    if filters.year_from is not None or filters.year_to is not None:
        chips.append(Chip("years", _years(filters)))
    for name in ("venue", "author", "source"):
        if value := getattr(filters, name):
            chips.append(Chip(name, f"{name}: {value}"))
    if filters.papers is not None:
        count = len(filters.papers)
        chips.append(Chip("papers", "only this paper" if count == 1 else f"only {count} papers"))
    return tuple(chips)


def without(filters: Filters, name: str) -> Filters:
    """The filters without one of them, as named by its chip."""
    gone = ("year_from", "year_to") if name == "years" else (name,)
    kept = {field: value for field, value in filters.model_dump().items() if field not in gone}
    return Filters(**kept)


def from_fields(
    held: Filters,
    first: float | None,
    last: float | None,
    venue: str | None,
    author: str | None,
) -> Filters:
    """The filters that the fields of the page say; what they do not show stays as it is."""
    years = sorted(int(year) for year in (first, last) if year)
    swapped = bool(first and last)
    return held.model_copy(
        update={
            "year_from": years[0] if swapped else _year(first),
            "year_to": years[-1] if swapped else _year(last),
            "venue": (venue or "").strip() or None,
            "author": (author or "").strip() or None,
        }
    )


def _year(value: float | None) -> int | None:
    return int(value) if value else None


def _years(filters: Filters) -> str:
    first, last = filters.year_from, filters.year_to
    if first is None:
        return f"until {last}"
    if last is None:
        return f"since {first}"
    return str(first) if first == last else f"{first} to {last}"
