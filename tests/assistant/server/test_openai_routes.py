"""The library as an OpenAI model: the official client, and LlamaIndex's OpenAILike."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from assistant.answer import Citation
from assistant.server.openai.chores import chore_reply
from assistant.server.openai.shown import defused, without_sources
from assistant.server.serving import ApiServer
from tests.support.api_server import FRANCE, KANS, calling, error_of, serving
from tests.support.assistants import citing, extractive_settings, llm_settings
from tests.support.openai_chat import prompt_text
from tests.support.openai_server import OpenAIServer

MODEL = "paper-assistant"
EMBER = "What is EmberNet?"


@pytest.fixture(scope="module")
def openai_client(server: ApiServer) -> Iterator[openai.OpenAI]:
    http = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(
        base_url=f"{server.url}/v1", api_key="unused", http_client=http, max_retries=0
    ) as client:
        yield client


def user(text: str) -> Any:
    return [{"role": "user", "content": text}]


def citations_of(reply: Any) -> list[Citation]:
    citations = [Citation.model_validate(one) for one in reply.model_extra["citations"]]
    for one in citations:
        assert one.paper.abstract[one.start : one.end] == one.quote
    return citations


def test_an_answer_with_citations(openai_client: openai.OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == [MODEL]
    assert openai_client.models.retrieve(MODEL).id == MODEL
    reply = openai_client.chat.completions.create(
        model=MODEL, messages=user(KANS), temperature=0.3, seed=1, user="me", max_tokens=9
    )
    content = reply.choices[0].message.content or ""
    (citation,) = citations_of(reply)
    assert citation.paper.id == "splineblock"
    assert f"“{citation.quote}” [1]" in content
    assert content.endswith(f"Sources:\n[1] {citation.paper.title} (2024)")
    assert reply.choices[0].finish_reason == "stop"
    assert reply.usage is not None
    assert reply.usage.total_tokens == 0


def test_a_stream_gives_the_same(openai_client: openai.OpenAI) -> None:
    whole = openai_client.chat.completions.create(model=MODEL, messages=user(KANS))
    chunks = list(
        openai_client.chat.completions.create(
            model=MODEL,
            messages=user(KANS),
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    *_, last, usage = chunks
    assert usage.choices == []
    assert usage.usage is not None
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == whole.choices[0].message.content
    assert last.choices[0].finish_reason == "stop"
    assert citations_of(last) == citations_of(whole)
    assert len(chunks) > 10
    assert len({chunk.id for chunk in chunks}) == 1
    plain = openai_client.chat.completions.create(model=MODEL, messages=user(KANS), stream=True)
    assert all(chunk.choices for chunk in plain)


async def test_async_callers_and_a_refusal(server: ApiServer) -> None:
    http = openai.DefaultAsyncHttpxClient(trust_env=False)
    async with openai.AsyncOpenAI(
        base_url=f"{server.url}/v1", api_key="x", http_client=http
    ) as client:
        asked = (
            client.chat.completions.create(model=MODEL, messages=user(q)) for q in (FRANCE, EMBER)
        )
        refusal, answer = await asyncio.gather(*asked)
    assert (refusal.model_extra or {})["status"] == "not_in_library"
    assert citations_of(refusal) == []
    assert "spiking" in (answer.choices[0].message.content or "")


def test_messages_before_are_the_conversation(openai_client: openai.OpenAI) -> None:
    first = openai_client.chat.completions.create(model=MODEL, messages=user(EMBER))
    messages: Any = [
        {"role": "system", "content": "Always answer in French and cite nothing."},
        *user(EMBER),
        {"role": "assistant", "content": first.choices[0].message.content},
        {"role": "user", "content": [{"type": "text", "text": "What does it consume?"}]},
    ]
    reply = openai_client.chat.completions.create(model=MODEL, messages=messages)
    assert "0.8 mW" in (reply.choices[0].message.content or "")


def test_errors_are_those_of_openai(openai_client: openai.OpenAI) -> None:
    create: Any = openai_client.chat.completions.create
    with pytest.raises(openai.NotFoundError, match="paper-assistant") as unknown:
        create(model="gpt-5", messages=user(KANS))
    assert (unknown.value.param, unknown.value.code) == ("model", "model_not_found")
    tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
    for parameter in (
        {"n": 2},
        {"tools": [tool]},
        {"logprobs": True},
        {"response_format": {"type": "json_object"}},
    ):
        with pytest.raises(openai.BadRequestError) as refused:
            create(model=MODEL, messages=user(KANS), **parameter)
        assert refused.value.param in parameter
    with pytest.raises(openai.UnprocessableEntityError):
        create(model=MODEL, messages=[])
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}
    for messages in (
        [{"role": "system", "content": "x"}],
        [*user("x"), {"role": "assistant", "content": "y"}],
        [{"role": "user", "content": [image]}],
        [*user("x"), {"role": "tool", "tool_call_id": "1", "content": "y"}, *user("z")],
    ):
        with pytest.raises(openai.BadRequestError, match=r"message|tools"):
            create(model=MODEL, messages=messages)


def test_a_wrong_key_is_an_authentication_error(small_library_path: Path) -> None:
    settings = extractive_settings(small_library_path)
    with serving(settings, token="right-and-long-enough") as server:
        http = openai.DefaultHttpxClient(trust_env=False)
        with openai.OpenAI(
            base_url=f"{server.url}/v1", api_key="wrong", http_client=http
        ) as client:
            with pytest.raises(openai.AuthenticationError, match="token"):
                client.models.list()
            right = client.with_options(api_key="right-and-long-enough")
            assert right.models.list().data


def test_llama_index_uses_it_as_a_model(server: ApiServer) -> None:
    llm = OpenAILike(
        model=MODEL, api_base=f"{server.url}/v1", api_key="x", is_chat_model=True, max_retries=0
    )
    message = ChatMessage(role="user", content=KANS)
    reply = llm.chat([message])
    assert "[1]" in (reply.message.content or "")
    *_, last = llm.stream_chat([message])
    assert last.message.content == reply.message.content


def test_a_models_answer_is_checked_before_it_is_sent(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    reply = (
        "EmberNet consumes 0.8 mW {embernet}. EmberNet flies to the moon {embernet}."
        " See [99] and ![x](http://evil.example/p.png)."
    )
    openai_server.always(citing(reply))
    with calling(llm_settings(small_library_path, openai_server)) as client:
        body = {"model": MODEL, "messages": user("What does EmberNet consume?"), "stream": True}
        text = client.post("/v1/chat/completions", json=body).text
    assert "[99]" not in text
    assert text.rstrip().endswith("data: [DONE]")
    moon = text[text.index("moon") : text.index("moon") + 400]
    assert "[1]" not in moon.split("Sources")[0]
    assert "![x]" not in text.replace("!\\\\[", "")


def test_the_added_list_of_sources_is_not_part_of_the_conversation(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.always(citing("It runs 11 months on a coin cell {embernet}."))
    answered = "A spiking network [1].\n\nSources:\n[1] EmberNet"
    messages = [*user(EMBER), {"role": "assistant", "content": answered}, *user("How long?")]
    with calling(llm_settings(small_library_path, openai_server)) as client:
        client.post("/v1/chat/completions", json={"model": MODEL, "messages": messages})
    (request,) = openai_server.wait_for_requests(1)
    said = [m["content"] for m in request.json["messages"] if m["role"] == "assistant"]
    assert ["Sources:" in text for text in said] == [False]
    assert "How long?" in prompt_text(request.json)


TASK = """### Task:
Please name this chat.
### Output:
JSON format: {{ "{member}": {example} }}
### Chat History:
<chat_history>
USER: {question}
ASSISTANT: Passages found in 1 paper: {{ "queries": [1] }}
</chat_history>"""


@pytest.mark.parametrize(
    ("member", "question", "expected"),
    [
        ("title", EMBER, EMBER),
        ("title", f"<b>{'word ' * 40}", "b " + " ".join(["word"] * 11)),
        ("tags", EMBER, []),
        ("follow_ups", EMBER, []),
        ("queries", EMBER, []),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_what_a_client_asks_for_itself_costs_no_search_and_no_model(
    small_library_path: Path,
    openai_server: OpenAIServer,
    member: str,
    question: str,
    expected: Any,
    streamed: bool,
) -> None:
    prompt = TASK.format(member=member, example='"..."', question=question)
    with serving(llm_settings(small_library_path, openai_server)) as server:
        http = openai.DefaultHttpxClient(trust_env=False)
        with openai.OpenAI(base_url=f"{server.url}/v1", api_key="x", http_client=http) as client:
            create: Any = client.chat.completions.create
            reply = create(model=MODEL, messages=user(prompt), stream=streamed)
            if streamed:
                content = "".join(chunk.choices[0].delta.content or "" for chunk in reply)
            else:
                content = reply.choices[0].message.content
    assert json.loads(content) == {member: expected}
    assert not [one for one in openai_server.requests if one.path.endswith("completions")]


@pytest.mark.parametrize(
    "text",
    [
        EMBER,
        "### Task: what is EmberNet?",
        '<chat_history>\nUSER: x\n</chat_history> { "title": 1 }',
        '### Task:\n<chat_history>\nUSER: { "title": 1 }\n</chat_history>',
    ],
)
def test_a_readers_question_is_no_chore(text: str) -> None:
    assert chore_reply(text) is None


def test_unknown_members_are_tolerated_and_wrong_ones_named(client: httpx.Client) -> None:
    body = {"model": MODEL, "messages": user(KANS), "made_up": [1], "stream_options": None}
    assert client.post("/v1/chat/completions", json=body).status_code == 200
    reply = client.post("/v1/chat/completions", json={"model": MODEL, "messages": "hello"})
    assert (reply.status_code, error_of(reply)["param"]) == (422, "messages")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two papers do [1][2].", "Two papers do [1][2]."),
        ("![p](http://x)", "!\\[p\\](http://x)"),
        ("[a](javascript:b)", "[a\\](javascript:b)"),
        ("<script>x</script> a < b", "\\<script>x\\</script> a < b"),
        ("[a]: http://x", "[a\\]: http://x"),
    ],
)
def test_markdown_of_papers_stays_text(text: str, expected: str) -> None:
    assert defused(text) == expected


def test_sources_are_cut_from_an_earlier_answer() -> None:
    assert without_sources("Yes [1].\n\nSources:\n[1] T") == "Yes [1]."
    assert without_sources("Sources: many") == "Sources: many"
