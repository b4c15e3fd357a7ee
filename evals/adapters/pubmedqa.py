"""PubMedQA (Jin et al. 2019): yes/no/maybe questions, each about one abstract.

A JSON object a line: `question`, `source` (the abstract), `answer`, and where there is one `doc_id`
or `id`. The abstracts together are the library; their titles, which are the questions, are left
out, or every question would find its paper by its title.
"""

from pathlib import Path

from evals.adapters.rows import rows, text_of
from evals.errors import DatasetError
from evals.suite import GoldPaper, Item
from ingest.paper import Paper

_VERDICTS = ("yes", "no", "maybe")


def read_pubmedqa(path: Path) -> tuple[list[Item], list[Paper]]:
    """Items of split `test` and their papers; DatasetError names file and line."""
    items, papers = [], []
    for place, row in rows(path):
        answer = text_of(row, "answer", place).strip().casefold()
        if answer not in _VERDICTS:
            raise DatasetError(f"{place}: the answer {answer!r} is none of {', '.join(_VERDICTS)}")
        number = place.rpartition(":")[2]
        paper_id = str(row.get("doc_id") or row.get("id") or number)
        paper = Paper(
            id=paper_id, title=f"PubMed {paper_id}", abstract=text_of(row, "source", place)
        )
        papers.append(paper)
        items.append(
            Item.model_validate(
                {
                    "_id": str(row.get("id") or number),
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
