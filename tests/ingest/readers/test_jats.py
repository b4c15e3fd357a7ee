from ingest.readers.jats import JatsReader
from tests.ingest.readers.exports import only, read

READER = JatsReader()
FRONT = """<front><journal-meta><journal-id>Kite J</journal-id><journal-title-group>
<journal-title>Kite Journal</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="pmid">31234567</article-id>
<article-id pub-id-type="doi">10.1000/jats.1</article-id>
<title-group><article-title>Kites with <italic>strings</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lee</surname>
<given-names>Ann</given-names></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="author"><collab>KITE Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Boss</surname></name></contrib></contrib-group>
<pub-date><year>2020</year></pub-date>
<abstract abstract-type="graphical"><p>A picture.</p></abstract>
<abstract><title>Abstract</title><sec><title>Background</title><p>Kites&nbsp;fly.</p></sec>
<sec><title>Results</title><p>They flew.</p></sec></abstract>
<kwd-group><kwd>kites</kwd></kwd-group></article-meta></front>"""
BODY = """<body><p>Body text.</p></body>
<back><ref-list><article-title>Other</article-title></ref-list></back>"""


def test_an_article() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">'
    paper = only(READER, f"<?xml version='1.0'?>\n{doctype}\n<article>{FRONT}{BODY}</article>")
    assert paper.title == "Kites with strings"
    assert paper.abstract == "Background: Kites fly.\nResults: They flew."
    assert paper.authors == ("Ann Lee", "KITE Group")
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite Journal", "10.1000/jats.1")
    assert paper.extra == {"pmid": "31234567", "keywords": ["kites"]}


def test_a_set_of_pubmed_central() -> None:
    second = (
        "<article><front><article-meta><title-group><article-title>Ovens</article-title>"
        "<subtitle>A study</subtitle></title-group><abstract><p>One.</p><p>Two.</p></abstract>"
        "</article-meta></front></article>"
    )
    got = read(READER, f"<pmc-articleset>\n<article>{FRONT}</article>\n{second}</pmc-articleset>")
    assert [paper.title for paper in got.papers] == ["Kites with strings", "Ovens: A study"]
    assert got.papers[1].abstract == "One.\nTwo."
