from llama_index.core.schema import QueryBundle

from assistant.answer import Filters
from assistant.retrieval import HybridSearch, PaperRetriever
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library


def test_it_is_a_llama_index_retriever_of_papers(
    small_library: Library, encoder: OnnxEncoder
) -> None:
    search = HybridSearch(small_library, encoder.encode_one, RetrievalConfig())
    nodes = PaperRetriever(search, limit=3).retrieve("pruning experts of language models")
    hits = search.search("pruning experts of language models", 3).hits
    assert [node.node.node_id for node in nodes] == [hit.paper.id for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    first = nodes[0].node
    assert first.get_content() == hits[0].paper.abstract
    assert first.metadata["title"] == hits[0].paper.title
    assert first.metadata["year"] == 2024


def test_filters_are_passed_on(small_library: Library, encoder: OnnxEncoder) -> None:
    search = HybridSearch(small_library, encoder.encode_one, RetrievalConfig())
    retriever = PaperRetriever(search, limit=12, filters=Filters(author="lindqvist"))
    found = retriever.retrieve(QueryBundle("models"))
    assert {node.node.node_id for node in found} == {"slow", "annealed"}
