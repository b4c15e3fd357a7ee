"""Quote validity: every quote stands verbatim in its paper, at the offsets given."""

from collections.abc import Iterable

from assistant.answer import Citation


def valid_quotes(citations: Iterable[Citation]) -> tuple[int, int]:
    """(valid, all); an empty quote is none."""
    found = [bool(c.quote) and c.paper.abstract[c.start : c.end] == c.quote for c in citations]
    return sum(found), len(found)
