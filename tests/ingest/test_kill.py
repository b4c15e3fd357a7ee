"""Killed at any moment, a library loses nothing, and the next run completes the work.

`KILLS=200 pytest tests/ingest/test_kill.py -s` kills more often and prints what it met.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.doctor import doctor
from ingest.library import Library
from ingest.library.manifest import load_manifest
from ingest.paper import Paper
from ingest.repair import examine
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.nursery import Nursery, Task, Work, perform
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers

KILLS = int(os.environ.get("KILLS", "12"))
PAPERS = 200
BATCH = 8
STEPS: tuple[Work, ...] = ("ingest", "ingest", "remove", "reindex")
MODELS = ("test-embed", "other-embed")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


class Trial:
    """One library through many kills. `stands` is what it held when the last step was complete."""

    def __init__(self, folder: Path, server: OpenAIServer, nursery: Nursery) -> None:
        self.folder = folder / "library"
        self.file = folder / "papers.jsonl"
        self.server = server
        self.nursery = nursery
        self.random = random.Random(2024)
        self.stands: dict[str, Paper] = {}
        self.model = MODELS[0]
        self.lasted: dict[str, float] = {}
        self.met: Counter[str] = Counter()

    def step(self, number: int) -> tuple[Task, dict[str, Paper]]:
        """The next task, and what the library shall hold after it."""
        work = STEPS[number % len(STEPS)]
        ids: list[str] = []
        goal = dict(self.stands)
        if work == "ingest":
            goal |= {paper.id: paper for paper in _edition(number)}
            lines = (paper.model_dump_json() + "\n" for paper in goal.values())
            self.file.write_text("".join(lines))
        elif work == "remove":
            ids = self.random.sample(sorted(goal), PAPERS // 2)
            goal = {paper_id: paper for paper_id, paper in goal.items() if paper_id not in ids}
        else:
            self.model = MODELS[MODELS.index(self.model) - self.random.randint(0, 1)]
        task = Task(
            work, self.folder, self.server.base_url, self.model, BATCH, file=self.file, ids=ids
        )
        return task, goal

    def kill(self, task: Task) -> None:
        """Start the task and kill it at a random moment."""
        started = time.monotonic()
        child = self.nursery.start(task)
        time.sleep(self.random.uniform(0, self.lasted.get(task.work, 1.0)))
        if child.kill():
            self.met["killed"] += 1
        else:
            self.met["had finished"] += 1
            self.lasted[task.work] = time.monotonic() - started

    def check(self, goal: dict[str, Paper]) -> None:
        """What a reader sees is whole: each paper as it was or as it shall be, none lost."""
        if load_manifest(self.folder) is None:
            assert not self.stands
            return
        with self.open() as library:
            seen = {paper.id: paper for paper in library.papers()}
            assert len(seen) == library.stats().papers
        for paper_id, paper in seen.items():
            _assert_same(paper, self.stands.get(paper_id), goal.get(paper_id))
        assert (self.stands.keys() & goal.keys()) <= seen.keys()

    def mend(self) -> None:
        """Let the doctor find and mend what the kill has left."""
        if load_manifest(self.folder) is None:
            return
        library = LibraryConfig(path=self.folder, batch_size=BATCH)
        embedding = served_embedding(self.server, self.stamped())
        checkup = doctor(library, embedding, check_only=False)
        self.met.update(name for name, found in checkup.found if found and name not in _COUNTS)
        self.met["in agreement"] += checkup.found.agrees
        assert checkup.left.agrees, checkup.left

    def complete(self, task: Task, goal: dict[str, Paper]) -> None:
        """Run the task to its end; only what was not published is embedded."""
        held = self.texts() if task.model == self.stamped() else set()
        before = len(embedded_texts(self.server))
        started = time.monotonic()
        perform(task)
        self.lasted.setdefault(task.work, time.monotonic() - started)
        assert not held & set(embedded_texts(self.server)[before:])
        with self.open() as library:
            papers = list(library.papers())
            assert len({paper.id for paper in papers}) == len(papers) == len(goal)
            for paper in papers:
                _assert_same(paper, goal[paper.id])
            found = examine(library)
            assert found.agrees, found
            assert found.papers == found.chunks == library.dense.count == library.lexical.count
        self.stands = goal

    def open(self) -> Library:
        return Library.open(LibraryConfig(path=self.folder), self.stamped())

    def texts(self) -> set[str]:
        """The texts of all published papers."""
        if load_manifest(self.folder) is None:
            return set()
        with self.open() as library:
            return {paper.text for paper in library.papers()}

    def stamped(self) -> str:
        manifest = load_manifest(self.folder)
        return manifest.embedding_model if manifest else ""


_COUNTS = ("papers", "chunks")


def _edition(number: int) -> list[Paper]:
    """The papers, each third one with another abstract in each edition."""
    return [
        paper.model_copy(update={"abstract": f"{paper.abstract} Measured anew in round {number}."})
        if n % 3 == number % 3
        else paper
        for n, paper in enumerate(make_papers(PAPERS))
    ]


def _assert_same(paper: Paper, *versions: Paper | None) -> None:
    assert any(v is not None and v.content_hash == paper.content_hash for v in versions), paper.id


def test_killed_at_random_moments_nothing_is_lost(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery
) -> None:
    trial = Trial(tmp_path, openai_server, nursery)
    for number in range(KILLS):
        task, goal = trial.step(number)
        trial.kill(task)
        trial.check(goal)
        if trial.random.random() < 0.5:
            trial.mend()
            trial.check(goal)
        trial.complete(task, goal)
    print(f"\n{KILLS} runs: {dict(trial.met)}")
    assert trial.met["killed"] > KILLS / 2


def test_killed_while_chroma_writes_its_graph(tmp_path: Path, nursery: Nursery) -> None:
    """Chroma writes it in place, every thousand vectors; a kill then leaves it unreadable."""
    papers = make_papers(2100)
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(f"{paper.model_dump_json()}\n" for paper in papers))
    folder = tmp_path / "library"
    with OpenAIServer(dimension=768) as server:
        task = Task("ingest", folder, server.base_url, batch_size=350, file=file)
        child = nursery.start(task)
        _wait_for_graph(folder, 1000 * 768 * 4)
        time.sleep(0.3)  # lets the first thousand be written whole
        _wait_for_graph(folder, _graph_bytes(folder) + 1)
        assert child.kill()
        with Library.open(LibraryConfig(path=folder), "test-embed") as library:
            published = {paper.text for paper in library.papers()}
            some = next(library.papers())
            key = library.known([some.id])[some.id].key
            assert library.search_dense(text_vector(some.text, 768), 1)[0][0] == key
        assert len(published) >= 700
        perform(task)
        texts = [text for text in embedded_texts(server) if text in published]
        assert len(texts) == len(published)
        checkup = doctor(LibraryConfig(path=folder), served_embedding(server), check_only=True)
    assert checkup.left.agrees, checkup.left
    assert checkup.left.papers == len(papers)


def _wait_for_graph(library: Path, size: int) -> None:
    deadline = time.monotonic() + 120
    while _graph_bytes(library) < size:
        assert time.monotonic() < deadline
        time.sleep(0.0002)


def _graph_bytes(library: Path) -> int:
    return sum(f.stat().st_size for f in library.glob("index-1/chroma/*/data_level0.bin"))
