"""The test server serves LlamaIndex's own OpenAI classes, which the assistant is built on."""

from llama_index.core.llms import ChatMessage
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.embeddings.openai_like import OpenAILikeEmbedding
from llama_index.llms.openai_like import OpenAILike

from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector


def model_of(server: OpenAIServer) -> OpenAILike:
    return OpenAILike(model="m", api_base=server.base_url, api_key="sk-test", is_chat_model=True)


def test_chat_and_stream(openai_server: OpenAIServer) -> None:
    openai_server.queue(Reply("whole answer"), Reply("streamed answer"))
    messages = [ChatMessage(role="user", content="what is a KAN?")]
    model = model_of(openai_server)
    assert model.chat(messages).message.content == "whole answer"
    pieces = [part.delta for part in model.stream_chat(messages)]
    assert "".join(piece or "" for piece in pieces) == "streamed answer"


async def test_async_stream() -> None:
    with OpenAIServer() as server:
        server.queue(Reply("streamed answer"))
        parts = await model_of(server).astream_complete("what is a KAN?")
        assert [part.text async for part in parts][-1] == "streamed answer"


def test_embeddings(openai_server: OpenAIServer) -> None:
    expected = text_vector("graph networks", 64).tolist()
    models = (
        OpenAIEmbedding(api_base=openai_server.base_url, api_key="sk-test"),
        OpenAILikeEmbedding("e", api_base=openai_server.base_url, api_key="sk-test"),
    )
    for model in models:
        assert model.get_text_embedding_batch(["kan", "graph networks"])[1] == expected
