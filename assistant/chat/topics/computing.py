"""Computes the map of a library from the vectors of its papers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from assistant.chat.topics.labels import label_clusters
from assistant.chat.topics.layout import MIN_PAPERS, Grouping, Matrix, lay_out
from assistant.chat.topics.topic_map import Cluster, Point, TopicMap
from ingest.library.vector_store import VectorStore

MAX_POINTS = 2500
"""More are neither told apart by the eye nor placed in half a minute; a sample shows the topics.

Every paper belongs to a topic, shown or not.
"""

_SEED = 7
_SLICE = 500


class Titled(NamedTuple):
    """A paper as far as the map shows it."""

    key: int
    id: str
    title: str


def compute_map(store: VectorStore, rows: Sequence[Titled], version: int) -> TopicMap:
    """Draw the map; without any point where there are fewer than `MIN_PAPERS` papers."""
    vectors = dict(_paper_vectors(store, sample(rows)))
    shown = [row for row in rows if row.key in vectors]
    if len(shown) < MIN_PAPERS:
        return TopicMap(version=version, total=len(rows))
    layout = lay_out(np.stack([vectors[row.key] for row in shown]))
    points = tuple(
        Point(id=row.id, title=row.title, x=round(float(x), 4), y=round(float(y), 4), cluster=group)
        for row, (x, y), group in zip(shown, layout.places, layout.clusters.tolist(), strict=True)
    )
    clusters = tuple(_clusters(_grouped(store, rows, layout.grouping), points))
    return TopicMap(version=version, total=len(rows), points=points, clusters=clusters)


def sample(rows: Sequence[Titled]) -> Sequence[Titled]:
    """At most `MAX_POINTS` of the rows, the same ones each time, in their order."""
    if len(rows) <= MAX_POINTS:
        return rows
    chosen = np.random.default_rng(_SEED).choice(len(rows), MAX_POINTS, replace=False)
    return tuple(rows[place] for place in np.sort(chosen))


def _paper_vectors(store: VectorStore, rows: Sequence[Titled]) -> Iterator[tuple[int, Matrix]]:
    """The key and one unit vector of each paper: the mean of its chunks'."""
    for start in range(0, len(rows), _SLICE):
        keys = [row.key for row in rows[start : start + _SLICE]]
        for key, matrix in store.matrices(keys).items():
            mean = matrix.mean(axis=0)
            yield key, mean / max(float(np.linalg.norm(mean)), 1e-12)


def _grouped(
    store: VectorStore, rows: Sequence[Titled], grouping: Grouping
) -> list[tuple[Titled, int]]:
    """Every paper that has a vector, with its cluster; a slice of them is held at a time."""
    clusters: dict[int, int] = {}
    for start in range(0, len(rows), _SLICE):
        vectors = dict(_paper_vectors(store, rows[start : start + _SLICE]))
        if vectors:
            groups = grouping.clusters(np.stack(list(vectors.values())))
            clusters.update(zip(vectors, groups.tolist(), strict=True))
    return [(row, clusters[row.key]) for row in rows if row.key in clusters]


def _clusters(grouped: Sequence[tuple[Titled, int]], points: Sequence[Point]) -> Iterator[Cluster]:
    """A label stands at the median of its points, which an outlier does not move."""
    groups = np.array([group for _, group in grouped], np.int32)
    for number, label in enumerate(label_clusters([row.title for row, _ in grouped], groups)):
        places = np.array([(p.x, p.y) for p in points if p.cluster == number])
        x, y = np.median(places, axis=0)
        papers = tuple(row.key for row, group in grouped if group == number)
        yield Cluster(label=label, x=round(float(x), 4), y=round(float(y), 4), papers=papers)
