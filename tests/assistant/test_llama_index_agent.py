"""The query engine and the retriever as tools of a LlamaIndex agent."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.agent.workflow import FunctionAgent, ReActAgent
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from llama_index.llms.openai_like import OpenAILike

from assistant import Assistant
from assistant.opening import open_engine
from assistant.query_engine import PaperQueryEngine
from assistant.retrieval.retriever import PaperRetriever
from tests.support.assistants import extractive_settings
from tests.support.openai_replies import HttpReply, Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "What does EmberNet consume?"


@pytest.fixture(scope="module")
def assistant(small_library_path: Path) -> Iterator[Assistant]:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        yield assistant


def model_at(server: OpenAIServer, *, calls_functions: bool) -> OpenAILike:
    return OpenAILike(
        model="test-chat",
        api_base=server.base_url,
        api_key="unused",
        is_chat_model=True,
        is_function_calling_model=calls_functions,
        max_retries=0,
    )


def calling(tool: str, **arguments: str) -> HttpReply:
    """A reply in which the model calls a tool."""
    call = {
        "id": "call-1",
        "type": "function",
        "function": {"name": tool, "arguments": json.dumps(arguments)},
    }
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "test-chat"}
    return HttpReply(200, {**body, "choices": [choice]})


def told(request: dict[str, Any]) -> str:
    """What the last message of a request says."""
    content = request["messages"][-1]["content"]
    return content if isinstance(content, str) else json.dumps(content)


async def test_a_function_agent_asks_the_library(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    tool = QueryEngineTool.from_defaults(
        PaperQueryEngine(assistant), name="papers", description="Answers from a library of papers."
    )
    openai_server.queue(calling("papers", input=QUESTION), Reply("It consumes 0.8 mW."))
    llm = model_at(openai_server, calls_functions=True)
    agent = FunctionAgent(tools=[tool], llm=llm, streaming=False)
    output = await agent.run(QUESTION)
    assert str(output) == "It consumes 0.8 mW."
    first, second = openai_server.wait_for_requests(2)
    assert [tool["function"]["name"] for tool in first.json["tools"]] == ["papers"]
    assert "0.8 mW" in told(second.json)
    assert "[1]" in told(second.json)


async def test_a_react_agent_searches_the_library(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    engine = open_engine(assistant.settings)
    tool = RetrieverTool.from_defaults(
        PaperRetriever(engine.search, limit=2), name="search", description="Finds papers."
    )
    thought = f'Thought: I must search.\nAction: search\nAction Input: {{"input": "{QUESTION}"}}'
    answer = "Thought: I can answer without any more tools.\nAnswer: EmberNet does."
    openai_server.queue(Reply(thought), Reply(answer))
    agent = ReActAgent(
        tools=[tool], llm=model_at(openai_server, calls_functions=False), streaming=False
    )
    output = await agent.run(QUESTION)
    engine.close()
    assert str(output) == "EmberNet does."
    _, second = openai_server.wait_for_requests(2)
    assert "It consumes 0.8 mW" in told(second.json)
