"""What is refused of the questions for tuning: `python -m evals.refusals LITSEARCH`.

LITSEARCH is the folder with LitSearch's abstracts, over which `refusals.jsonl` was written by hand.
No half of the shipped suites is touched, so that a rule may be tried as often as one likes.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evals.engine_over import engine_over, found_for
from evals.suite import Item, load_suite, shipped_file
from ingest.paper import Paper, derive_id


def papers_of(items: Sequence[Item], litsearch: Path) -> list[Paper]:
    """Title and abstract of the items' papers, from LitSearch's folder."""
    wanted = {paper.title for item in items for paper in item.papers}
    with gzip.open(litsearch / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = {d["title"]: d["text"] for d in map(json.loads, lines) if d["title"] in wanted}
    return [titled(title, text) for title, text in documents.items()]


def titled(title: str, abstract: str) -> Paper:
    """A paper that is known by its title."""
    return Paper(id=derive_id(title), title=title, abstract=abstract)


def refused(items: Sequence[Item], papers: Sequence[Paper]) -> list[bool]:
    """Whether each question is refused, asked of a library of those papers alone."""
    with engine_over(papers) as engine:
        found = [(item.question, found_for(engine, item)[1]) for item in items]
        drafts = [engine.extractive.answer(question, hits) for question, hits in found]
    return [not draft.answered for draft in drafts]


def main(litsearch: Path) -> None:
    """Print the share refused of each kind."""
    items = load_suite(shipped_file("refusals.jsonl"))
    told = refused(items, papers_of(items, litsearch))
    asked = Counter(item.why_not or "answerable" for item in items)
    made = Counter(i.why_not or "answerable" for i, no in zip(items, told, strict=True) if no)
    for kind, count in asked.items():
        print(f"{kind}: {made[kind]} of {count} refused ({made[kind] / count:.2f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
