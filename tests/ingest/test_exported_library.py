"""What `library export` writes makes the same library again."""

import json
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records, read_papers
from tests.assistant.cli.calls import run
from tests.ingest.resolved import record
from tests.ingest.test_resolving import OVEN, ROPE, ROPE_LONG, SEVERAL_PAPERS, TIDE
from tests.support.embedding import served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.papers import own_papers

MARKED = [
    record("m", title="Tides &amp; <i>Sensors</i>", abstract=f"Abstract: {TIDE} $\\alpha$ < 3"),
    record(
        "m",
        2,
        title="Öfen: “quotes”, \\emph{marks} and 漢字",
        abstract=f"{OVEN}\nA second line, with an & and a <b>.",
        authors=("José Núñez", "O'Brien, Ann"),
        year=2021,
        url="https://example.org/a?b=c&d",
        doi="10.1000/(sici)1",
    ).model_copy(update={"extra": {"keywords": ["a", "b"], "nested": {"n": 1}}}),
    record("m", 3, title="One Paper of Two Files", abstract=ROPE, year=2020),
    record("n", title="One Paper of Two Files", abstract=ROPE_LONG, year=2020, venue="Spans"),
]
LIBRARIES = {"own": own_papers(), "marked": MARKED, **SEVERAL_PAPERS}


@pytest.mark.parametrize("papers", LIBRARIES.values(), ids=list(LIBRARIES))
def test_it_comes_back_as_it_was(
    tmp_path: Path, openai_server: OpenAIServer, papers: list[Paper]
) -> None:
    embedding = served_embedding(openai_server)
    first, second = (LibraryConfig(path=tmp_path / name) for name in ("first", "second"))
    ingest_records(papers, first, embedding)
    out = tmp_path / "export.jsonl"
    assert run("library", "export", "--out", out, "--library", first.path).exit_code == 0
    report = ingest_records(read_papers([out]), second, embedding)
    assert (report.added, report.failed) == (report.read, [])
    assert report.near_duplicates == [] or len(papers) > 1
    assert fields(second) == fields(first)
    again = ingest_records(read_papers([out]), second, embedding)
    assert (again.unchanged, again.embedded_tokens) == (again.read, 0)
    assert json.loads(out.read_text().splitlines()[0])["id"] == fields(first)[0]["id"]


def fields(config: LibraryConfig) -> list[dict[str, object]]:
    """All that is known of every paper but where it was read."""
    with Library.open(config, "test-embed") as library:
        return [paper.model_dump(mode="json", exclude={"sources"}) for paper in library.papers()]
