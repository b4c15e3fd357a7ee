"""The map, over vectors whose groups are known."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.api import Assistant
from assistant.chat.topics.computing import MAX_POINTS, Titled, sample
from assistant.chat.topics.drawing import MapMaker
from assistant.chat.topics.labels import label_clusters
from assistant.chat.topics.layout import clusters_for, lay_out
from assistant.chat.topics.stop_words import stop_words
from assistant.chat.topics.topic_map import TopicMap, load_map, save_map
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.library import Library


def groups(each: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Three bundles of unit vectors around three axes."""
    noise = np.random.default_rng(3).normal(0, 0.05, (3 * each, 8))
    vectors = np.repeat(np.eye(8)[:3], each, axis=0) + noise
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_what_belongs_together_lies_together() -> None:
    layout = lay_out(groups(20))
    assert layout.places.shape == (60, 2)
    assert (layout.places.min(), layout.places.max()) == (0.0, 1.0)
    assert len(set(layout.clusters[:20].tolist())) == 1
    assert len(set(layout.clusters.tolist())) == 3
    centres = [layout.places[start : start + 20].mean(axis=0) for start in (0, 20, 40)]
    spread = max(layout.places[start : start + 20].std() for start in (0, 20, 40))
    nearest = min(np.linalg.norm(centres[a] - centres[b]) for a, b in ((0, 1), (0, 2), (1, 2)))
    assert nearest > spread


def test_a_paper_that_is_not_laid_out_falls_in_with_its_like() -> None:
    vectors = groups(20)
    layout = lay_out(vectors[::2])
    expected = np.repeat(layout.clusters[[0, 10, 20]], 20)
    assert np.array_equal(layout.grouping.clusters(vectors), expected)


def test_the_same_vectors_give_the_same_map() -> None:
    first, again = lay_out(groups(5)), lay_out(groups(5))
    assert np.array_equal(first.places, again.places)
    assert np.array_equal(first.clusters, again.clusters)


def test_clusters_grow_with_the_library_and_stay_few() -> None:
    assert [clusters_for(count) for count in (5, 60, 600, 41_270)] == [2, 3, 10, 14]


def test_labels_are_the_words_that_set_a_cluster_apart() -> None:
    titles = ["Graph networks for molecules", "Graph pooling"] * 3 + ["Speech in noise"] * 3
    labels = label_clusters(titles, np.array([0] * 6 + [1] * 3, np.int32))
    assert "graph" in labels[0]
    assert "speech" in labels[1]
    assert label_clusters(["12", "の"], np.array([0, 1], np.int32)) == ["topic 1", "topic 2"]


def test_labels_are_free_of_the_stop_words_of_the_titles_languages() -> None:
    german = ["Über die Wärme der Meere", "Die Wärme und das Eis", "Das Eis über dem Meer"]
    titles = [*german, "Sea ice and the tides", "Tides of the open sea", "Sea level"]
    labels = label_clusters(titles, np.array([0] * 3 + [1] * 3, np.int32))
    assert not {"die", "das", "und", "über"} & set(re.findall(r"\w+", labels[0]))
    assert "wärme" in labels[0]
    assert "sea" in labels[1]


def test_a_language_without_titles_takes_no_word_away() -> None:
    english = stop_words(["Sea ice and the tides", "Men at war"])
    assert not {"sea", "men", "war", "die"} & set(english)
    spanish = stop_words(["El hielo de la mar y los vientos", "Los vientos que no son de la mar"])
    assert {"los", "que", "the"} <= set(spanish)


def test_a_large_library_is_sampled_the_same_way_each_time() -> None:
    rows = tuple(Titled(key, str(key), "t") for key in range(MAX_POINTS + 500))
    chosen = sample(rows)
    assert len(chosen) == MAX_POINTS
    assert chosen == sample(rows)
    assert [row.key for row in chosen] == sorted({row.key for row in chosen})


def test_a_map_is_kept_for_its_version_only(tmp_path: Path) -> None:
    drawn = TopicMap(version=4, total=9)
    save_map(tmp_path, drawn)
    assert load_map(tmp_path, 4) == drawn
    assert load_map(tmp_path, 5) is None
    (tmp_path / "topic-map.json").write_text("{", "utf-8")
    assert load_map(tmp_path, 4) is None


@pytest.fixture
def library(tmp_path: Path, small_library_path: Path) -> Iterator[Library]:
    """A library of a dozen papers and more that may be written to."""
    folder = shutil.copytree(small_library_path, tmp_path / "library")
    with Library.open(LibraryConfig(path=folder), model_label(EmbeddingConfig())) as library:
        yield library


def test_a_map_is_drawn_apart_and_kept(library: Library) -> None:
    maps = MapMaker(lambda: library)
    maps.ready()
    maps.wait()
    drawn = maps.ready()
    assert drawn is not None
    assert drawn.total == library.stats().papers
    assert {point.id for point in drawn.points} == {paper.id for paper in library.papers()}
    assert load_map(library.folder, library.version) == drawn


def test_a_map_that_cannot_be_drawn_is_an_empty_one(library: Library) -> None:
    damaged = library.folder / library.manifest.index / "vectors.sqlite3"
    damaged.rename(damaged.with_suffix(".old"))
    damaged.write_text("no database, and long enough to be seen as none" * 100)
    maps = MapMaker(lambda: library)
    assert maps.ready() is None
    maps.wait()
    assert maps.ready() == TopicMap(version=library.version, total=0)
    assert not maps.is_drawing()


def test_a_library_too_small_for_a_map_has_an_empty_one(assistant: Assistant) -> None:
    maps = MapMaker(assistant.library)
    maps.ready()
    maps.wait()
    drawn = maps.ready()
    assert drawn is not None
    assert (drawn.total, drawn.points) == (3, ())
    assert MapMaker(lambda: None).ready() == TopicMap(version=0, total=0)
