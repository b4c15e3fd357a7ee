"""TEI of GROBID and of HAL."""

from ingest.readers.tei import TeiReader
from tests.ingest.readers.exports import only, read

READER = TeiReader()
GROBID = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xml:space="preserve" xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="en"><fileDesc>
<titleStmt><title level="a" type="main">Kites over two lines</title></titleStmt>
<publicationStmt><availability><p>Copyright Kite Press</p></availability>
<date type="published" when="2020-03-08">2020</date></publicationStmt>
<sourceDesc><biblStruct><analytic>
<author><persName><forename type="first">Ann</forename><forename type="middle">B</forename>
<surname>Lee</surname></persName><affiliation><orgName>Kite University</orgName></affiliation>
</author><author><affiliation><orgName>Oven University</orgName></affiliation></author>
<title level="a" type="main">Kites over two lines</title></analytic>
<monogr><title level="j" type="main">Kite Journal</title><idno type="eISSN">1234-5678</idno>
<imprint><date type="published" when="2020-03-08"/></imprint></monogr>
<idno type="MD5">ABC</idno><idno type="DOI">10.1000/TEI.1</idno>
<idno type="arXiv">arXiv:2001.01234v2[cs.CL]</idno></biblStruct></sourceDesc></fileDesc>
<profileDesc><textClass><keywords><term>kites</term></keywords></textClass>
<abstract><div><head>Abstract</head><p>Kites fly.</p><p>They flew.</p></div></abstract>
</profileDesc>
</teiHeader><text><body><div><p>Body.</p></div><listBibl><biblStruct><analytic>
<title>Other</title></analytic></biblStruct></listBibl></body></text></TEI>"""
HAL = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>HAL TEI export of hal-01</title></titleStmt><publicationStmt><date when="2024-01-01"/>
</publicationStmt><sourceDesc><p>HAL API platform</p></sourceDesc></fileDesc></teiHeader>
<text><body><listBibl>
<biblFull><titleStmt><title xml:lang="en">Ovens</title><title xml:lang="fr">Fours</title>
<author role="aut"><persName><forename>Bo</forename><surname>Ng</surname></persName></author>
<editor role="depositor"><persName><surname>Boss</surname></persName></editor></titleStmt>
<editionStmt><edition><date type="whenSubmitted">2022-12-07</date></edition></editionStmt>
<publicationStmt><idno type="halUri">https://hal.example/hal-01</idno></publicationStmt>
<sourceDesc><biblStruct><analytic><title xml:lang="en">Ovens</title><author><persName>
<forename>Bo</forename><surname>Ng</surname></persName><idno type="halAuthorId">1</idno></author>
</analytic><monogr><title level="j">Oven J.</title><imprint><date type="datePub">2021</date>
</imprint></monogr><idno type="doi">10.1000/tei.2</idno></biblStruct></sourceDesc>
<profileDesc><abstract xml:lang="fr">Les fours.</abstract>
<abstract xml:lang="en">Ovens bake.</abstract></profileDesc></biblFull>
</listBibl></body></text></TEI>"""


def test_a_header_of_grobid() -> None:
    paper = only(READER, GROBID)
    assert (paper.title, paper.abstract) == ("Kites over two lines", "Kites fly.\nThey flew.")
    assert (paper.authors, paper.year) == (("Ann B Lee",), 2020)
    assert (paper.venue, paper.doi) == ("Kite Journal", "10.1000/tei.1")
    assert (paper.id, paper.extra) == ("arxiv:2001.01234", {"keywords": ["kites"]})


def test_hal_s_list_without_the_header_of_the_export() -> None:
    got = read(READER, HAL)
    (paper,) = got.papers
    assert (got.failures, got.lines) == ([], [5])
    assert (paper.title, paper.abstract) == ("Ovens", "Ovens bake.")
    assert (paper.authors, paper.year, paper.venue) == (("Bo Ng",), 2021, "Oven J.")
    assert (paper.doi, paper.url) == ("10.1000/tei.2", "https://hal.example/hal-01")


def test_the_year_of_writing_before_that_of_submission_and_a_name_after_a_number() -> None:
    written = '<date type="whenSubmitted">2022-12-07</date><date type="whenProduced">1998</date>'
    text = HAL.replace('<date type="whenSubmitted">2022-12-07</date>', written)
    text = text.replace('<date type="datePub">2021</date>', "")
    text = text.replace("<author><persName>", '<author><idno type="halId">1</idno><persName>')
    (paper,) = read(READER, text).papers
    assert (paper.year, paper.authors) == (1998, ("Bo Ng",))
