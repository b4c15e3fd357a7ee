"""Proves that records and indexes agree, and mends what does not."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from ingest.embedding.chunks import ChunkEmbedder
from ingest.library import Library
from ingest.library.records import PendingPaper


class Disagreement(BaseModel):
    """What a check found; all empty where records and indexes agree.

    `missing` and `stale` are keys of papers that lack chunks, or have some of an older text;
    `orphans` are chunk ids without a paper; the lexical index lacks `unindexed` papers and holds
    `unknown` ones. `pending` counts changes of a batch that was cut off.
    """

    model_config = ConfigDict(frozen=True)

    papers: int
    chunks: int
    pending: int = 0
    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    orphans: tuple[str, ...] = ()
    unindexed: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing is to be mended."""
        found = (self.missing, self.stale, self.orphans, self.unindexed, self.unknown)
        return not self.pending and not any(found)


def examine(library: Library) -> Disagreement:
    """Compare every record with both indexes."""
    layout = library.records.layout()
    wanted = {f"{key}:{i}": text_hash for key, (text_hash, n) in layout.items() for i in range(n)}
    stored = dict(library.dense.stored())
    indexed = library.lexical.keys()
    lacking = {_key(chunk_id) for chunk_id in wanted.keys() - stored.keys()}
    stale = {_key(c) for c, text_hash in wanted.items() if c in stored and stored[c] != text_hash}
    return Disagreement(
        papers=len(layout),
        chunks=len(wanted),
        pending=len(library.records.pending()),
        missing=tuple(sorted(lacking)),
        stale=tuple(sorted(stale - lacking)),
        orphans=tuple(sorted(stored.keys() - wanted.keys())),
        unindexed=tuple(sorted(layout.keys() - indexed)),
        unknown=tuple(sorted(indexed - layout.keys())),
    )


def mend(library: Library, embedder: ChunkEmbedder) -> Disagreement:
    """Finish what was cut off and make both indexes agree with the records.

    Only papers without their vectors are embedded. Returns what was found before; the caller must
    hold the writer's lock.
    """
    found = examine(library)
    redo_pending(library, embedder)
    left = examine(library)
    library.dense.delete(left.orphans)
    if left.unknown:
        library.lexical.replace({}, left.unknown)
    broken = library.records.by_keys([*left.missing, *left.stale])
    if broken:
        library.write([(d.paper, d.chunks) for d in embedder.embed(list(broken.values()))])
    unindexed = library.records.by_keys([k for k in left.unindexed if k not in broken])
    if unindexed:
        library.lexical.replace(unindexed)
    return found


def redo_pending(library: Library, embedder: ChunkEmbedder) -> int:
    """Finish a batch that was cut off; returns its number of changes.

    Vectors that were stored before the cut are not made again.
    """
    staged = library.records.pending()
    if not staged:
        return 0
    papers = {c.key: c.paper for c in staged if c.paper is not None}
    ids = [f"{c.key}:{i}" for c in staged for i in range(c.chunks)]
    hashes = library.dense.text_hashes(ids)
    ready = {
        c.key
        for c in staged
        if c.paper is not None
        and c.chunks
        and all(hashes.get(f"{c.key}:{i}") == c.paper.text_hash for i in range(c.chunks))
    }
    todo = {paper.id: key for key, paper in papers.items() if key not in ready}
    embedded = list(embedder.embed([papers[key] for key in todo.values()]))
    fresh = {
        todo[d.paper.id]: [c._replace(key=todo[d.paper.id]) for c in d.chunks] for d in embedded
    }
    library.apply(_recounted(staged, {key: len(chunks) for key, chunks in fresh.items()}), fresh)
    return len(staged)


def _recounted(staged: Sequence[PendingPaper], counts: dict[int, int]) -> list[PendingPaper]:
    return [change._replace(chunks=counts.get(change.key, change.chunks)) for change in staged]


def _key(chunk_id: str) -> int:
    return int(chunk_id.partition(":")[0])
