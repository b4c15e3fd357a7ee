"""Removes what has vanished from a folder that a library follows."""

from pathlib import Path

from ingest.library import Library
from ingest.report import IngestReport


def remove_vanished(
    library: Library, folder: Path, seen_ids: set[str], report: IngestReport
) -> int:
    """Remove papers whose only sources lie in the folder and that were not read this time.

    Papers of a file that failed to be read stay. Returns how many were removed.
    """
    root = folder.resolve()
    failed = {failure.source for failure in report.failed}
    gone = []
    for paper in library.papers():
        files = {source.file for source in paper.sources}
        inside = all(_is_inside(file, root) for file in files)
        if files and inside and paper.id not in seen_ids and not files & failed:
            gone.append(paper.id)
    return library.remove(gone) if gone else 0


def _is_inside(file: str, root: Path) -> bool:
    return Path(file.split("!", maxsplit=1)[0]).resolve().is_relative_to(root)
