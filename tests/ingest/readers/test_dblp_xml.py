from ingest.readers import Source, detect
from ingest.readers.dblp_xml import DblpXmlReader
from tests.ingest.readers.exports import only, read

TEXT = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/kite/Lee20"><author>Ann Lee 0001</author><author>J&uuml;rgen M&uuml;ller
</author><title>Kites.</title><journal>Kite J.</journal><year>2020</year>
<ee>https://doi.org/10.1000/dx.1</ee></article>
<www key="homepages/x"><author>Ann Lee</author><title>Home Page</title></www>
<inproceedings key="y"><author>Cy Yi</author><title>Ovens.</title><booktitle>OVEN</booktitle>
<year>2021</year><ee>https://arxiv.org/abs/2001.01234</ee></inproceedings>
</dblp>"""


def test_publications_and_no_home_pages() -> None:
    got = read(DblpXmlReader(), TEXT)
    kites, ovens = got.papers
    assert (got.lines, got.failures) == ([4, 8], [])
    assert (kites.title, kites.authors) == ("Kites", ("Ann Lee", "Jürgen Müller"))
    assert (kites.year, kites.venue, kites.doi) == (2020, "Kite J.", "10.1000/dx.1")
    assert (ovens.venue, ovens.arxiv_id) == ("OVEN", "2001.01234")


def test_proceedings_name_their_volume_as_crossref_does() -> None:
    """The element `crossref` of DBLP holds a key; that of Crossref holds a work."""
    text = TEXT.replace("<booktitle>OVEN", "<crossref>conf/oven/2021</crossref><booktitle>OVEN")
    assert detect(Source("x", data=text.encode())).name == DblpXmlReader.name


def test_a_search_and_dois_at_their_publishers() -> None:
    text = """<result><query>kites</query><hits total="1"><hit score="1" id="1">
<info><authors><author pid="1">Ann Lee 0001</author><author pid="2">Bo Ng</author></authors>
<title>Kites.</title><venue>KITE</venue><year>2020</year>
<ee>http://doi.acm.org/10.1145/1234567</ee></info></hit></hits></result>"""
    paper = only(DblpXmlReader(), text)
    assert (paper.title, paper.authors) == ("Kites", ("Ann Lee", "Bo Ng"))
    assert (paper.venue, paper.year, paper.doi) == ("KITE", 2020, "10.1145/1234567")


def test_a_link_cut_by_a_space_gives_no_doi() -> None:
    """The DOI before the space is that of the book, the same for all of its chapters."""
    text = "<dblp><article><title>Kites.</title><ee>http://dx.doi.org/10.1007/1-2 3</ee></article>"
    assert only(DblpXmlReader(), f"{text}</dblp>").doi is None
