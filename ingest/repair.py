"""Proves that records and indexes agree, and mends what does not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from ingest.embedding.chunks import ChunkEmbedder
from ingest.library import Library
from ingest.library.records import PendingPaper

_SLICE = 2000
_T = TypeVar("_T")


class Disagreement(BaseModel):
    """What a check found; all empty where records and indexes agree.

    Numbers are keys of papers. There are no vectors of the present text of `unembedded` ones; the
    dense index lacks chunks of `missing` ones, and has others of `stale` ones than it should;
    `orphans` are ids of chunks without a paper. The lexical index lacks the present text of
    `unindexed` papers and holds `unknown` ones. `pending` counts changes of a batch that was cut
    off; `damaged` says why an index cannot be read at all.
    """

    model_config = ConfigDict(frozen=True)

    papers: int = 0
    chunks: int = 0
    pending: int = 0
    unembedded: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    orphans: tuple[str, ...] = ()
    unindexed: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    damaged: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing is to be mended."""
        return not self.lines()

    def lines(self) -> list[str]:
        """What is wrong, for people, a line each."""
        found = {
            "changes of a batch that was cut off": self.pending,
            "papers without vectors": len(self.unembedded),
            "papers missing in the dense index": len(self.missing),
            "papers of which the dense index has something else": len(self.stale),
            "chunks without a paper in the dense index": len(self.orphans),
            "papers missing in the lexical index": len(self.unindexed),
            "unknown papers in the lexical index": len(self.unknown),
        }
        counted = [f"{what}: {count}" for what, count in found.items() if count]
        return counted + ([self.damaged] if self.damaged else [])


def examine(library: Library) -> Disagreement:
    """Compare every record with both indexes, vector by vector.

    IndexDamagedError if one cannot be read. The caller must hold the writer's lock.
    """
    hashes = library.records.text_hashes()
    kept = library.vectors.all_texts()
    wanted = {k: kept[k].chunks for k, h in hashes.items() if k in kept and kept[k].text_hash == h}
    counts, stale, orphans = _dense(library, wanted)
    indexed = library.lexical.fingerprints()
    return Disagreement(
        papers=len(hashes),
        chunks=sum(wanted.values()),
        pending=len(library.records.pending()),
        unembedded=tuple(sorted(hashes.keys() - wanted.keys())),
        missing=tuple(k for k, n in sorted(wanted.items()) if counts[k] < n and k not in stale),
        stale=tuple(sorted(stale)),
        orphans=tuple(sorted(orphans)),
        unindexed=tuple(
            key
            for key, paper in library.records.all()
            if indexed.get(key) != library.lexical.fingerprint(paper)
        ),
        unknown=tuple(sorted(indexed.keys() - hashes.keys())),
    )


def mend(library: Library, embedder: ChunkEmbedder) -> Disagreement:
    """Finish what was cut off and make both indexes agree with the records.

    Only papers without vectors are embedded. Returns what was found before; the caller must hold
    the writer's lock.
    """
    found = examine(library)
    left = examine(library) if redo_pending(library, embedder) else found
    for keys in _slices(left.unembedded, library.config.batch_size):
        papers = library.records.by_keys(keys)
        library.write([(d.paper, d.chunks) for d in embedder.embed(list(papers.values()))])
    left = examine(library) if left.unembedded else left
    with library.publishing():
        library.dense.delete(left.orphans)
        for keys in _slices([*left.missing, *left.stale], _SLICE):
            chunks = library.vectors.chunks(keys)
            library.dense.upsert(
                [chunk for cut in chunks.values() for chunk in cut], library.records.by_keys(keys)
            )
        for keys in _slices(left.unindexed, _SLICE):
            library.lexical.replace(library.records.by_keys(keys))
        if left.unknown:
            library.lexical.replace({}, left.unknown)
    return found


def redo_pending(library: Library, embedder: ChunkEmbedder) -> int:
    """Finish a batch that was cut off; returns its number of changes.

    Vectors that were kept before the cut are not made again. The caller must hold the writer's
    lock.
    """
    staged = library.records.pending()
    if not staged:
        return 0
    papers = {c.key: c.paper for c in staged if c.paper is not None}
    kept = library.vectors.texts(list(papers))
    ready = [k for k, paper in papers.items() if k in kept and kept[k].text_hash == paper.text_hash]
    todo = [key for key in papers if key not in kept or key not in ready]
    fresh = library.vectors.chunks(ready)
    for key, done in zip(todo, embedder.embed([papers[key] for key in todo]), strict=True):
        fresh[key] = [chunk._replace(key=key) for chunk in done.chunks]
    library.apply(_recounted(staged, {key: len(chunks) for key, chunks in fresh.items()}), fresh)
    return len(staged)


def _dense(library: Library, wanted: dict[int, int]) -> tuple[Counter[int], set[int], list[str]]:
    """Chunks found of each paper, papers with a chunk that is not as it should be, orphans."""
    counts: Counter[int] = Counter()
    stale: set[int] = set()
    orphans: list[str] = []
    for page in _slices(library.dense.stored(), _SLICE):
        keys = [key for key in dict.fromkeys(chunk.key for chunk in page) if key in wanted]
        papers, chunks = library.records.by_keys(keys), library.vectors.chunks(keys)
        for stored in page:
            if stored.part < wanted.get(stored.key, 0):
                counts[stored.key] += 1
                if not stored.is_of(papers[stored.key], chunks[stored.key][stored.part]):
                    stale.add(stored.key)
            else:
                orphans.append(stored.chunk_id)
    return counts, stale, orphans


def _slices(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _recounted(staged: Sequence[PendingPaper], counts: dict[int, int]) -> list[PendingPaper]:
    return [change._replace(chunks=counts.get(change.key, change.chunks)) for change in staged]
