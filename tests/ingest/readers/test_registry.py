"""The list of readers and the page that describes them."""

import re
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.readers import READERS, Source, detect

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_page_names_every_reader_and_no_other() -> None:
    named = re.findall(r"^\| `([a-z][a-z-]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(reader.name for reader in READERS)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?>\n<!DOCTYPE kite SYSTEM "kite.dtd">\n<!-- -->\n<k:kite a="1"/>',
        "\ufeff<k:kite>",
        "<k:kite xmlns:r='r'><r:RDF/></k:kite>",
    ],
)
def test_xml_that_no_reader_takes_is_refused_by_the_name_of_its_root(text: str) -> None:
    with pytest.raises(SourceError, match=r"XML of <k:kite>.*RIS or BibTeX"):
        detect(Source("x", data=text.encode()))
