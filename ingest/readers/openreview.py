"""OpenReview's notes: submissions of conferences, of both versions of its API.

The second version wraps every value (`"title": {"value": ...}`), the first does not. A note's dates
are milliseconds since 1970; the year of a conference stands in the name of the venue
(https://docs.openreview.net).
"""

import re
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure
from ingest.readers.json_fields import (
    abstract_of,
    authors_of,
    dig,
    doi_of,
    first_of,
    line_of,
    year_of,
)
from ingest.readers.json_reader import JsonReader

_MARKS = frozenset({"forum", "invitation", "invitations", "signatures"})
_DATES = ("pdate", "odate", "cdate", "tcdate")
_KEPT = ("keywords", "TLDR", "venueid", "primary_area")


class OpenReviewReader(JsonReader):
    """Reads notes that have a title."""

    name = "openreview"
    signature = re.compile(r'(?<!\\)"(?:forum|invitations?|authorids)"\s*:')

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by a content with a title, and by a forum or an invitation."""
        return dig(record, "content", "title") is not None and bool(_MARKS & record.keys())

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; reviews and comments, which have no title, are failures."""
        content = record.get("content")
        values = content if isinstance(content, dict) else {}
        fields = {name: dig(value, "value") or value for name, value in values.items()}
        title = line_of(fields.get("title"))
        if not title:
            return Failure(ref.file, ref.line, "no title; reviews and comments are no papers")
        forum = line_of(first_of(record, "forum", "id"))
        venue = line_of(first_of(fields, "venue", "venueid"))
        doi = doi_of(fields.get("doi"))
        return Paper(
            id=f"openreview:{forum}" if forum and not doi else derive_id(title, doi),
            title=title,
            abstract=abstract_of(fields.get("abstract")),
            authors=authors_of(fields.get("authors")),
            year=year_of(venue) or year_of(first_of(record, *_DATES)),
            venue=venue or None,
            url=f"https://openreview.net/forum?id={forum}" if forum else None,
            doi=doi,
            sources=(ref,),
            extra={name: fields[name] for name in _KEPT if fields.get(name)},
        )
