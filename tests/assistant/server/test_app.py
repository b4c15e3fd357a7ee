"""A page beside the interfaces, and what becomes of an error that nobody foresaw."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.responses import HTMLResponse

from assistant import Assistant
from assistant.server.app import create_app
from assistant.server.jobs import Jobs
from assistant.server.serving import ApiServer
from assistant.server_config import ServerConfig
from tests.support.api_server import client_of, error_of
from tests.support.assistants import extractive_settings

TOKEN = {"Authorization": "Bearer a-token-that-nobody-guesses"}
POLICY = "default-src 'self'"


class SmallPage:
    """A page that asks for no token below /page/, beside addresses that do."""

    paths = ("/page/",)

    def mount(self, app: FastAPI, jobs: Jobs) -> FastAPI:
        @app.get("/page/")
        @app.get("/guarded")
        def page() -> HTMLResponse:
            return HTMLResponse("<p>page</p>", headers={"Content-Security-Policy": POLICY})

        @app.get("/broken")
        def broken() -> None:
            raise ValueError("an inner detail")

        return app


@pytest.fixture(scope="module")
def client(small_library_path: Path) -> Iterator[httpx.Client]:
    config = ServerConfig(api_port=0, token=SecretStr("a-token-that-nobody-guesses"))
    with (
        Assistant(
            extractive_settings(small_library_path).model_copy(update={"server": config})
        ) as assistant,
        ApiServer(create_app(assistant, SmallPage()), config) as server,
        client_of(server) as client,
    ):
        yield client


def test_a_page_stands_behind_the_same_guards(client: httpx.Client) -> None:
    assert client.get("/guarded").status_code == 401
    for reply in (client.get("/guarded", headers=TOKEN), client.get("/page/")):
        assert reply.text == "<p>page</p>"
        assert reply.headers["content-security-policy"] == POLICY
        assert reply.headers["x-content-type-options"] == "nosniff"
    assert client.get("/page/", headers={"Host": "rebound.example"}).status_code == 400
    assert client.get("/pages", headers={}).status_code == 401


def test_log_lines_of_a_request_have_its_id(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        asked = {**TOKEN, "X-Request-ID": "asked-by-me"}
        client.post("/v1/ask", json={"question": "What is EmberNet?"}, headers=asked)
    (told,) = [r for r in caplog.records if r.name == "assistant.answers"]
    assert vars(told)["request_id"] == "asked-by-me"


def test_an_unforeseen_error_tells_its_request_and_nothing_else(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    reply = client.get("/broken", headers={**TOKEN, "X-Request-ID": "my-request"})
    assert reply.status_code == 500
    assert "my-request" in error_of(reply)["message"]
    assert "inner detail" not in reply.text
    assert "Traceback" not in reply.text
    (told,) = [r for r in caplog.records if r.name == "assistant.server.errors"]
    assert "my-request" in told.getMessage()
    assert told.exc_info is not None
