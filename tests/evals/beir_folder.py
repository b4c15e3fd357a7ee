"""A tiny test collection on disk, whose lexical results can be told without running anything."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCS: list[dict[str, object]] = [
    {"_id": "d1", "title": "Heron wings", "text": "Plumage repels the drizzle."},
    {"_id": "d2", "title": "Otter holts", "text": "Burrows flood in autumn."},
    {"_id": "d3", "title": "", "text": "Lichen colours granite."},
    {"_id": "d4", "title": "Glaciers", "text": ""},
]
# q1 and q2 share words with one document only; q3 shares none with any.
QUERIES: list[dict[str, object]] = [
    {"_id": "q1", "text": "plumage drizzle"},
    {"_id": "q2", "text": "granite lichen"},
    {"_id": "q3", "text": "waterproof feathers"},
    {"_id": "q4", "text": "in another split"},
]
QRELS = [("q1", "d1", 1), ("q2", "d3", 2), ("q3", "d1", 1)]
HEADER = "query-id\tcorpus-id\tscore"


def write_beir(
    folder: Path,
    docs: Sequence[object] = DOCS,
    queries: Sequence[object] = QUERIES,
    qrels: Mapping[str, Sequence[object]] | None = None,
    *,
    zipped: bool = False,
) -> Path:
    """Write a collection; a string is a line as it stands."""
    (folder / "qrels").mkdir(parents=True)
    text = _lines(docs)
    if zipped:
        (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    else:
        (folder / "corpus.jsonl").write_text(text, encoding="utf-8")
    (folder / "queries.jsonl").write_text(_lines(queries), encoding="utf-8")
    for split, rows in (qrels or {"test": QRELS}).items():
        lines = [row if isinstance(row, str) else "\t".join(map(str, row)) for row in rows]  # type: ignore[call-overload]
        (folder / "qrels" / f"{split}.tsv").write_text("\n".join([HEADER, *lines, ""]))
    return folder


def _lines(rows: Sequence[object]) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
