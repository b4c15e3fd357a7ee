"""The search as a LlamaIndex retriever, usable in any LlamaIndex pipeline."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answer import Filters, Hit
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.search import PaperSearch


class PaperRetriever(BaseRetriever):
    """Retrieves papers, one node each: text is the abstract, the rest is metadata."""

    def __init__(
        self, search: HybridSearch | PaperSearch, limit: int = 10, filters: Filters | None = None
    ) -> None:
        super().__init__()
        self._search = search
        self._limit = limit
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._search.search(query_bundle.query_str, self._limit, self._filters)
        return [node_of(hit) for hit in found.hits]


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as a scored LlamaIndex node whose id is the paper's id."""
    fields = hit.paper.model_dump(mode="json", exclude={"abstract", "sources", "extra"})
    if hit.versions:
        fields["versions"] = [version.paper_id for version in hit.versions]
    node = TextNode(id_=hit.paper.id, text=hit.paper.abstract, metadata=fields)
    return NodeWithScore(node=node, score=hit.score)
