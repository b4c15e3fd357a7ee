from ingest.readers.crossref_xml import CrossrefXmlReader
from tests.ingest.readers.exports import only

ARTICLE = """<journal><journal_metadata><full_title>Kite Journal</full_title></journal_metadata>
<journal_issue><publication_date><year>2019</year></publication_date></journal_issue>
<journal_article><titles><title>Kites</title><subtitle>A study</subtitle></titles><contributors>
<person_name sequence="first" contributor_role="author"><given_name>Ann</given_name>
<surname>Lee</surname></person_name><organization contributor_role="author">KITE</organization>
<person_name contributor_role="editor"><surname>Boss</surname></person_name></contributors>
<jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:p>Kites fly.</jats:p>
</jats:abstract><publication_date><year>2020</year></publication_date>
<doi_data><doi>10.1000/cx.1</doi><resource>https://kite.example</resource></doi_data>
<citation_list><citation><doi>10.1000/other</doi></citation></citation_list></journal_article>
</journal>"""
BOOK = """<book><book_metadata><titles><title>Ovens</title></titles>
<publication_date><year>2021</year></publication_date><doi_data><doi>10.1000/cx.2</doi></doi_data></book_metadata></book>"""


def answer(work: str) -> str:
    return f"<doi_records><doi_record><crossref>{work}</crossref></doi_record></doi_records>"


def test_an_article() -> None:
    paper = only(CrossrefXmlReader(), answer(ARTICLE))
    assert (paper.title, paper.abstract) == ("Kites: A study", "Kites fly.")
    assert (paper.authors, paper.year) == (("Ann Lee", "KITE"), 2020)
    assert (paper.venue, paper.doi) == ("Kite Journal", "10.1000/cx.1")
    assert paper.url == "https://kite.example"


def test_a_book_is_not_its_own_venue() -> None:
    paper = only(CrossrefXmlReader(), answer(BOOK))
    assert (paper.title, paper.year, paper.doi) == ("Ovens", 2021, "10.1000/cx.2")
    assert paper.venue is None


def test_a_preprint_and_a_report() -> None:
    preprint = """<posted_content type="preprint"><titles><title>Kites</title></titles>
<posted_date><year>2021</year></posted_date><institution><institution_name>kiteRxiv
</institution_name></institution></posted_content>"""
    paper = only(CrossrefXmlReader(), answer(preprint))
    assert (paper.title, paper.year, paper.venue) == ("Kites", 2021, "kiteRxiv")
    report = """<report-paper><report-paper_metadata><titles><title>Ovens</title></titles>
<publication_date><year>2020</year></publication_date></report-paper_metadata></report-paper>"""
    paper = only(CrossrefXmlReader(), answer(report))
    assert (paper.title, paper.year) == ("Ovens", 2020)
