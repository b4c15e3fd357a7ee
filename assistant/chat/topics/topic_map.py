"""The map of a library: computed once for each version, kept in a file beside the library."""

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.chat.catalogue import Row
from assistant.chat.topics.labels import label_clusters
from assistant.chat.topics.layout import MIN_PAPERS, Grouping, Matrix, lay_out
from ingest.library import Library

FILE = "topic-map.json"
MAX_POINTS = 2500
"""More are neither told apart by the eye nor placed in half a minute; a sample shows the topics.

Every paper belongs to a topic, shown or not.
"""

_SEED = 7
_SLICE = 500
log = logging.getLogger(__name__)


class Point(BaseModel):
    """A paper on the map; `x` and `y` lie in [0, 1]."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    x: float
    y: float
    cluster: int


class Cluster(BaseModel):
    """A topic, its label's place, and the keys of all its papers."""

    model_config = ConfigDict(frozen=True)

    label: str
    x: float
    y: float
    papers: tuple[int, ...]


class TopicMap(BaseModel):
    """The map of one version of a library of `total` papers, of which `points` are shown."""

    model_config = ConfigDict(frozen=True)

    version: int
    total: int
    points: tuple[Point, ...] = ()
    clusters: tuple[Cluster, ...] = ()


def compute_map(library: Library, rows: tuple[Row, ...], version: int) -> TopicMap:
    """Draw the map; without any point where there are fewer than `MIN_PAPERS` papers."""
    vectors = dict(_paper_vectors(library, sample(rows)))
    shown = [row for row in rows if row.key in vectors]
    if len(shown) < MIN_PAPERS:
        return TopicMap(version=version, total=len(rows))
    layout = lay_out(np.stack([vectors[row.key] for row in shown]))
    points = tuple(
        Point(id=row.id, title=row.title, x=round(float(x), 4), y=round(float(y), 4), cluster=group)
        for row, (x, y), group in zip(shown, layout.places, layout.clusters.tolist(), strict=True)
    )
    clusters = tuple(_clusters(_grouped(library, rows, layout.grouping), points))
    return TopicMap(version=version, total=len(rows), points=points, clusters=clusters)


def sample(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """At most `MAX_POINTS` of the rows, the same ones each time, in their order."""
    if len(rows) <= MAX_POINTS:
        return rows
    chosen = np.random.default_rng(_SEED).choice(len(rows), MAX_POINTS, replace=False)
    return tuple(rows[place] for place in np.sort(chosen))


def load_map(folder: Path, version: int) -> TopicMap | None:
    """The map that was kept for this version of the library; None where there is none."""
    try:
        kept = TopicMap.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        return None
    return kept if kept.version == version else None


def save_map(folder: Path, drawn: TopicMap) -> None:
    """Keep a map, all or nothing; where it cannot be kept it is drawn again next time."""
    draft = folder / f"{FILE}.{os.getpid()}.tmp"
    try:
        draft.write_text(drawn.model_dump_json(), encoding="utf-8")
        draft.replace(folder / FILE)
    except OSError as error:
        log.warning("the topic map is not kept: %s", error)


def _paper_vectors(library: Library, rows: Sequence[Row]) -> Iterator[tuple[int, Matrix]]:
    """The key and one unit vector of each paper: the mean of its chunks'."""
    for start in range(0, len(rows), _SLICE):
        keys = [row.key for row in rows[start : start + _SLICE]]
        for key, matrix in library.vectors.matrices(keys).items():
            mean = matrix.mean(axis=0)
            yield key, mean / max(float(np.linalg.norm(mean)), 1e-12)


def _grouped(library: Library, rows: Sequence[Row], grouping: Grouping) -> list[tuple[Row, int]]:
    """Every paper that has a vector, with its cluster; a slice of them is held at a time."""
    clusters: dict[int, int] = {}
    for start in range(0, len(rows), _SLICE):
        vectors = dict(_paper_vectors(library, rows[start : start + _SLICE]))
        if vectors:
            groups = grouping.clusters(np.stack(list(vectors.values())))
            clusters.update(zip(vectors, groups.tolist(), strict=True))
    return [(row, clusters[row.key]) for row in rows if row.key in clusters]


def _clusters(grouped: Sequence[tuple[Row, int]], points: Sequence[Point]) -> Iterator[Cluster]:
    """A label stands at the median of its points, which an outlier does not move."""
    groups = np.array([group for _, group in grouped], np.int32)
    for number, label in enumerate(label_clusters([row.title for row, _ in grouped], groups)):
        places = np.array([(p.x, p.y) for p in points if p.cluster == number])
        x, y = np.median(places, axis=0)
        papers = tuple(row.key for row, group in grouped if group == number)
        yield Cluster(label=label, x=round(float(x), 4), y=round(float(y), 4), papers=papers)
