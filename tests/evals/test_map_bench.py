"""The map bench, on a small library and for a moment."""

import shutil
from pathlib import Path

from assistant.chat.topics.topic_map import FILE
from evals.map_bench import measure


def test_a_map_is_drawn_beside_a_reader(tmp_path: Path, small_library_path: Path) -> None:
    library = shutil.copytree(small_library_path, tmp_path / "library")
    report = measure(library, 0.1)
    assert report.answers_meanwhile >= 2
    assert report.p50_alone > 0
    assert report.memory_drawing > 0
    assert (library / FILE).exists()
