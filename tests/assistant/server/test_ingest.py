"""`/v1/ingest`: uploads become jobs; what is no paper, or too much, is refused."""

import gzip
import io
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.server.uploads import shown_name
from tests.support.api_server import calling, error_of
from tests.support.assistants import extractive_settings
from tests.support.papers import make_papers

BIB = b"@article{a, title={Bridges of Otters}, abstract={They span rivers.}, year={2020}}"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads are kept while they wait."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    """A server over an empty library, with small limits."""
    limits = {"max_upload_bytes": 200_000, "max_unpacked_bytes": 400_000, "max_body_bytes": 5000}
    with calling(extractive_settings(tmp_path / "library"), **limits) as client:
        yield client


def ended(client: httpx.Client, job: httpx.Response) -> Any:
    assert job.status_code == 202, job.text
    for _ in range(600):
        status = client.get(job.headers["location"]).json()
        if status["state"] not in ("queued", "running"):
            return status
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def lines(count: int) -> bytes:
    return "\n".join(paper.model_dump_json() for paper in make_papers(count)).encode()


def test_files_are_ingested_by_their_content(client: httpx.Client, uploads: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/more.jsonl", lines(2))
    files = [("files", ("x.pdf", BIB)), ("files", ("page.png", packed.getvalue()))]
    status = ended(client, client.post("/v1/ingest", files=files))
    assert (status["state"], status["done"], status["total"]) == ("done", 3, 3)
    assert status["report"]["added"] == 3
    found = client.get("/v1/papers").json()["papers"]
    places = [paper["sources"][0]["file"] for paper in found]
    assert places == ["upload:x.pdf", *["upload:page.png!deep/more.jsonl"] * 2]
    assert list(uploads.iterdir()) == []
    again = ended(client, client.post("/v1/ingest", files={"files": ("x.pdf", BIB)}))
    assert again["report"]["unchanged"] == 1


def test_text_is_ingested(client: httpx.Client) -> None:
    body = {"text": "TY  - JOUR\nTI  - Otters\nAB  - They swim.\nER  - ", "name": "o.ris"}
    assert ended(client, client.post("/v1/ingest/text", json=body))["report"]["added"] == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 x", "a PDF"),
        (b"\x89PNG\r\n", "an image"),
        (b"\x00\x01\x02\x03" * 9, "upload:papers.bib"),
        (b"Just some words.", "upload:papers.bib"),
        (b"", "upload:papers.bib"),
    ],
)
def test_what_holds_no_papers_is_refused_at_once(
    client: httpx.Client, uploads: Path, content: bytes, reason: str
) -> None:
    reply = client.post("/v1/ingest", files={"files": ("papers.bib", content)})
    assert reply.status_code == 415
    assert reason in error_of(reply)["message"]
    assert str(uploads) not in reply.text
    assert list(uploads.iterdir()) == []


def test_bombs_are_refused(client: httpx.Client, uploads: Path) -> None:
    bomb = gzip.compress(b'{"title": "a"}\n' + b" " * (40 << 20))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", b" " * (40 << 20))
    for content in (bomb, packed.getvalue(), gzip.compress(lines(3000))):
        assert len(content) < 200_000
        reply = client.post("/v1/ingest", files={"files": ("a.jsonl.gz", content)})
        assert reply.status_code == 415, reply.text
    assert list(uploads.iterdir()) == []


def test_an_upload_above_the_limit_is_cut_off_while_it_is_read(client: httpx.Client) -> None:
    told = client.post("/v1/ingest", files={"files": ("a.jsonl", b"x" * 300_000)})
    assert told.status_code == 413
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        yield head
        while sent < 500 << 20:
            sent += 65_536
            yield b"x" * 65_536

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        reply = client.post("/v1/ingest", content=endless(), headers=headers)
        assert reply.status_code == 413
    except httpx.TransportError:
        pass  # the server may hang up before the client has finished writing
    assert sent < 100 << 20


def test_other_bodies_have_a_limit_of_their_own(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": "x" * 6000})
    assert reply.status_code == 413
    assert "larger" in error_of(reply)["message"]
    assert client.post("/v1/ingest/text", json={"text": "x" * 6000}).status_code == 415


def test_a_wrong_format_or_job_is_named(client: httpx.Client) -> None:
    reply = client.post("/v1/ingest", files={"files": ("a", BIB)}, data={"format": "docx"})
    assert reply.status_code == 400
    assert "bibtex" in error_of(reply)["message"]
    assert client.get("/v1/ingest/none").status_code == 404
    assert client.delete("/v1/ingest/none").status_code == 404


def test_a_job_can_be_cancelled(client: httpx.Client, uploads: Path) -> None:
    first = client.post("/v1/ingest", files={"files": ("a.jsonl", lines(800))})
    second = client.post("/v1/ingest", files={"files": ("b.jsonl", lines(800))})
    assert client.delete(second.headers["location"]).json()["state"] == "cancelled"
    client.delete(first.headers["location"])
    assert ended(client, first)["state"] == "cancelled"
    assert ended(client, second)["state"] == "cancelled"
    assert client.get("/v1/papers").json()["total"] < 800
    assert [job["id"] for job in client.get("/v1/ingest").json()] == [
        second.json()["id"],
        first.json()["id"],
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\x.bib", "x.bib"),
        ("a\r\nSet-Cookie: x\x1b[31m", "a Set-Cookie: x[31m"),
        ("", "unnamed"),
        ("..", ".."),
        ("x" * 300 + ".bib", "x" * 116 + ".bib"),
    ],
)
def test_a_files_name_is_only_shown(given: str, shown: str) -> None:
    assert shown_name(given) == shown
