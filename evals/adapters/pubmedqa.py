"""PubMedQA (Jin et al. 2019): yes/no/maybe questions, each about one abstract.

Three shapes are read: JSON lines of `question`, `source` (the abstract), `answer` and where there
is one `doc_id` or `id`; the authors' file, an object of `QUESTION`, `CONTEXTS`, `final_decision` by
PubMed id; and its copy on the Hugging Face hub, `question`, `context` with its `contexts`,
`final_decision`, `pubid`. The abstracts together are the library; their titles, which are the
questions, are left out, or every question would find its paper by its title.
"""

from pathlib import Path
from typing import Any

from evals.adapters.rows import Row, rows, text_of
from evals.errors import DatasetError
from evals.suite import GoldPaper, Item
from ingest.paper import Paper

_VERDICTS = ("yes", "no", "maybe")


def read_pubmedqa(path: Path) -> tuple[list[Item], list[Paper]]:
    """Items of split `test` and their papers; DatasetError names the place."""
    items, papers = [], []
    for at, (place, read) in enumerate(rows(path), 1):
        row = _plain(read)
        answer = text_of(row, "answer", place).strip().casefold()
        if answer not in _VERDICTS:
            raise DatasetError(f"{place}: the answer {answer!r} is none of {', '.join(_VERDICTS)}")
        paper_id = str(row.get("doc_id") or row.get("id") or at)
        paper = Paper(
            id=paper_id, title=f"PubMed {paper_id}", abstract=text_of(row, "source", place)
        )
        papers.append(paper)
        items.append(
            Item.model_validate(
                {
                    "_id": str(row.get("id") or at),
                    "question": text_of(row, "question", place),
                    "kind": "fact",
                    "split": "test",
                    "answerable": True,
                    "papers": [GoldPaper(id=paper.id, grade=2)],
                    "verdict": answer,
                    "place": place,
                }
            )
        )
    return items, papers


def is_pubmedqa(row: Row) -> bool:
    """Whether a row has one of the three shapes."""
    return {"question", "answer", "source"} <= _plain(row).keys()


def _plain(row: Row) -> Row:
    """A row under the names of the first shape."""
    if "final_decision" not in row:
        return row
    context: Any = row.get("context")
    passages = context.get("contexts") if isinstance(context, dict) else row.get("CONTEXTS")
    return {
        "id": row.get("id") or row.get("pubid"),
        "question": row.get("question") or row.get("QUESTION"),
        "source": " ".join(map(str, passages)) if isinstance(passages, list) else passages,
        "answer": row["final_decision"],
    }
