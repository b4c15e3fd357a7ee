"""`/v1/search`, `/v1/papers`, health, metrics and the OpenAPI page."""

import re
from pathlib import Path

import httpx
import pytest

from assistant.export import export_papers
from tests.support.api_server import calling, error_of
from tests.support.assistants import extractive_settings
from tests.support.papers import own_papers


def test_search_by_body_and_by_address(client: httpx.Client) -> None:
    body = {"query": "models", "limit": 3, "filters": {"year_from": 2023, "year_to": 2023}}
    found = client.post("/v1/search", json=body).json()
    assert {hit["paper"]["year"] for hit in found["hits"]} == {2023}
    address = {"q": "models", "limit": "3", "year_from": "2023", "year_to": "2023"}
    again = client.get("/v1/search", params=address).json()
    assert again["hits"] == found["hits"]
    assert again["filters"] == {"year_from": 2023, "year_to": 2023}


@pytest.mark.parametrize(
    "params",
    [
        {"q": "x", "limit": "0"},
        {"q": "x", "year_from": "MMXX"},
        {"limit": "1"},
        {"q": "x", "limit": "1000"},
    ],
)
def test_a_wrong_search_is_refused(client: httpx.Client, params: dict[str, str]) -> None:
    reply = client.get("/v1/search", params=params)
    assert reply.status_code == 422
    assert error_of(reply)["param"].startswith("query.")


def test_years_out_of_order_are_refused(client: httpx.Client) -> None:
    reply = client.get("/v1/search", params={"q": "x", "year_from": 2020, "year_to": 2010})
    assert reply.status_code == 422
    assert "2020 is after" in error_of(reply)["message"]


def test_papers_are_paged_in_order_of_arrival(client: httpx.Client) -> None:
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        page = client.get("/v1/papers", params={"limit": 5, "after": after}).json()
        assert page["total"] == 12
        seen += [paper["id"] for paper in page["papers"]]
        after = page["next"]
    assert seen == [paper.id for paper in own_papers()]


def test_a_paper_by_its_id(client: httpx.Client) -> None:
    assert client.get("/v1/papers/slow").json()["title"].startswith("Slow Tides")
    reply = client.get("/v1/papers/doi:10.1/absent%2Fx")
    assert (reply.status_code, error_of(reply)["code"]) == (404, "paper_not_found")


def test_papers_are_exported_in_the_order_asked_for(client: httpx.Client) -> None:
    by_id = {paper.id: paper for paper in own_papers()}
    for name in ("bibtex", "ris", "csl-json"):
        reply = client.post("/v1/papers/export", json={"ids": ["slow", "moondrop"], "format": name})
        assert reply.text == export_papers([by_id["slow"], by_id["moondrop"]], name)
        assert "attachment" in reply.headers["content-disposition"]
    reply = client.post("/v1/papers/export", json={"ids": ["slow", "absent"]})
    assert reply.status_code == 404


def test_papers_are_deleted(tmp_path: Path) -> None:
    with calling(extractive_settings(tmp_path / "library")) as client:
        assert client.get("/v1/papers").json() == {"papers": [], "next": None, "total": 0}
        body = "\n".join(paper.model_dump_json() for paper in own_papers()[:4])
        job = client.post("/v1/ingest/text", json={"text": body, "name": "a.jsonl"}).json()
        while client.get(f"/v1/ingest/{job['id']}").json()["state"] != "done":
            pass
        assert client.delete("/v1/papers/absent").status_code == 404
        assert client.delete("/v1/papers/moondrop").json() == {"deleted": 1, "ids": ["moondrop"]}
        both = {"ids": ["graphtok", "moondrop"]}
        assert client.post("/v1/papers/delete", json=both).status_code == 404
        assert client.get("/v1/papers").json()["total"] == 3
        hits = client.get("/v1/search", params={"q": "MoonDrop experts"}).json()["hits"]
        assert "moondrop" not in {hit["paper"]["id"] for hit in hits}


def test_health_readiness_and_figures(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"ready": True, "papers": 12, "problem": None}
    client.get("/v1/papers/slow")
    text = client.get("/metrics").text
    route = (
        'papers_http_requests_total{method="GET",route="/v1/papers/{paper_id:path}",status="200"}'
    )
    assert route in text
    assert "papers_library_papers 12.0" in text


def test_a_library_that_cannot_be_read_is_not_ready(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "manifest.json").write_text("{")
    with calling(extractive_settings(library)) as client:
        reply = client.get("/readyz")
        assert (reply.status_code, reply.json()["ready"]) == (503, False)
        assert client.get("/healthz").status_code == 200
        reply = client.post("/v1/ask", json={"question": "x"})
        assert reply.status_code == 500
        assert "Traceback" not in reply.text
        assert error_of(reply)["message"]


def test_the_openapi_page_needs_no_other_host(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "'unsafe-inline'" not in page.headers["content-security-policy"].split("style-src")[0]
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 4
    for link in links:
        assert link.startswith(("/docs/", "data:,"))
        assert link.startswith("data:") or client.get(link).status_code == 200
    document = client.get("/openapi.json").json()
    asked = document["components"]["schemas"]["AskBody"]
    assert asked["examples"][0]["question"]


def test_what_is_not_there_is_said(client: httpx.Client) -> None:
    assert error_of(client.get("/v2/ask"))["message"].endswith("see /docs")
    assert client.get("/v1/ask").status_code == 405
