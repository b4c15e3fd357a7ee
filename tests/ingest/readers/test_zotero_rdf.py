from ingest.readers.zotero_rdf import ZoteroRdfReader
from tests.ingest.readers.exports import only, read

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
"""
PERSON = """<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname>
<foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>"""
ARTICLE = f"""<bib:Article rdf:about="https://kite.example/1"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:0000"/>{PERSON}<dc:title>Kites</dc:title>
<dcterms:abstract>Kites fly.</dcterms:abstract><dc:date>2020-03-04</dc:date>
<dc:identifier><dcterms:URI><rdf:value>https://kite.example/1</rdf:value></dcterms:URI>
</dc:identifier><dc:subject>wind</dc:subject></bib:Article>
"""
JOURNAL = """<bib:Journal rdf:about="urn:issn:0000"><dc:title>Kite Journal</dc:title>
<dc:identifier>DOI 10.1000/rdf.1</dc:identifier></bib:Journal>
"""
PAPER = f"""<rdf:Description rdf:about="urn:isbn:1"><z:itemType>conferencePaper</z:itemType>
<dcterms:isPartOf><bib:Journal><dc:title>Proceedings of Ovens</dc:title></bib:Journal>
</dcterms:isPartOf>{PERSON}<dc:title>Ovens</dc:title><dc:date>2021</dc:date></rdf:Description>
"""
ATTACHMENT = """<z:Attachment rdf:about="#1"><z:itemType>attachment</z:itemType>
<dc:title>PDF</dc:title></z:Attachment>
"""
READER = ZoteroRdfReader()


def test_an_article_takes_its_doi_from_the_journal_that_follows_it() -> None:
    paper = only(READER, f"{HEAD}{ARTICLE}{JOURNAL}{ATTACHMENT}</rdf:RDF>")
    assert (paper.title, paper.abstract, paper.authors) == ("Kites", "Kites fly.", ("Ann Lee",))
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite Journal", "10.1000/rdf.1")
    assert (paper.url, paper.sources[0].line) == ("https://kite.example/1", 5)
    assert paper.extra == {"keywords": ["wind"]}


def test_a_conference_paper_has_its_proceedings_within() -> None:
    paper = only(READER, f"{HEAD}{PAPER}</rdf:RDF>")
    assert (paper.title, paper.venue, paper.year) == ("Ovens", "Proceedings of Ovens", 2021)


def test_damage_keeps_the_items_before_it() -> None:
    got = read(READER, f"{HEAD}{ARTICLE}{JOURNAL}<bib:Article>")
    assert [paper.doi for paper in got.papers] == ["10.1000/rdf.1"]
    assert len(got.failures) == 1


def test_rdf_of_another_kind_is_not_told() -> None:
    assert not read(READER, f"{HEAD}</rdf:RDF>").papers


def test_an_edited_work_has_its_editors_and_a_talk_its_conference() -> None:
    editors = PERSON.replace("bib:authors", "bib:editors")
    talk = f"""<bib:Document rdf:about="#2"><z:itemType>presentation</z:itemType>{editors}
<dc:title>Kites</dc:title><bib:presentedAt><bib:Conference><dc:title>KITE 2020</dc:title>
</bib:Conference></bib:presentedAt></bib:Document>"""
    paper = only(READER, f"{HEAD}{talk}</rdf:RDF>")
    assert (paper.authors, paper.venue) == (("Ann Lee",), "KITE 2020")
