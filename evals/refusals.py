"""What is refused of the questions for tuning: `python -m evals.refusals LITSEARCH`.

LITSEARCH is the folder with LitSearch's abstracts, over which `refusals.jsonl` was written by hand.
No half of the shipped suites is touched, so that a rule may be tried as often as one likes.
"""

import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant import Settings
from assistant.opening import open_engine
from evals.suite import Item, load_suite, shipped_file
from ingest.pipeline import ingest_records, read_papers


def papers_of(items: Sequence[Item], litsearch: Path) -> list[dict[str, str]]:
    """Title and abstract of the items' papers, from LitSearch's folder."""
    wanted = {paper.title for item in items for paper in item.papers}
    with gzip.open(litsearch / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = {d["title"]: d["text"] for d in map(json.loads, lines) if d["title"] in wanted}
    return [{"title": title, "abstract": text} for title, text in documents.items()]


def refused(items: Sequence[Item], papers: Sequence[dict[str, str]]) -> list[bool]:
    """Whether each question is refused, asked of a library of those papers alone."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "papers.jsonl"
        source.write_text("".join(json.dumps(p) + "\n" for p in papers), encoding="utf-8")
        settings = Settings(library={"path": Path(folder) / "library"})
        ingest_records(read_papers([source]), settings.library, settings.embedding)
        engine = open_engine(settings)
        found = [engine.search.search(i.question, settings.retrieval.sources).hits for i in items]
        drafts = [
            engine.extractive.answer(item.question, hits)
            for item, hits in zip(items, found, strict=True)
        ]
        engine.close()
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
