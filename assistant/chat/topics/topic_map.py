"""The map of a library: computed once for each version, kept in a file beside the library."""

import logging
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

FILE = "topic-map.json"
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
