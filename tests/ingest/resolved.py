"""Records resolved into a real record store, without indexes."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.library.records import Records
from ingest.paper import Paper, SourceRef, derive_id
from ingest.resolving import Resolution, Touched, resolve


def record(file: str, line: int = 1, **fields: Any) -> Paper:
    """A record of a file; without an `id` it gets the derived one."""
    own_id = fields.pop("id", None)
    ids = (fields["title"], fields.get("doi"), fields.get("arxiv_id"))
    return Paper(
        id=own_id or derive_id(*ids),
        sources=(SourceRef(file=f"/{file}", line=line, own_id=bool(own_id)),),
        **fields,
    )


class Shelf:
    """Takes in records batch by batch, as an ingest does."""

    def __init__(self, folder: Path, batch_size: int) -> None:
        self.records = Records(folder)
        self.batch_size = batch_size
        self.near: list[tuple[Paper, Paper]] = []
        self.embedded: list[str] = []

    def take(self, papers: Sequence[Paper]) -> Counter[str]:
        """One run; counts of the verdicts."""
        touched, counts = Touched(), Counter[str]()
        self.near, self.embedded = [], []
        for at in range(0, len(papers), self.batch_size):
            resolution = resolve(papers[at : at + self.batch_size], self.records, touched)
            counts.update(resolution.verdicts)
            self._store(resolution)
        assert counts.total() == len(papers)
        return counts

    def papers(self) -> list[Paper]:
        """Everything on it, in order of arrival."""
        return [paper for _, paper in self.records.all()]

    def _store(self, resolution: Resolution) -> None:
        self.near += resolution.near
        self.embedded += [paper.id for paper in resolution.embed]
        changed = [(paper, 1) for paper in (*resolution.embed, *resolution.fields_only)]
        self.records.publish(self.records.stage(changed, resolution.removed))
        self.records.note_sources(resolution.sources_only)
