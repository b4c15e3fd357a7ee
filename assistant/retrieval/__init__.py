"""Finding papers: both indexes queried, scores fused, results grouped by paper."""

from assistant.retrieval.candidates import Candidates
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.retriever import PaperRetriever

__all__ = ["Candidates", "HybridSearch", "PaperRetriever"]
