"""`library doctor` and `library reindex`, and what `ingest` can do beyond files."""

import json
from pathlib import Path

import pytest

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.library import Library
from tests.assistant.cli.calls import run, run_json, write_lines


@pytest.fixture
def own(papers_file: Path) -> Path:
    """A library that a test may change."""
    assert run("ingest", papers_file, "--library", "own").exit_code == 0
    return Path("own").resolve()


def damage(folder: Path) -> None:
    """Take a paper's chunk from the dense index."""
    with Library.open(LibraryConfig(path=folder), model_label(EmbeddingConfig())) as library:
        library.dense.delete(["1:0"])


def papers(folder: Path) -> int:
    return int(run_json("library", "stats", "--library", folder)["papers"])


def test_a_sound_library_agrees(own: Path) -> None:
    result = run("library", "doctor", "--check", "--library", own)
    assert result.exit_code == 0
    assert "3 papers and 3 chunks agree" in result.stdout
    document = run_json("library", "doctor", "--library", own)
    assert document["agrees"] is True
    assert document["found"]["papers"] == 3


def test_check_tells_and_leaves_it(own: Path) -> None:
    damage(own)
    result = run("library", "doctor", "--check", "--library", own)
    assert result.exit_code == 1
    assert "papers missing in the dense index: 1" in result.stderr
    assert "paper-assistant library doctor" in result.stderr
    again = run("library", "doctor", "--check", "--json", "--library", own)
    assert again.exit_code == 1
    assert json.loads(again.stdout)["found"]["missing"] == [1]


def test_the_doctor_mends(own: Path) -> None:
    damage(own)
    result = run("library", "doctor", "--library", own)
    assert result.exit_code == 0
    assert "mended: 3 papers and 3 chunks agree" in result.stdout
    assert run("library", "doctor", "--check", "--library", own).exit_code == 0


def test_reindex_rebuilds(own: Path) -> None:
    damage(own)
    assert run_json("library", "reindex", "--library", own) == {"papers": 3}
    assert run("library", "doctor", "--check", "--library", own).exit_code == 0
    assert run("library", "reindex", "--library", own).stdout == "3 papers indexed\n"


@pytest.mark.parametrize("command", ["doctor", "doctor --check", "reindex"])
def test_without_a_library_they_fail_and_make_none(command: str) -> None:
    result = run("library", *command.split(), "--library", "nowhere")
    assert result.exit_code == 1
    assert "paper-assistant ingest" in result.stderr
    assert not Path("nowhere").exists()


def test_a_followed_folder_takes_papers_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "followed"
    folder.mkdir()
    kiln = {"id": "kiln", "title": "On Kilns", "abstract": "Kilns bake clay at even heat."}
    mast = {"id": "mast", "title": "On Masts", "abstract": "Masts carry sails in strong wind."}
    write_lines(folder / "kiln.jsonl", [kiln])
    write_lines(folder / "mast.jsonl", [mast])
    outside = write_lines(tmp_path / "lamp.jsonl", [{**kiln, "id": "lamp", "title": "On Lamps"}])
    own = ("--library", tmp_path / "own")
    assert run_json("ingest", outside, *own)["added"] == 1
    assert run_json("ingest", "--sync", folder, *own)["added"] == 2
    (folder / "mast.jsonl").unlink()
    assert run_json("ingest", "--sync", "--dry-run", folder, *own)["removed"] == 1
    assert papers(tmp_path / "own") == 3
    report = run_json("ingest", "--sync", folder, *own)
    assert (report["removed"], report["unchanged"]) == (1, 1)
    assert run("library", "show", "mast", *own).exit_code == 1
    assert run("library", "show", "lamp", *own).exit_code == 0


@pytest.mark.parametrize("paths", [["papers.jsonl"], ["nowhere"], [".", "."]])
def test_sync_takes_one_folder(papers_file: Path, paths: list[str]) -> None:
    result = run("ingest", "--sync", *paths, "--library", "own")
    assert result.exit_code == 2
    assert "--sync" in result.stderr
    assert not Path("own").exists()


def test_columns_can_be_named(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Bezeichnung,Inhalt\nÜber Öfen,Öfen backen Brot in gleichmäßiger Hitze.\n")
    named = ("--map", "title=Bezeichnung", "--map", "abstract=Inhalt")
    assert run("ingest", table, "--library", "own").exit_code == 1
    assert run_json("ingest", table, *named, "--library", "own")["added"] == 1
    (paper,) = run("library", "export", "--library", "own").stdout.splitlines()
    assert json.loads(paper)["title"] == "Über Öfen"


@pytest.mark.parametrize("mapping", ["title", "=Name", "title=", "colour=Name"])
def test_a_wrong_map_is_told(papers_file: Path, mapping: str) -> None:
    result = run("ingest", papers_file, "--map", mapping, "--library", "own")
    assert result.exit_code == 2
    assert "--map" in result.stderr


def test_papers_without_abstract_can_be_kept(tmp_path: Path) -> None:
    file = write_lines(
        tmp_path / "bare.jsonl", [{"id": "bare", "title": "A Bare Title of a Paper"}]
    )
    assert run_json("ingest", file, "--library", "own")["added"] == 0
    report = run_json("ingest", file, "--keep-without-abstract", "--library", "own")
    assert (report["added"], report["without_abstract"]) == (1, 1)
    assert papers(Path("own")) == 1
