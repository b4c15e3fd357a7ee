import json
from typing import Any

from ingest.readers.openreview import OpenReviewReader
from tests.ingest.readers.exports import only, read

READER = OpenReviewReader()
CONTENT = {
    "title": "Kites",
    "authors": ["Ann Lee", "Bo Ng"],
    "abstract": "Kites fly.",
    "venue": "KITE 2024 poster",
}


def note(content: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "abc", "forum": "abc", "content": content, "cdate": 1695000000000, **more}


def test_both_versions_of_the_interface() -> None:
    wrapped = {name: {"value": value} for name, value in CONTENT.items()}
    for content in (CONTENT, wrapped):
        paper = only(READER, json.dumps({"notes": [note(content)], "count": 1}))
        assert (paper.id, paper.title, paper.abstract) == ("openreview:abc", "Kites", "Kites fly.")
        assert paper.authors == ("Ann Lee", "Bo Ng")
        assert (paper.year, paper.venue) == (2024, "KITE 2024 poster")
        assert paper.url == "https://openreview.net/forum?id=abc"


def test_without_a_venue_the_year_is_that_of_the_note() -> None:
    """1695000000000 ms after 1970 is 18 September 2023."""
    content = {name: CONTENT[name] for name in ("title", "abstract")}
    assert only(READER, json.dumps([note(content)])).year == 2023


def test_reviews_are_failures() -> None:
    got = read(READER, json.dumps([note(CONTENT), note({"review": "Good.", "title": None})]))
    assert len(got.papers) == 1
    assert "reviews" in got.failures[0].reason
