"""Shows why papers were found, and what of a query was read as a filter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.cli.output import add_row, complain, print_table, table

if TYPE_CHECKING:
    from assistant.answer import FilterHint, Hit


def show_explained(hits: "Sequence[Hit]") -> None:
    """Print a row for each hit: its scores, its rank by stage, and the words it matched."""
    stages = list(hits[0].explanation.ranks) if hits[0].explanation else []
    numbers = ("#", "Score", "Cosine", "BM25", *(f"{stage} #" for stage in stages))
    shown = table(*numbers, "Title", "Matched", "Why", numbers=numbers)
    for hit in hits:
        if hit.explanation is None:
            continue
        add_row(
            shown,
            hit.rank,
            f"{hit.score:.3f}",
            "" if hit.dense is None else f"{hit.dense:.3f}",
            "" if hit.lexical is None else f"{hit.lexical:.2f}",
            *(hit.explanation.ranks.get(stage) for stage in stages),
            hit.paper.title,
            ", ".join(hit.explanation.matched),
            _why(hit),
        )
    print_table(shown)


def show_hints(hints: "Sequence[FilterHint]", warnings: Sequence[str]) -> None:
    """Tell on stderr what was read as a filter, and what may have been meant as one."""
    for warning in warnings:
        complain(f"Warning: {warning}")
    for hint in hints:
        if not hint.applied:
            complain(f"Not used as a filter: “{hint.text}” ({hint.reason}).")


def _why(hit: "Hit") -> str:
    explanation = hit.explanation
    named = f"named {explanation.named}" if explanation and explanation.named else ""
    versions = f"{len(hit.versions)} near-identical left out" if hit.versions else ""
    passed = explanation.filters.items() if explanation else ()
    filters = ", ".join(f"{field}={value}" for field, value in passed)
    return "; ".join(filter(None, (named, versions, filters)))
