"""The library's pictures, as figures that the templates draw."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.chat.catalogue import Figures
from assistant.chat.topics.topic_map import Cluster, TopicMap

WIDTH, HEIGHT, MARGIN = 760, 460, 24
HUES = (172, 28, 262, 340, 205, 95, 48, 300, 228, 12, 140, 185, 320, 70)
MAX_YEARS = 30
LETTER, LINE = 15, 27
"""At most the width of a letter and the height of a line of a label, in pixels of the picture."""


class Bar(NamedTuple):
    """A count, and its length in percent of the longest."""

    name: str
    papers: int
    percent: float


class Bars(NamedTuple):
    """Papers by year and by venue; `earlier` are those of years before the first shown."""

    years: tuple[Bar, ...]
    venues: tuple[Bar, ...]
    earlier: int
    undated: int


class Dot(NamedTuple):
    """A paper on the map, in pixels of the picture."""

    id: str
    title: str
    x: float
    y: float
    hue: int


class Label(NamedTuple):
    """A cluster with its place, and `name`, the part of its label that the picture has room for."""

    number: int
    name: str
    cluster: Cluster
    x: float
    y: float
    hue: int


class MapPicture(NamedTuple):
    """The map in pixels."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    total: int


def bars_of(figures: Figures) -> Bars:
    """The last `MAX_YEARS` years and the venues that were counted."""
    years = figures.years[-MAX_YEARS:]
    return Bars(
        years=_bars([(str(year), count) for year, count in years]),
        venues=_bars(figures.venues),
        earlier=sum(count for _, count in figures.years[:-MAX_YEARS]),
        undated=figures.undated,
    )


def map_picture(drawn: TopicMap) -> MapPicture:
    """Places in [0, 1] brought to the picture, a hue for each cluster."""
    dots = tuple(Dot(p.id, p.title, _x(p.x), _y(p.y), _hue(p.cluster)) for p in drawn.points)
    labels = _apart(
        Label(number, name, cluster, _x(cluster.x), _y(cluster.y), _hue(number))
        for number, (name, cluster) in enumerate(
            zip(_names(drawn.clusters), drawn.clusters, strict=True)
        )
    )
    return MapPicture(WIDTH, HEIGHT, dots, labels, drawn.total)


def _names(clusters: Sequence[Cluster]) -> list[str]:
    """The first term of each label; the whole one where two labels begin alike."""
    terms = [cluster.label.partition(",")[0] for cluster in clusters]
    return [
        term if terms.count(term) == 1 else cluster.label
        for term, cluster in zip(terms, clusters, strict=True)
    ]


def _bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((count for _, count in counts), default=1)
    return tuple(Bar(name, count, round(100 * count / most, 1)) for name, count in counts)


def _apart(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels, moved down where one would lie on another, and to the left of the right edge."""
    placed: list[Label] = []
    for label in sorted(labels, key=lambda label: label.y):
        half = len(label.name) * LETTER / 2
        x = min(max(label.x, half), WIDTH - half)
        y = label.y
        for other in placed:
            beside = (half + len(other.name) * LETTER / 2) <= abs(x - other.x)
            if not beside and y - other.y < LINE:
                y = other.y + LINE
        placed.append(label._replace(x=round(x, 1), y=round(min(y, HEIGHT - 6), 1)))
    return tuple(sorted(placed, key=lambda label: label.number))


def _x(place: float) -> float:
    return round(MARGIN + place * (WIDTH - 2 * MARGIN), 1)


def _y(place: float) -> float:
    return round(MARGIN + place * (HEIGHT - 2 * MARGIN), 1)


def _hue(cluster: int) -> int:
    return HUES[cluster % len(HUES)]
