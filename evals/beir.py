"""Reads a test collection in the layout of BEIR.

A folder with `corpus.jsonl` ({"_id", "title", "text"}), `queries.jsonl` ({"_id", "text"}), both
plain or gzipped, and `qrels/<split>.tsv` (query-id, corpus-id, score; one header line), after
Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models", and the files of its repository.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from evals.errors import DatasetError
from ingest.paper import Paper, SourceRef
from ingest.readers import Source

Qrels = dict[str, dict[str, int]]
READER = "beir"


@dataclass(frozen=True)
class BeirFolder:
    """One split of a collection. `qrels` grades documents by query; every query has a text."""

    corpus: Path
    split: str
    queries: dict[str, str]
    qrels: Qrels

    @property
    def relevant(self) -> set[str]:
        """Ids of all documents that answer any query."""
        return {doc for graded in self.qrels.values() for doc, grade in graded.items() if grade > 0}

    def first(self, count: int) -> "BeirFolder":
        """The same with the first queries only, in the order of the judgements."""
        qrels = dict(islice(self.qrels.items(), count))
        queries = {query_id: self.queries[query_id] for query_id in qrels}
        return BeirFolder(self.corpus, self.split, queries, qrels)


def load_beir(folder: Path, split: str) -> BeirFolder:
    """Read queries and judgements; DatasetError names file and line of what is wrong.

    Queries without a relevant document are left out: no measure is defined for them.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder} is no folder; name one in BEIR's layout")
    corpus, queries = _file(folder, "corpus.jsonl"), _file(folder, "queries.jsonl")
    qrels_file = folder / "qrels" / f"{split}.tsv"
    if not qrels_file.is_file():
        raise DatasetError(f"{qrels_file} is missing; {_splits_there_are(folder)}")
    qrels, lines = _read_qrels(qrels_file)
    texts = dict(_read_queries(queries))
    for query_id, number in lines.items():
        if query_id not in texts:
            raise DatasetError(f"{qrels_file}:{number}: query {query_id!r} is not in {queries}")
    answered = {q: graded for q, graded in qrels.items() if max(graded.values()) > 0}
    if not answered:
        raise DatasetError(f"{qrels_file} grades no document above 0; there is nothing to measure")
    return BeirFolder(corpus, split, {q: texts[q] for q in answered}, answered)


def read_corpus(path: Path) -> Iterator[Paper]:
    """Every document as a paper under its own id; the title may be empty, the text too."""
    for number, row in _rows(path):
        where = f"{path}:{number}"
        yield Paper(
            id=_text(row, "_id", where),
            title=_text(row, "title", where) if row.get("title") else "",
            abstract=_text(row, "text", where) if row.get("text") else "",
            sources=(SourceRef(file=str(path), line=number, reader=READER),),
        )


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    for number, row in _rows(path):
        where = f"{path}:{number}"
        yield _text(row, "_id", where), _text(row, "text", where)


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise DatasetError(f"{folder / name} is missing, and so is {name}.gz")


def _splits_there_are(folder: Path) -> str:
    names = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    return f"--split may be {', '.join(names)}" if names else f"{folder}/qrels has no .tsv file"


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) for each line that is not blank."""
    for number, line in Source(str(path), path).lines():
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DatasetError(f"{where}: not valid JSON ({error}); one object a line") from error
        if not isinstance(row, dict):
            raise DatasetError(f"{where}: not a JSON object; one object a line")
        yield number, row


def _text(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f'{where}: no "{name}"; it must be a text')
    return value


def _read_qrels(path: Path) -> tuple[Qrels, dict[str, int]]:
    """Judgements, and the first line of each query."""
    qrels: Qrels = {}
    lines: dict[str, int] = {}
    for number, line in Source(str(path), path).lines():
        fields = line.split("\t")
        if not line.strip() or (number == 1 and not _is_grade(fields[-1])):
            continue
        if len(fields) != 3 or not _is_grade(fields[2]):
            raise DatasetError(
                f"{path}:{number}: needs query id, document id and a whole number, parted by tabs"
            )
        query_id, doc_id, grade = fields
        if qrels.setdefault(query_id, {}).setdefault(doc_id, int(grade)) != int(grade):
            raise DatasetError(f"{path}:{number}: {query_id!r}, {doc_id!r} was graded otherwise")
        lines.setdefault(query_id, number)
    return qrels, lines


def _is_grade(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()
