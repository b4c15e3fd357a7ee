"""OAI-PMH of arXiv, in its three formats."""

import pytest

from ingest.readers.oai import OaiReader
from tests.ingest.readers.exports import only, read

ARXIV = """<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2001.01234</id><created>2020-01-04</created>
<updated>2021-01-05</updated><authors><author><keyname>Lee</keyname><forenames>Ann</forenames>
</author><author><keyname>Ng</keyname><forenames>Bo</forenames></author></authors>
<title>Kites over
  two lines</title><journal-ref>Kite J. 3 (2020)</journal-ref><doi>10.1000/oai.1</doi>
<abstract>  Kites fly
at $O(n)$.
</abstract></arXiv>"""
RAW = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2001.01234</id><version version="v1">
<date>Sat, 4 Jan 2020 10:00:00 GMT</date></version><title>Kites over two lines</title>
<authors>Ann Lee, Bo Ng</authors><journal-ref>Kite J. 3 (2020)</journal-ref>
<doi>10.1000/oai.1</doi><abstract>Kites fly at $O(n)$.</abstract></arXivRaw>"""
CORE = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Kites over two lines</dc:title>
<dc:creator>Lee, Ann</dc:creator><dc:creator>Ng, Bo</dc:creator><dc:subject>Kites</dc:subject>
<dc:description>Kites fly at $O(n)$.</dc:description>
<dc:description>Comment: 3 pages</dc:description>
<dc:date>2021-01-05</dc:date><dc:date>2020-01-04</dc:date>
<dc:identifier>http://arxiv.org/abs/2001.01234</dc:identifier>
<dc:identifier>Kite J. 3 (2020)</dc:identifier><dc:identifier>doi:10.1000/oai.1</dc:identifier>
</oai_dc:dc>"""


def answer(metadata: str) -> str:
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n<record><header>'
        f"<identifier>oai:arXiv.org:2001.01234</identifier></header><metadata>{metadata}</metadata>"
        '</record>\n<record><header status="deleted"><identifier>x</identifier></header></record>'
        "</ListRecords></OAI-PMH>"
    )


@pytest.mark.parametrize("metadata", [ARXIV, RAW, CORE], ids=["arXiv", "arXivRaw", "oai_dc"])
def test_formats(metadata: str) -> None:
    paper = only(OaiReader(), answer(metadata))
    assert (paper.title, paper.abstract) == ("Kites over two lines", "Kites fly at $O(n)$.")
    assert (paper.authors, paper.year) == (("Ann Lee", "Bo Ng"), 2020)
    assert (paper.id, paper.doi) == ("arxiv:2001.01234", "10.1000/oai.1")
    assert (paper.url or "").endswith("arxiv.org/abs/2001.01234")


def test_a_deleted_record_is_passed_over() -> None:
    got = read(OaiReader(), answer(ARXIV))
    assert (len(got.papers), got.failures, got.lines) == (1, [], [2])
