"""ScholarQABench's single-paper tasks (Asai et al. 2024): SciFact, PubMedQA and QASA.

A JSON object a line, or a list of them: `input`, `answer` (true or false, yes or no, or a long
answer; also as a list of one) and the gold contexts `gold_ctx` or `gold_ctxs`, a list of `title`
and `text`; QASA brings the whole paper as `ctxs`. Contexts without text are passed over. All
contexts of a file together are the library. Long answers have no atomic facts, so they have no
correctness here.
"""

import hashlib
from pathlib import Path
from typing import Any

from evals.adapters.rows import rows, text_of
from evals.errors import DatasetError
from evals.suite import GoldPaper, Item
from ingest.paper import Paper

_VERDICTS = {"true": "yes", "false": "no", "yes": "yes", "no": "no", "maybe": "maybe"}


def read_scholarqa(path: Path) -> tuple[list[Item], list[Paper]]:
    """Items of split `test` and their contexts as papers; DatasetError names file and line."""
    items: list[Item] = []
    papers: dict[str, Paper] = {}
    for at, (place, row) in enumerate(rows(path), 1):
        gold = _papers(row.get("gold_ctx") or row.get("gold_ctxs") or [], place)
        if not gold:
            raise DatasetError(
                f'{place}: no "gold_ctx" with text; it must list the contexts that answer'
            )
        for paper in (*gold, *_papers(row.get("ctxs") or [], place)):
            papers.setdefault(paper.id, paper)
        answer = row.get("answer")
        answer = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
        verdict = _VERDICTS.get(str(answer).strip().casefold())
        items.append(
            Item.model_validate(
                {
                    "_id": str(row.get("id") or at),
                    "question": text_of(row, "input", place),
                    "kind": "fact" if verdict else "explain",
                    "split": "test",
                    "answerable": True,
                    "papers": [GoldPaper(id=paper.id, grade=2) for paper in gold],
                    "verdict": verdict,
                    "place": place,
                }
            )
        )
    return items, list(papers.values())


def _papers(contexts: Any, place: str) -> list[Paper]:
    """A paper for each distinct context, known by its text."""
    if isinstance(contexts, dict):
        contexts = [contexts]
    if not isinstance(contexts, list):
        raise DatasetError(f'{place}: the contexts must be a list of "title" and "text"')
    found: dict[str, Paper] = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise DatasetError(f'{place}: a context must be an object with "title" and "text"')
        text = context.get("text")
        if not isinstance(text, str) or not text.strip():
            continue
        title = str(context.get("title") or "")
        digest = hashlib.sha256(f"{title}\0{text}".encode("utf-8", errors="replace")).hexdigest()
        found.setdefault(digest, Paper(id=f"ctx-{digest[:12]}", title=title, abstract=text))
    return list(found.values())
