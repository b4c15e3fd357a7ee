"""The papers of a library, page by page."""

from pydantic import BaseModel, ConfigDict

from ingest.library import Library
from ingest.paper import Paper


class PaperPage(BaseModel):
    """Papers in order of arrival. `next` is what to ask the next page with; None: this is the last.

    `total` counts the whole library.
    """

    model_config = ConfigDict(frozen=True)

    papers: tuple[Paper, ...] = ()
    next: int | None = None
    total: int = 0


def page_of(library: Library, limit: int, after: int) -> PaperPage:
    """The `limit` papers that come after the mark `after`, which a page before gave (0: none)."""
    found = library.records.page(after, limit + 1)
    shown = found[:limit]
    return PaperPage(
        papers=tuple(paper for _, paper in shown),
        next=shown[-1][0] if len(found) > limit else None,
        total=library.records.count,
    )
