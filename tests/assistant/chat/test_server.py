"""Who may see the page, and what its headers tell the browser."""

import socket

import httpx
import pytest
from pydantic import SecretStr

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer, ServerError
from assistant.server_config import ServerConfig


@pytest.fixture
def client(server: PageServer) -> httpx.Client:
    return httpx.Client(base_url=server.url, trust_env=False)


def test_the_page_answers_with_strict_headers(client: httpx.Client) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src-attr 'none'" in policy
    assert "//" not in policy
    assert reply.headers["referrer-policy"] == "no-referrer"


def test_another_host_name_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 400


def test_gradio_takes_no_direct_calls(client: httpx.Client) -> None:
    endpoints = client.get("/gradio_api/info").json()
    assert endpoints == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_other_addresses_are_refused(assistant: Assistant, host: str) -> None:
    with pytest.raises(ServerError, match="PAPERS_SERVER__TOKEN"):
        launch(assistant, host=host, port=0)


def test_with_a_token_the_page_asks_for_it(assistant: Assistant) -> None:
    guarded = ServerConfig(token=SecretStr("a long token"))
    settings = assistant.settings.model_copy(update={"server": guarded})
    with (
        Assistant(settings) as closed,
        launch(closed, host="0.0.0.0", port=0) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client,
    ):
        assert client.get("/gradio_api/info").status_code == 401
        for password, status in (("wrong", 400), ("a long token", 200)):
            form = {"username": "reader", "password": password}
            assert client.post("/login", data=form).status_code == status
        assert client.get("/gradio_api/info").status_code == 200


def test_pages_of_other_sites_may_not_call(client: httpx.Client) -> None:
    assert client.get("/", headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_a_taken_port_is_named(assistant: Assistant) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"127.0.0.1:{port}.*--port"):
            launch(assistant, port=port)


def test_a_closed_page_frees_its_port(assistant: Assistant) -> None:
    with launch(assistant, port=0) as server:
        port = server.port
    with launch(assistant, port=port) as again:
        assert httpx.get(again.url, trust_env=False).status_code == 200


def test_large_bodies_and_too_many_requests_are_refused(assistant: Assistant) -> None:
    small = ServerConfig(max_upload_bytes=2048, rate_per_minute=5)
    settings = assistant.settings.model_copy(update={"server": small})
    with (
        Assistant(settings) as limited,
        launch(limited, port=0) as server,
        httpx.Client(base_url=server.url, trust_env=False) as client,
    ):
        refused = client.post("/gradio_api/upload", content=b"x" * 3000)
        assert refused.status_code == 413
        assert "PAPERS_SERVER__MAX_UPLOAD_BYTES" in refused.text
        codes = [client.post("/gradio_api/queue/join", json={}).status_code for _ in range(5)]
        assert codes[-1] == 429
        assert 429 not in codes[:4]
        assert client.get("/").status_code == 200
