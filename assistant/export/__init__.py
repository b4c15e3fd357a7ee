"""Papers written for reference managers, one format a file."""

from assistant.export.registry import FORMATS, cited_papers, export_papers

__all__ = ["FORMATS", "cited_papers", "export_papers"]
