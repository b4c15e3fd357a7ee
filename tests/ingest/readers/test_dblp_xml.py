from ingest.readers.dblp_xml import DblpXmlReader
from tests.ingest.readers.exports import read

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
