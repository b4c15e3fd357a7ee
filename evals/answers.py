"""Scores answers on a suite: `python -m evals.answers [--suite FILE] [--split test]`.

Without a library of its own, the sample library is made anew in a temporary folder.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant import Assistant, Settings
from assistant.answer import Answer
from evals.metrics.abstention import abstention
from evals.metrics.correctness import fact_recall
from evals.suite import Item, load_suite, shipped_suite
from ingest.sample import SAMPLE_FILE


class Scored(NamedTuple):
    """An item with its answer and figures; None where a figure does not apply."""

    item: Item
    answer: Answer
    facts: float | None
    cited_gold: float | None
    quotes_valid: bool

    @property
    def refused(self) -> bool:
        """Whether the assistant declined."""
        return self.answer.status == "not_in_library"


def score(item: Item, answer: Answer) -> Scored:
    """Measure one answer against its item."""
    cited = {c.paper.id for c in answer.citations}
    gold = item.gold_ids
    quotes = (c.paper.abstract[c.start : c.end] == c.quote for c in answer.citations)
    return Scored(
        item=item,
        answer=answer,
        facts=fact_recall(answer.text, item.facts),
        cited_gold=len(cited & gold) / len(gold) if gold else None,
        quotes_valid=all(quotes),
    )


def summary(scored: Sequence[Scored]) -> dict[str, float | int]:
    """Headline figures over all items; correctness counts a refusal of an answerable as 0."""
    refusals = abstention((s.item.answerable, s.refused) for s in scored)
    answerable = [s for s in scored if s.item.answerable]
    return {
        "n": len(scored),
        "fact recall": fmean(s.facts for s in answerable if s.facts is not None),
        "gold papers cited": fmean(s.cited_gold for s in answerable if s.cited_gold is not None),
        "quotes valid": fmean(s.quotes_valid for s in scored),
        "refusal precision": refusals.precision,
        "refusal recall": refusals.recall,
        "refusal F1": refusals.f1,
        "answerable refused": refusals.over_refused,
    }


def run(items: Sequence[Item], assistant: Assistant) -> list[Scored]:
    """Ask every question."""
    progress = track(items, "Asking", console=Console(stderr=True), transient=True)
    return [score(i, assistant.ask(i.question, history=i.history)) for i in progress]


def _table(scored: Sequence[Scored]) -> Table:
    table = Table("group", "n", "fact recall", "gold cited", "refused")
    groups = sorted({s.item.why_not or s.item.kind for s in scored})
    for group in groups:
        rows = [s for s in scored if (s.item.why_not or s.item.kind) == group]
        facts = [s.facts for s in rows if s.facts is not None]
        gold = [s.cited_gold for s in rows if s.cited_gold is not None]
        table.add_row(
            group,
            str(len(rows)),
            f"{fmean(facts):.3f}" if facts else "",
            f"{fmean(gold):.3f}" if gold else "",
            f"{fmean(s.refused for s in rows):.3f}",
        )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 unless a quote is not verbatim."""
    parser = argparse.ArgumentParser(prog="python -m evals.answers", description=__doc__)
    parser.add_argument("--suite", type=Path, default=shipped_suite("sample"))
    parser.add_argument("--split", choices=("tune", "test"), default="test")
    parser.add_argument("--papers", type=Path, default=SAMPLE_FILE, help="what to ingest first")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library={"path": Path(folder) / "library"})
        with Assistant(settings) as assistant:
            assistant.ingest([asked.papers])
            scored = run(load_suite(asked.suite, asked.split), assistant)
    figures = summary(scored)
    if asked.json:
        json.dump(figures, sys.stdout)
    else:
        console = Console()
        console.print(_table(scored))
        for name, value in figures.items():
            console.print(f"{name}: {value if isinstance(value, int) else format(value, '.3f')}")
    return 0 if figures["quotes valid"] == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
