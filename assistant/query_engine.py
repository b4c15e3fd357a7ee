"""The assistant as a LlamaIndex query engine: checked text, cited papers as source nodes."""

from collections.abc import Generator
from typing import TYPE_CHECKING

from llama_index.core.base.response.schema import RESPONSE_TYPE, Response, StreamingResponse
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode
from pydantic import PrivateAttr

from assistant.answer import Answer, Filters, TextDelta

if TYPE_CHECKING:
    from assistant.api import Assistant


class PaperQueryEngine(CustomQueryEngine):
    """Usable wherever LlamaIndex takes a query engine.

    Source nodes are the citations, not all that was retrieved: a node's text is the quote, its
    score the support. With `streaming`, the text comes as a generator, as the model writes it;
    citation numbers of sentences that turn out unsupported are in it, the whole answer in a
    `Response` is checked.
    """

    streaming: bool = False
    filters: Filters | None = None
    _assistant: "Assistant" = PrivateAttr()

    def __init__(
        self, assistant: "Assistant", streaming: bool = False, filters: Filters | None = None
    ) -> None:
        super().__init__()
        self.streaming = streaming
        self.filters = filters
        self._assistant = assistant

    def custom_query(self, query_str: str) -> RESPONSE_TYPE:
        """Answer, or begin to."""
        if self.streaming:
            return StreamingResponse(response_gen=self._deltas(query_str))
        return response_of(self._assistant.ask(query_str, filters=self.filters))

    async def acustom_query(self, query_str: str) -> RESPONSE_TYPE:
        """Answer without blocking the event loop."""
        if self.streaming:
            return self.custom_query(query_str)
        return response_of(await self._assistant.aask(query_str, filters=self.filters))

    def _deltas(self, query: str) -> Generator[str, None, None]:
        for event in self._assistant.stream(query, filters=self.filters):
            if isinstance(event, TextDelta):
                yield event.text


def response_of(answer: Answer) -> Response:
    """An answer as a LlamaIndex response; the whole answer is in its metadata."""
    nodes = [
        NodeWithScore(
            node=TextNode(
                id_=f"{c.paper.id}@{c.start}-{c.end}",
                text=c.quote,
                metadata={"number": c.number, "paper_id": c.paper.id, "title": c.paper.title},
            ),
            score=c.support,
        )
        for c in answer.citations
    ]
    return Response(
        response=answer.text,
        source_nodes=nodes,
        metadata={"status": answer.status, "answer": answer.model_dump(mode="json")},
    )
