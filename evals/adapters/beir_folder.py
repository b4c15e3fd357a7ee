"""A folder in BEIR's layout as a suite: its queries asked, its judged documents the gold papers.

There are no facts and no unanswerable questions in it: what it measures is retrieval, citations
and faithfulness. `evals.beir` reads it.
"""

from pathlib import Path

from evals.beir import load_beir, read_corpus
from evals.errors import DatasetError
from evals.suite import GoldPaper, Item
from ingest.paper import Paper

_SPLITS = ("test", "dev", "train")


def read_beir_suite(folder: Path) -> tuple[list[Item], list[Paper]]:
    """Items of the first split there is of test, dev and train, and the corpus as papers."""
    names = [name for name in _SPLITS if (folder / "qrels" / f"{name}.tsv").is_file()]
    if not names:
        raise DatasetError(
            f"{folder} is no folder in BEIR's layout, since {folder}/qrels has none of"
            f" {', '.join(f'{n}.tsv' for n in _SPLITS)}; name such a folder, or a suite's file"
        )
    collection = load_beir(folder, names[0])
    items = [
        Item.model_validate(
            {
                "_id": query_id,
                "question": text,
                "kind": "list" if _relevant(collection.qrels[query_id]) > 1 else "fact",
                "split": "test",
                "answerable": True,
                "papers": [
                    GoldPaper(id=doc, grade=2)
                    for doc, grade in collection.qrels[query_id].items()
                    if grade > 0
                ],
                "place": f"{folder}/queries.jsonl ({query_id})",
            }
        )
        for query_id, text in collection.queries.items()
    ]
    return items, list(read_corpus(collection.corpus))


def _relevant(graded: dict[str, int]) -> int:
    return sum(grade > 0 for grade in graded.values())
