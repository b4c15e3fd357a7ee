"""Decides what each incoming record means for the library: new, changed, known, or the same paper.

A record that its source held before is known, whatever it was merged with since. A record under a
stored id renews that paper (`ingest.renewing`) unless it is of another one (`ingest.same_record`).
A record that meets a stored paper under another id (`ingest.merging`) becomes part of it; where it
shows that two stored papers are one, they are joined. Records to which one file itself gives
different ids stay apart, whatever their titles.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ingest.library.records import Known, Records, names_of, record_name
from ingest.merging import merge_papers, near_duplicates, same_paper
from ingest.paper import Paper
from ingest.renewing import files_of, renewed, share_a_file
from ingest.same_record import fallback_ids, has_own_id, same_record

Verdict = Literal["added", "updated", "unchanged", "merged"]


class Touched:
    """Ids of the papers that a run has met, and of those among them that it has changed."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.changed: set[str] = set()


class Resolution(NamedTuple):
    """What a batch comes to: a verdict for each record, and what is to be written.

    Of `fields_only` the text stays, of `sources_only` everything but the sources. `removed` are ids
    of papers that were joined to others.
    """

    verdicts: list[Verdict]
    embed: list[Paper]
    fields_only: list[Paper]
    sources_only: list[Paper]
    removed: list[str]
    near: list[tuple[Paper, Paper]]


class _Incoming(NamedTuple):
    """A record with the names and ids that it is looked for under."""

    paper: Paper
    names: tuple[str, ...]
    ids: tuple[str, ...]

    @classmethod
    def of(cls, paper: Paper) -> "_Incoming":
        return cls(paper, names_of(paper), fallback_ids(paper))


def resolve(batch: Sequence[Paper], records: Records | None, touched: Touched) -> Resolution:
    """Resolve a batch against the library, in order; nothing is written but `touched`."""
    incoming = [_Incoming.of(_marked(paper)) for paper in batch]
    state = _Batch(incoming, records, touched)
    verdicts = [state.take(record) for record in incoming]
    embed, fields_only, sources_only = state.to_write()
    return Resolution(verdicts, embed, fields_only, sources_only, list(state.removed), state.near)


class _Batch:
    """The papers that a batch touches, as they will be stored."""

    def __init__(
        self, batch: Sequence[_Incoming], records: Records | None, touched: Touched
    ) -> None:
        self.touched = touched
        self.stored: dict[str, Paper] = {}
        self.meeting: dict[str, dict[str, None]] = {}
        self.known: dict[str, Known] = {}
        if records is not None:
            self.stored = records.papers(sorted({i for record in batch for i in record.ids}))
            names = sorted({name for record in batch for name in record.names})
            for name, papers in records.meeting(names).items():
                self.stored.update({paper.id: paper for paper in papers})
                self.meeting[name] = dict.fromkeys(paper.id for paper in papers)
            self.known = records.known(sorted(self.stored))
        self.current: dict[str, Paper] = {}
        self.removed: dict[str, None] = {}
        self.near: list[tuple[Paper, Paper]] = []

    def take(self, record: _Incoming) -> Verdict:
        paper = record.paper
        if (before := self._held_before(paper)) is not None:
            return self._keep(_relocated(before, paper), before, "unchanged")
        if (before := self._under_its_ids(record)) is not None:
            after = renewed(before, paper, before.id in self.touched.seen)
            return self._keep(self._joined(after), before, "updated")
        met = self._met(record.names)
        for before in met:
            if same_paper(before, paper) and not _kept_apart(before, paper):
                return self._keep(self._joined(self._merged(before, paper)), before, "merged")
        return self._add(record, met)

    def to_write(self) -> tuple[list[Paper], list[Paper], list[Paper]]:
        """Papers to be embedded; those of which fields changed; those of which sources did."""
        embed, fields_only, sources_only = [], [], []
        for paper in self.current.values():
            known = self.known.get(paper.id)
            if known is None or known.text_hash != paper.text_hash:
                embed.append(paper)
            elif known.content_hash != paper.content_hash:
                fields_only.append(paper)
            elif paper != self.stored[paper.id]:
                sources_only.append(paper)
        return embed, fields_only, sources_only

    def _held_before(self, paper: Paper) -> Paper | None:
        """The paper that holds this very record of this file already."""
        for source in paper.sources:
            for paper_id in self.meeting.get(record_name(source.digest), ()):
                before = self._now(paper_id)
                if before is not None and _holds(before, paper):
                    return before
        return None

    def _under_its_ids(self, record: _Incoming) -> Paper | None:
        """The paper that stands under an id of this record and is the same, or gets edited."""
        paper = record.paper
        for before in map(self._now, record.ids):
            if before is not None and same_record(before, paper):
                return before
        own = self._now(paper.id)
        if own is None or own.id in self.touched.seen:
            return None
        return own if has_own_id(paper) and share_a_file(own, paper) else None

    def _merged(self, before: Paper, paper: Paper) -> Paper:
        """Two records of one paper as one; the file's first one in this run may be an edit."""
        if files_of(before) & files_of(paper):
            return renewed(before, paper, before.id in self.touched.seen)
        return merge_papers(before, paper)

    def _met(self, names: Sequence[str]) -> list[Paper]:
        """Papers that go by any of the names."""
        ids = {i: None for name in names for i in self.meeting.get(name, {})}
        return [met for i in ids if (met := self._now(i)) is not None]

    def _joined(self, paper: Paper) -> Paper:
        """The paper together with others that are the same as it, now that it knows more."""
        for other in self._met(names_of(paper)):
            same = other.id != paper.id and same_paper(paper, other)
            if same and not _kept_apart(paper, other):
                paper = merge_papers(paper, other)
                self.removed[other.id] = None
                self.current.pop(other.id, None)
        return paper

    def _add(self, record: _Incoming, met: Sequence[Paper]) -> Verdict:
        paper = record.paper
        free = next((i for i in record.ids if self._now(i) is None), paper.id)
        if free != paper.id:
            paper = paper.model_copy(update={"id": free})
        self.near += [
            (other, paper)
            for other in met
            if near_duplicates(other, paper) or same_paper(other, paper)
        ]
        self._remember(paper, record.names, changed=True)
        return "added"

    def _keep(self, after: Paper, before: Paper, verdict: Verdict) -> Verdict:
        seen, changed = before.id in self.touched.seen, before.id in self.touched.changed
        differs = after.content_hash != before.content_hash
        self._remember(after, names_of(after), changed=differs)
        if not differs:
            return "merged" if changed else "unchanged"
        return "merged" if seen else verdict

    def _remember(self, paper: Paper, names: Sequence[str], *, changed: bool) -> None:
        self.current[paper.id] = paper
        self.removed.pop(paper.id, None)
        self.touched.seen.add(paper.id)
        if changed:
            self.touched.changed.add(paper.id)
        for name in names:
            self.meeting.setdefault(name, {})[paper.id] = None

    def _now(self, paper_id: str) -> Paper | None:
        if paper_id in self.removed:
            return None
        return self.current.get(paper_id) or self.stored.get(paper_id)


def _marked(paper: Paper) -> Paper:
    """The record with its digest noted in its sources."""
    if not paper.sources:
        return paper
    digest = paper.content_hash
    sources = tuple(source.model_copy(update={"digest": digest}) for source in paper.sources)
    return paper.model_copy(update={"sources": sources})


def _holds(before: Paper, paper: Paper) -> bool:
    held = {(source.file, source.digest) for source in before.sources}
    return all((source.file, source.digest) in held for source in paper.sources)


def _relocated(before: Paper, paper: Paper) -> Paper:
    """A known paper with the lines at which its record stands now."""
    places = {(source.file, source.digest): source for source in paper.sources}
    sources = tuple(places.get((source.file, source.digest), source) for source in before.sources)
    return before.model_copy(update={"sources": sources})


def _kept_apart(one: Paper, other: Paper) -> bool:
    """Whether one file tells the two apart by ids of its own."""
    return bool(files_of(one) & files_of(other)) and (has_own_id(one) or has_own_id(other))
