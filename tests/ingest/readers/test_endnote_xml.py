from ingest.readers.endnote_xml import EndNoteXmlReader
from tests.ingest.readers.exports import only, read

READER = EndNoteXmlReader()


def styled(text: str) -> str:
    return f'<style face="normal" font="default" size="100%">{text}</style>'


RECORD = f"""<record><database name="My.enl">My.enl</database>
<source-app name="EndNote" version="20.1">EndNote</source-app><rec-number>12</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{styled("Lee, A.")}</author><author>{styled("Ng, B. C.")}</author>
</authors><secondary-authors><author>Boss, D.</author></secondary-authors></contributors>
<titles><title>{styled("Kites at 10")}<style face="superscript">3</style>{styled(" m &amp; more")}
</title><secondary-title>{styled("Kite Journal")}</secondary-title></titles>
<keywords><keyword>{styled("kites")}</keyword></keywords>
<dates><year>{styled("2020")}</year></dates><accession-num>{styled("31234567")}</accession-num>
<abstract>{styled("BACKGROUND: Kites.&#xD;&#xD;RESULTS: They flew.")}</abstract>
<urls><related-urls><url>{styled("https://kite.example")}</url></related-urls></urls>
<electronic-resource-num>{styled("10.1000/ENX.1")}</electronic-resource-num>
<remote-database-provider>{styled("NLM")}</remote-database-provider></record>"""


def library(*records: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><xml><records>{"".join(records)}</records></xml>'


def test_every_field() -> None:
    paper = only(READER, library(RECORD))
    assert paper.title == "Kites at 10^3 m & more"
    assert paper.abstract == "BACKGROUND: Kites.\nRESULTS: They flew."
    assert paper.authors == ("A. Lee", "B. C. Ng")
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite Journal", "10.1000/enx.1")
    assert (paper.url, paper.sources[0].line) == ("https://kite.example", 1)
    assert paper.extra == {"pmid": "31234567", "keywords": ["kites"]}


def test_zotero_writes_it_without_styles_and_books_have_editors() -> None:
    plain = (
        "<record><source-app>Zotero</source-app><titles><title>Ovens</title></titles><contributors>"
        "<secondary-authors><author>Yi, Cy</author></secondary-authors></contributors>"
        "<dates><year>2021</year></dates><abstract>Bake.</abstract></record>"
    )
    paper = only(READER, library(plain))
    assert (paper.title, paper.authors, paper.year) == ("Ovens", ("Cy Yi",), 2021)


def test_a_record_without_a_title_fails_alone() -> None:
    got = read(READER, library(RECORD, "\n<record><rec-number>2</rec-number></record>\n", RECORD))
    assert len(got.papers) == 2
    assert ["title" in failure.reason for failure in got.failures] == [True]


def test_several_names_in_one_element_are_parted() -> None:
    several = RECORD.replace("Lee, A.", "Lee, A.; Yi, C.")
    assert only(READER, library(several)).authors == ("A. Lee", "C. Yi", "B. C. Ng")


def test_the_address_is_one_and_ovid_s_medline_has_pubmed_s_numbers() -> None:
    """Web of Science gives `<Go to ISI>://WOS:1`, which opens nothing outside of EndNote."""
    ovid = RECORD.replace("NLM", "Ovid Technologies").replace(
        "</record>",
        f"<remote-database-name>{styled('MEDLINE')}</remote-database-name></record>",
    )
    isi = ovid.replace("https://kite.example", "&lt;Go to ISI&gt;://WOS:1")
    paper = only(READER, library(isi))
    assert (paper.url, paper.extra["pmid"]) == (None, "31234567")


def test_the_capitals_of_endnote_7() -> None:
    old = (
        "<XML><RECORDS>\n<RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><REFNUM>1</REFNUM><AUTHORS>"
        "<AUTHOR>Lee, Ann</AUTHOR><AUTHOR>Ng, </AUTHOR></AUTHORS><YEAR>2012</YEAR>"
        "<TITLE>Kites in capitals</TITLE><SECONDARY_TITLE>Kite Journal</SECONDARY_TITLE>"
        "<KEYWORDS><KEYWORD>kites</KEYWORD></KEYWORDS><ABSTRACT>They flew.</ABSTRACT>"
        "<URL>10.1000/kite.7</URL></RECORD>\n<RECORD><REFERENCE_TYPE>28</REFERENCE_TYPE>"
        "<SECONDARY_AUTHORS><SECONDARY_AUTHOR>Yi, Cy</SECONDARY_AUTHOR></SECONDARY_AUTHORS>"
        "<DATE>May 1999</DATE><TITLE>Ovens</TITLE><PUBLISHER>Kite Press</PUBLISHER></RECORD>\n"
        "</RECORDS></XML>"
    )
    first, second = read(READER, old).papers
    assert (first.title, first.authors) == ("Kites in capitals", ("Ann Lee", "Ng"))
    assert (first.year, first.venue, first.doi) == (2012, "Kite Journal", "10.1000/kite.7")
    assert (first.abstract, first.url) == ("They flew.", None)
    assert first.extra == {"keywords": ["kites"]}
    assert (second.authors, second.year, second.venue) == (("Cy Yi",), 1999, "Kite Press")
