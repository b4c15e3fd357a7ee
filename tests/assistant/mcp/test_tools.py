"""The MCP tools, called with the SDK's own client: over stdio, and over HTTP on loopback."""

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult

from assistant.answer import Answer, SearchResult
from assistant.api import Assistant
from assistant.mcp.tools import make_mcp
from ingest.paper import Paper
from tests.support.api_server import FRANCE, KANS, serving
from tests.support.assistants import extractive_settings
from tests.support.checks import assert_sound

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-that-nobody-guesses"


@asynccontextmanager
async def over_stdio(library: Path) -> AsyncIterator[Client]:
    """A client that starts `paper-assistant mcp` as a process."""
    environment = {"PYTHONPATH": str(ROOT), "HOME": os.environ.get("HOME", "/")}
    arguments = ["-m", "assistant", "mcp", "--library", str(library)]
    command = StdioServerParameters(command=sys.executable, args=arguments, env=environment)
    async with Client(command) as client:
        yield client


@asynccontextmanager
async def over_http(
    library: Path, headers: Mapping[str, str], **server: Any
) -> AsyncIterator[Client]:
    """A client of the HTTP server's /mcp."""
    with serving(extractive_settings(library), **server) as running:
        async with httpx2.AsyncClient(headers=dict(headers), trust_env=False, timeout=60) as http:
            transport = streamable_http_client(f"{running.url}/mcp", http_client=http)
            async with Client(transport) as client:
                yield client


@asynccontextmanager
async def in_process(library: Path) -> AsyncIterator[Client]:
    """A client of a server in this process."""
    with Assistant(extractive_settings(library)) as assistant:
        async with Client(make_mcp(assistant)) as client:
            yield client


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


async def assert_every_tool_works(client: Client) -> None:
    """Use every tool once."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert tools.keys() == {"ask", "search_papers", "get_paper"}
    assert "question" in tools["ask"].input_schema["properties"]
    asked = await client.call_tool("ask", {"question": KANS})
    assert not asked.is_error
    answer = Answer.model_validate(asked.structured_content)
    assert_sound(answer)
    assert answer.text in text_of(asked)
    assert f"“{answer.citations[0].quote}”" in text_of(asked)
    wanted = {"query": "models", "limit": 2, "year_from": 2023, "year_to": 2023}
    found = await client.call_tool("search_papers", wanted)
    hits = SearchResult.model_validate(found.structured_content).hits
    assert [hit.paper.year for hit in hits] == [2023, 2023]
    assert f"[id {hits[0].paper.id}]" in text_of(found)
    shown = await client.call_tool("get_paper", {"paper_id": "slow"})
    paper = Paper.model_validate(shown.structured_content)
    assert paper.abstract in text_of(shown)


async def test_over_stdio(small_library_path: Path) -> None:
    async with over_stdio(small_library_path) as client:
        await assert_every_tool_works(client)


async def test_over_http_with_a_token(small_library_path: Path) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with over_http(small_library_path, headers, token=TOKEN) as client:
        await assert_every_tool_works(client)


async def test_a_refusal_names_the_nearest_papers(small_library_path: Path) -> None:
    async with in_process(small_library_path) as client:
        result = await client.call_tool("ask", {"question": FRANCE})
    assert not result.is_error
    assert (result.structured_content or {})["status"] == "not_in_library"
    assert "Nearest papers:" in text_of(result)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("get_paper", {"paper_id": "absent"}, "search_papers"),
        ("search_papers", {"query": "x", "limit": 0}, "limit"),
        ("ask", {}, "question"),
        ("drop_library", {}, "drop_library"),
    ],
)
async def test_errors_are_told_without_a_traceback(
    small_library_path: Path, tool: str, arguments: dict[str, Any], told: str
) -> None:
    async with in_process(small_library_path) as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert told in text_of(result)
    assert "Traceback" not in text_of(result)


async def test_a_library_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"format_version": 999}))
    async with in_process(tmp_path) as client:
        result = await client.call_tool("ask", {"question": KANS})
    assert result.is_error
    assert text_of(result)
