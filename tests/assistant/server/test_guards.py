"""What stands before every request: token, rate, hosts, origins, headers, ids; what is logged."""

import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from assistant.server.serving import ApiServer, ServingError, check_address
from assistant.server_config import ServerConfig
from tests.support.api_server import calling, error_of, serving
from tests.support.assistants import extractive_settings

TOKEN = "a-token-that-nobody-guesses"
QUESTION = {"question": "What is EmberNet?"}
PATHS = ("/v1/papers", "/v1/models", "/metrics", "/docsx", "/mcp", "/nowhere", "/chat/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header", [None, "Bearer wrong", TOKEN, f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "\xe9"]
)
def test_without_the_token_nothing_is_told(
    guarded: httpx.Client, path: str, header: str | None
) -> None:
    headers = {} if header is None else {b"Authorization": header.encode("latin-1")}
    reply = guarded.get(path, headers=headers)
    assert reply.status_code == 401
    assert error_of(reply)["code"] == "invalid_api_key"
    assert TOKEN not in reply.text


@pytest.fixture(scope="module")
def guarded(small_library_path: Path) -> Iterator[httpx.Client]:
    settings = extractive_settings(small_library_path)
    with calling(settings, token=SecretStr(TOKEN), attempts_per_minute=0) as client:
        yield client


def test_the_description_of_the_interface_is_open_and_asks_for_the_token(
    guarded: httpx.Client, client: httpx.Client
) -> None:
    page = guarded.get("/docs")
    assert page.status_code == 200
    for link in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert guarded.get(link).status_code == 200
    document = guarded.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert document["paths"]["/v1/ask"]["post"]["security"] == [{"HTTPBearer": []}]
    assert "security" not in document["paths"]["/healthz"]["get"]
    assert "access-control-allow-origin" not in page.headers
    assert "securitySchemes" not in client.get("/openapi.json").json()["components"]


def test_after_some_wrong_tokens_a_client_waits(small_library_path: Path) -> None:
    settings = extractive_settings(small_library_path)
    right = {"Authorization": f"Bearer {TOKEN}"}
    with calling(settings, token=SecretStr(TOKEN), attempts_per_minute=3) as client:
        assert [client.get("/v1/models").status_code for _ in range(5)] == [401] * 5
        assert client.get("/v1/models", headers=right).status_code == 200
        wrong = {"Authorization": "Bearer wrong"}
        codes = [client.get("/v1/models", headers=wrong).status_code for _ in range(5)]
        assert codes == [401, 401, 401, 429, 429]
        reply = client.get("/v1/models", headers=right)
        assert reply.status_code == 429
        assert error_of(reply)["code"] == "too_many_attempts"
        assert 0 < int(reply.headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200


def test_with_the_token_all_is_open(guarded: httpx.Client) -> None:
    headers = {"Authorization": f"bearer {TOKEN}"}
    assert guarded.get("/v1/papers", headers=headers).status_code == 200
    assert guarded.post("/v1/ask", json=QUESTION, headers=headers).status_code == 200
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/readyz").status_code == 200


def test_a_client_above_its_rate_waits(small_library_path: Path) -> None:
    with calling(extractive_settings(small_library_path), rate_per_minute=3) as client:
        codes = [client.get("/v1/models").status_code for _ in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        reply = client.get("/v1/models")
        assert error_of(reply)["code"] == "rate_limit_exceeded"
        assert 0 < int(reply.headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200
        forged = {"X-Forwarded-For": "203.0.113.9"}
        assert client.get("/v1/models", headers=forged).status_code == 429


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("rebound.example", 400),
        ("rebound.example:{port}", 400),
        ("127.0.0.1.rebound.example", 400),
        ("[::1", 400),
        ("localhost:{port}", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:{port}", 200),
        ("LocalHost", 200),
    ],
)
def test_only_names_of_this_machine_are_answered(
    client: httpx.Client, server: ApiServer, host: str, status: int
) -> None:
    reply = client.get("/v1/models", headers={"Host": host.format(port=server.port)})
    assert reply.status_code == status


def test_pages_of_other_sites_may_not_call(client: httpx.Client, server: ApiServer) -> None:
    upload = {"files": ("a.bib", b"@article{a, title={x}}")}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        reply = client.post("/v1/ingest", files=upload, headers={"Origin": origin})
        assert reply.status_code == 403
        assert "access-control-allow-origin" not in reply.headers
    own = client.post("/v1/ask", json=QUESTION, headers={"Origin": server.url})
    assert own.status_code == 200


def test_an_origin_that_is_allowed_may_call(small_library_path: Path) -> None:
    origin = "https://notes.example"
    settings = extractive_settings(small_library_path)
    with calling(settings, cors_origins=[origin], token=SecretStr(TOKEN)) as client:
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        allowed = client.options("/v1/ask", headers=asked)
        assert allowed.headers["access-control-allow-origin"] == origin
        assert client.options("/v1/ask", headers={**asked, "Origin": "https://x.example"}).is_error
        assert client.post("/v1/ask", json=QUESTION, headers={"Origin": origin}).status_code == 401


@pytest.mark.parametrize("path", ["/v1/models", "/nowhere", "/docs", "/healthz"])
def test_every_reply_has_strict_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_requests_have_ids(client: httpx.Client) -> None:
    assert re.fullmatch("[0-9a-f]{32}", client.get("/healthz").headers["x-request-id"])
    for given, kept in (("my-id.7", True), ("a b", False), ("x" * 65, False)):
        reply = client.get("/healthz", headers={"X-Request-ID": given})
        assert (reply.headers["x-request-id"] == given) is kept


def test_the_log_holds_neither_questions_nor_tokens(
    guarded: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        guarded.get("/v1/search", params={"q": "very private matter"}, headers=headers)
        guarded.get("/v1/search", params={"q": "very private matter"})
        wrong = {"question": "very private matter", "secret": "very private"}
        guarded.post("/v1/ask", json=wrong, headers=headers)
    told = [r.getMessage() for r in caplog.records if r.name == "assistant.server"]
    assert len([line for line in told if "/v1/search 200" in line]) == 1
    own = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("http"))
    assert "private" not in own
    assert TOKEN not in own


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "papers.example.org"])
def test_other_addresses_demand_a_token(host: str) -> None:
    with pytest.raises(ServingError, match=r"PAPERS_SERVER__TOKEN.*--host 127\.0\.0\.1"):
        check_address(ServerConfig(host=host))
    check_address(ServerConfig(host=host, token=SecretStr(TOKEN)))


def test_a_taken_port_is_named(small_library_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(ServingError, match=f"127.0.0.1:{port}.*--port"),
            serving(extractive_settings(small_library_path), api_port=port),
        ):
            pass
