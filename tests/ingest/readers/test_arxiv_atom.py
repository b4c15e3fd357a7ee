"""arXiv's feeds: answers, errors, announcements, damage."""

import pytest

from ingest.readers.arxiv_atom import ArxivAtomReader
from tests.ingest.readers.exports import only, read

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
{entries}</feed>
"""
ENTRY = """<entry>
  <id>http://arxiv.org/abs/2409.10594v2</id>
  <published>2024-09-16T00:00:00Z</published>
  <title>A title
  over two lines</title>
  <summary>  If a &lt; b and c &gt; d, the
bridge holds.
  A second paragraph.
</summary>
  <author><name>Ann Lee</name></author><author><name>Bo Ng</name></author>
  <arxiv:doi>10.1000/X</arxiv:doi>
  <arxiv:journal_ref>Bridges 3</arxiv:journal_ref>
  <category term="cs.CL"/>
</entry>
"""
RSS = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<link>http://rss.arxiv.org/rss/cs.CL</link>
<item><title>Bridges</title><link>https://arxiv.org/abs/2409.10594</link>
<description>arXiv:2409.10594v1 Announce Type: new
Abstract: They span.</description><dc:creator>Ann Lee, Bo Ng</dc:creator></item>
</channel></rss>
"""


def test_an_entry() -> None:
    paper = only(ArxivAtomReader(), FEED.format(entries=ENTRY))
    assert (paper.id, paper.doi, paper.year) == ("arxiv:2409.10594", "10.1000/x", 2024)
    assert paper.title == "A title over two lines"
    assert paper.abstract == "If a < b and c > d, the bridge holds.\nA second paragraph."
    assert paper.authors == ("Ann Lee", "Bo Ng")
    assert (paper.venue, paper.extra["categories"]) == ("Bridges 3", ["cs.CL"])


def test_lines_are_right_beside_commented_entries() -> None:
    entries = f"<!-- <entry>\n</entry> -->\n{ENTRY}{ENTRY}"
    assert read(ArxivAtomReader(), FEED.format(entries=entries)).lines == [5, 19]


def test_an_announcement() -> None:
    paper = only(ArxivAtomReader(), RSS)
    assert (paper.arxiv_id, paper.abstract) == ("2409.10594", "They span.")
    assert paper.authors == ("Ann Lee", "Bo Ng")


def test_arxivs_error_answer_is_a_failure() -> None:
    entry = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
        "<summary>incorrect id format for 123</summary></entry>"
    )
    papers, (failure,) = read(ArxivAtomReader(), FEED.format(entries=entry))
    assert not papers
    assert "incorrect id format for 123" in failure.reason


@pytest.mark.parametrize("cut", [0.6, 0.97])
def test_a_cut_off_feed_keeps_its_entries_and_says_so(cut: float) -> None:
    text = FEED.format(entries=ENTRY * 10)
    papers, failures = read(ArxivAtomReader(), text[: int(len(text) * cut)])
    assert len(papers) >= 5
    assert any("not well-formed XML" in failure.reason for failure in failures)


def test_an_empty_feed() -> None:
    papers, (failure,) = read(ArxivAtomReader(), FEED.format(entries=""))
    assert not papers
    assert "no entries" in failure.reason


def test_a_feed_that_defines_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("x" * 1000, "&a;" * 1000)
    text = FEED.format(entries=ENTRY.replace("over two lines", "&b;")).replace("?>", f"?>{bomb}", 1)
    papers, (failure,) = read(ArxivAtomReader(), text)
    assert not papers
    assert "entities" in failure.reason


def test_biorxiv_s_feed_is_read_alike() -> None:
    feed = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel rdf:about="x">
<title>bioRxiv</title></channel><item rdf:about="http://biorxiv.example/1"><title>Kites</title>
<link>http://biorxiv.example/1</link><description><![CDATA[Kites fly.]]></description>
<dc:creator>Lee, A., Ng, B.</dc:creator><dc:date>2020-01-02</dc:date>
<dc:identifier>doi:10.1101/2020.01.01.123456</dc:identifier></item></rdf:RDF>"""
    paper = only(ArxivAtomReader(), feed)
    assert (paper.title, paper.abstract) == ("Kites", "Kites fly.")
    assert paper.authors == ("A. Lee", "B. Ng")
    assert (paper.doi, paper.year) == ("10.1101/2020.01.01.123456", 2020)
