"""Finding papers: both indexes queried, scores fused, results grouped by paper."""

from assistant.retrieval.candidates import Candidates
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.retriever import PaperRetriever
from assistant.retrieval.search import PaperSearch

__all__ = ["Candidates", "HybridSearch", "PaperRetriever", "PaperSearch"]
