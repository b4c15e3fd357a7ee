"""What becomes of a stored paper when one of its sources is read again."""

from collections.abc import Collection
from typing import Any

from ingest.cleaning import ORIGINAL
from ingest.merging import merge_papers
from ingest.paper import Paper
from ingest.same_record import has_own_id

STDIN = "stdin"
_FIELDS = ("abstract", "authors", "year", "venue", "url", "doi", "arxiv_id")


def renewed(before: Paper, paper: Paper, seen: bool) -> Paper:
    """A stored paper after a record of it came in; `seen`: not the first one in this run.

    The first record of a file says what that file holds now: it replaces what stood there, also by
    a shorter abstract. What other files said fills its gaps. Further records, and other files, make
    the paper richer, except that the newest record under an id of its own is believed.
    """
    edited = not seen and share_a_file(before, paper)
    others = tuple(s for s in before.sources if not edited or s.file not in files_of(paper))
    sources = tuple(dict.fromkeys((*others, *paper.sources)))
    if edited and not others:
        after = paper
    elif edited or has_own_id(paper):
        after = _filled(paper, before)
    else:
        after = merge_papers(before, paper)
    return after.model_copy(update={"id": before.id, "sources": sources})


def share_a_file(one: Paper, other: Paper) -> bool:
    """Whether both were read from one file, or neither from any."""
    return bool(files_of(one) & files_of(other)) or not (one.sources or other.sources)


def files_of(paper: Paper) -> set[str]:
    """The files that a paper was read from; a stream is another one each time."""
    return {source.file for source in paper.sources} - {STDIN}


def _filled(paper: Paper, older: Paper) -> Paper:
    """A record with the older one's fields where it has none."""
    gaps = {field: getattr(older, field) for field in _FIELDS if not getattr(paper, field)}
    filled = {field: value for field, value in gaps.items() if value}
    originals = _originals(older, filled) | _originals(paper, ("title", *_FIELDS))
    extra = {**older.extra, **paper.extra}
    extra.pop(ORIGINAL, None)
    if originals:
        extra[ORIGINAL] = originals
    return paper.model_copy(update={**filled, "extra": extra})


def _originals(paper: Paper, fields: Collection[str]) -> dict[str, Any]:
    found = paper.extra.get(ORIGINAL)
    return {k: v for k, v in found.items() if k in fields} if isinstance(found, dict) else {}
