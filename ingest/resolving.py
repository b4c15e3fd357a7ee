"""Decides what each incoming record means for the library: new, changed, known, or the same paper.

A record under a stored id replaces what the same file said before, and otherwise fills it up. A
record that meets a stored paper under another id (`ingest.merging`) becomes part of it. Records to
which one file itself gives different ids stay apart, whatever their titles.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ingest.library.records import Known, Records
from ingest.merging import merge_keys, merge_papers, near_duplicates, same_paper
from ingest.paper import Paper, derive_id, has_derived_id

Verdict = Literal["added", "updated", "unchanged", "merged"]


class Resolution(NamedTuple):
    """What a batch comes to: a verdict for each record, and what is to be written."""

    verdicts: list[Verdict]
    embed: list[Paper]
    fields_only: list[Paper]
    seen_ids: set[str]
    near: list[tuple[Paper, Paper]]


def resolve(batch: Sequence[Paper], records: Records | None) -> Resolution:
    """Resolve a batch against the library, in order; nothing is written."""
    state = _Batch(batch, records)
    verdicts = [state.take(paper) for paper in batch]
    embed, fields_only = state.to_write()
    return Resolution(verdicts, embed, fields_only, set(state.current), state.near)


class _Batch:
    """The papers that a batch touches, as they will be stored."""

    def __init__(self, batch: Sequence[Paper], records: Records | None) -> None:
        names = {key for paper in batch for key in merge_keys(paper)}
        self.stored: dict[str, Paper] = {}
        self.meeting: dict[str, dict[str, None]] = {}
        self.known: dict[str, Known] = {}
        if records is not None:
            self.stored = records.papers([paper.id for paper in batch])
            for name, papers in records.meeting(sorted(names)).items():
                self.stored.update({paper.id: paper for paper in papers})
                self.meeting[name] = dict.fromkeys(paper.id for paper in papers)
            self.known = records.known(sorted(self.stored))
        self.current: dict[str, Paper] = {}
        self.near: list[tuple[Paper, Paper]] = []

    def take(self, paper: Paper) -> Verdict:
        before = self._now(paper.id)
        if before is not None and self._is_another(paper, before):
            paper = paper.model_copy(update={"id": _longer_id(paper)})
            before = self._now(paper.id)
        if before is not None:
            return self._keep(_renewed(before, paper), before, "updated")
        same = self._same(paper)
        if same is not None:
            return self._keep(merge_papers(same, paper), same, "merged")
        self._remember(paper)
        return "added"

    def _is_another(self, paper: Paper, before: Paper) -> bool:
        """Whether two papers have met under one derived id: a wrong DOI, or a title like Editorial.

        A title's repetition counts only within a batch; later it is an edited record.
        """
        if not has_derived_id(paper) or same_paper(before, paper):
            return False
        if not paper.id.startswith("title:"):
            return True
        repeated = before.id in self.current and not merge_keys(paper)
        return repeated and paper.abstract != before.abstract

    def to_write(self) -> tuple[list[Paper], list[Paper]]:
        """Papers to be embedded, and papers of which only other fields changed."""
        changed = [p for p in self.current.values() if p != self.stored.get(p.id)]
        fields_only = [
            p for p in changed if p.id in self.known and self.known[p.id].text_hash == p.text_hash
        ]
        kept = {p.id for p in fields_only}
        return [p for p in changed if p.id not in kept], fields_only

    def _now(self, paper_id: str) -> Paper | None:
        return self.current.get(paper_id) or self.stored.get(paper_id)

    def _keep(self, after: Paper, before: Paper, verdict: Verdict) -> Verdict:
        repeated = before.id in self.current
        self._remember(after)
        if after.content_hash == before.content_hash and not repeated:
            return "unchanged"
        return "merged" if repeated else verdict

    def _remember(self, paper: Paper) -> None:
        self.current[paper.id] = paper
        for name in merge_keys(paper):
            self.meeting.setdefault(name, {})[paper.id] = None

    def _same(self, paper: Paper) -> Paper | None:
        """The paper that this record is another copy of; near-duplicates are noted."""
        for other in self._met(paper):
            if same_paper(other, paper) and not _kept_apart(other, paper):
                return other
            if near_duplicates(other, paper):
                self.near.append((other, paper))
        return None

    def _met(self, paper: Paper) -> Iterable[Paper]:
        ids = {i: None for name in merge_keys(paper) for i in self.meeting.get(name, {})}
        return [met for i in ids if (met := self._now(i)) is not None]


def _longer_id(paper: Paper) -> str:
    """An id that title, year and first words of the abstract give together."""
    return derive_id(f"{paper.title} {paper.year or ''} {paper.abstract[:200]}")


def _renewed(before: Paper, paper: Paper) -> Paper:
    """A stored record after its id was read again."""
    files = {source.file for source in paper.sources}
    others = tuple(source for source in before.sources if source.file not in files)
    if not others:
        return paper
    if has_derived_id(paper):
        merged = merge_papers(before, paper)
        return merged.model_copy(update={"sources": (*others, *paper.sources)})
    return paper.model_copy(update={"sources": (*others, *paper.sources)})


def _kept_apart(one: Paper, other: Paper) -> bool:
    """Whether one file tells the two apart by ids of its own."""
    files = {source.file for source in one.sources} & {source.file for source in other.sources}
    return bool(files) and not (has_derived_id(one) and has_derived_id(other))
