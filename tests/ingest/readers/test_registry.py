"""The list of readers and the page that describes them."""

import re
from pathlib import Path

from ingest.readers import READERS

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_page_names_every_reader_and_no_other() -> None:
    named = re.findall(r"^\| `([a-z][a-z-]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(reader.name for reader in READERS)
