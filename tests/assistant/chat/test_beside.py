"""The page on the HTTP server: the same token, stricter headers than the server's own."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect
from pydantic import SecretStr

from assistant.api import Assistant
from assistant.chat.beside import PATH, PageBeside
from assistant.server.app import create_app
from assistant.server.serving import ApiServer
from assistant.server_config import ServerConfig
from tests.assistant.chat.asking import ACCURACY, ask
from tests.assistant.chat.library import QUOTE
from tests.support.api_server import client_of

TOKEN = "a-token-that-nobody-guesses"
WRONG = {"username": "reader", "password": "wrong"}
RIGHT = {"username": "reader", "password": TOKEN}


@pytest.fixture(scope="module")
def both(assistant: Assistant) -> Iterator[ApiServer]:
    """The interfaces and the page on one server with a token."""
    config = ServerConfig(api_port=0, token=SecretStr(TOKEN), attempts_per_minute=5)
    settings = assistant.settings.model_copy(update={"server": config})
    with Assistant(settings) as own:
        page = PageBeside(own)
        with ApiServer(create_app(own, page), config) as server:
            yield server
        page.close()


@pytest.fixture
def client(both: ApiServer) -> Iterator[httpx.Client]:
    with client_of(both) as client:
        yield client


def test_the_page_brings_its_own_policy_and_the_interfaces_theirs(client: httpx.Client) -> None:
    page = client.get(f"{PATH}/")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for reply in (page, client.get("/healthz")):
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-frame-options"] == "DENY"
    assert (
        client.get("/healthz").headers["content-security-policy"].startswith("default-src 'none'")
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/info"),
        ("GET", "/config"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("POST", "/gradio_api/run/predict"),
    ],
)
def test_without_signing_in_the_page_does_nothing(
    client: httpx.Client, method: str, path: str
) -> None:
    reply = client.request(method, PATH + path, json={} if method == "POST" else None)
    assert reply.status_code == 401
    assert client.get("/v1/papers").status_code == 401


def test_the_token_signs_in_to_the_page_alone(client: httpx.Client) -> None:
    assert client.post(f"{PATH}/login", data=RIGHT).status_code == 200
    assert client.get(f"{PATH}/gradio_api/info").status_code == 200
    assert client.get("/v1/papers").status_code == 401


def test_a_reader_signs_in_and_asks(both: ApiServer, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{both.url}{PATH}/")
    page.get_by_label("username").fill("reader")
    page.get_by_label("password").fill(TOKEN)
    page.get_by_role("button", name="Login").click()
    page.locator("footer").first.wait_for()
    ask(page, ACCURACY)
    expect(page.locator("#latest")).to_contain_text(QUOTE)
    context.close()


def test_who_guesses_waits_and_who_has_signed_in_reads_on(both: ApiServer) -> None:
    with client_of(both) as reader, client_of(both) as other:
        assert reader.post(f"{PATH}/login", data=RIGHT).status_code == 200
        codes = [other.post(f"{PATH}/login", data=WRONG).status_code for _ in range(6)]
        assert codes == [400] * 5 + [429]
        assert other.post(f"{PATH}/login", data=RIGHT).status_code == 429
        assert reader.get(f"{PATH}/gradio_api/info").status_code == 200
