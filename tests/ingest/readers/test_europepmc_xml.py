from ingest.cleaning import clean_paper
from ingest.readers.europepmc_xml import EuropePmcXmlReader
from tests.ingest.readers.exports import only

RESULT = """<result><id>31234567</id><pmid>31234567</pmid><doi>10.1000/epx.1</doi>
<title>Kites.</title><authorString>Lee A, Ng BC.</authorString>{authors}
<journalInfo><journal><title>Kite J</title></journal></journalInfo><pubYear>2020</pubYear>
<abstractText>&lt;h4>Background&lt;/h4>Kites fly.</abstractText></result>"""


def answer(authors: str) -> str:
    result = RESULT.format(authors=authors)
    return f"<responseWrapper><resultList>{result}</resultList></responseWrapper>"


def test_core_results() -> None:
    names = "<author><fullName>Lee A</fullName><firstName>Ann</firstName><lastName>Lee</lastName>"
    paper = only(
        EuropePmcXmlReader(),
        answer(f"<authorList>{names}</author></authorList>"),
    )
    assert (paper.title, paper.authors, paper.year) == ("Kites.", ("Ann Lee",), 2020)
    assert (paper.venue, paper.doi, paper.extra["pmid"]) == ("Kite J", "10.1000/epx.1", "31234567")
    assert clean_paper(paper).abstract == "Background\nKites fly."


def test_lite_results_have_the_authors_in_one_string() -> None:
    assert only(EuropePmcXmlReader(), answer("")).authors == ("Lee A", "Ng BC")
