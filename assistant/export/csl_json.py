"""CSL JSON (https://github.com/citation-style-language/schema), as Zotero and pandoc take it."""

import json
from collections.abc import Sequence
from typing import Any

from assistant.export.names import keys, parted
from ingest.paper import Paper


def to_csl_json(papers: Sequence[Paper]) -> str:
    """One item a paper, in order."""
    items = [_item(key, paper) for key, paper in zip(keys(papers), papers, strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(key: str, paper: Paper) -> dict[str, Any]:
    fields = {
        "id": key,
        "type": "article-journal" if paper.venue else "article",
        "title": paper.title,
        "author": [_person(name) for name in paper.authors],
        "issued": {"date-parts": [[paper.year]]} if paper.year else None,
        "container-title": paper.venue,
        "DOI": paper.doi,
        "URL": paper.url,
        "number": f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else None,
        "abstract": paper.abstract,
    }
    return {name: value for name, value in fields.items() if value}


def _person(name: str) -> dict[str, str]:
    parts = parted(name)
    return {"family": parts.family, "given": parts.given} if parts else {"literal": name}
