"""PubMed XML: sections, markup, safety, and XML that breaks off."""

import gzip
import tracemalloc

import pytest

from ingest.errors import SourceError
from ingest.readers import Source
from ingest.readers.pubmed_xml import PubmedXmlReader
from tests.ingest.readers.exports import only, outcome, read

READER = PubmedXmlReader()


def article(pmid: int, inner: str = "<ArticleTitle>T</ArticleTitle>", after: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID>'
        f"<Article>{inner}</Article></MedlineCitation>{after}</PubmedArticle>\n"
    )


def article_set(*articles: str) -> str:
    return f"<?xml version='1.0'?>\n<PubmedArticleSet>\n{''.join(articles)}</PubmedArticleSet>"


def test_sections_keep_their_labels_and_markup_becomes_text() -> None:
    paper = only(
        READER,
        article_set(
            article(
                1,
                "<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate>"
                "</PubDate></JournalIssue><Title>J Tests</Title></Journal>"
                "<ArticleTitle>On <i>E. coli</i> &amp; CO<sub>2</sub> at 10<sup>-3</sup> M."
                "</ArticleTitle>"
                '<ELocationID EIdType="pii">S1</ELocationID>'
                '<Abstract><AbstractText Label="AIM">To\n test.</AbstractText>'
                '<AbstractText Label="UNLABELLED">Plain.</AbstractText><AbstractText/>'
                '<AbstractText Label="RESULTS:">p &lt; 0.05</AbstractText></Abstract>'
                "<AuthorList><Author><LastName>Lee</LastName><ForeName>Ann B</ForeName>"
                "<Suffix>Jr</Suffix></Author><Author><CollectiveName>The Group</CollectiveName>"
                "</Author></AuthorList>",
                "<PubmedData><ArticleIdList><ArticleId IdType='doi'>10.1000/X</ArticleId>"
                "</ArticleIdList><ReferenceList><Reference><ArticleIdList>"
                "<ArticleId IdType='doi'>10.1000/cited</ArticleId></ArticleIdList></Reference>"
                "</ReferenceList></PubmedData>",
            )
        ),
    )
    assert paper.title == "On E. coli & CO2 at 10^-3 M."
    assert paper.abstract == "AIM: To test.\nPlain.\nRESULTS: p < 0.05"
    assert paper.authors == ("Ann B Lee Jr", "The Group")
    assert (paper.year, paper.venue) == (1998, "J Tests")
    assert (paper.doi, paper.id) == ("10.1000/x", "doi:10.1000/x")
    assert paper.sources[0].line == 3


def test_books_and_titles_in_another_language() -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID>5</PMID><Book><BookTitle>Book</BookTitle>"
        "<PubDate><Year>2011</Year></PubDate></Book><ArticleTitle>Chapter</ArticleTitle>"
        "<Abstract><AbstractText>Text.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
    )
    foreign = article(
        6,
        "<ArticleTitle>[Not Available].</ArticleTitle>"
        "<VernacularTitle>Ein Titel.</VernacularTitle>",
    )
    got = read(READER, article_set(book, foreign))
    assert [(p.id, p.title) for p in got.papers] == [
        ("pmid:5", "Chapter"),
        ("pmid:6", "Ein Titel."),
    ]
    assert (got.papers[0].venue, got.papers[0].year) == ("Book", 2011)
    assert got.papers[0].abstract == "Text."


def test_an_article_alone_and_one_without_a_title() -> None:
    assert only(READER, article(3)).id == "pmid:3"
    got = read(READER, article_set(article(1), article(2, ""), article(3)))
    assert [paper.id for paper in got.papers] == ["pmid:1", "pmid:3"]
    assert [failure.line for failure in got.failures] == [4]


def test_xml_that_breaks_off_keeps_what_came_before() -> None:
    whole = article_set(article(1), article(2), article(3))
    got = read(READER, whole[: whole.index("<PMID", whole.index(">2<"))])
    assert [paper.id for paper in got.papers] == ["pmid:1", "pmid:2"]
    assert [failure.line for failure in got.failures] == [5]


@pytest.mark.parametrize(
    "definition",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
)
def test_xml_that_defines_entities_is_refused(definition: str) -> None:
    body = article_set(article(1, "<ArticleTitle>&b;</ArticleTitle>"))
    text = body.replace("<PubmedArticleSet>", f"<!DOCTYPE x [\n{definition}]><PubmedArticleSet>", 1)
    papers, failures = read(READER, text)
    assert not papers
    assert [(failure.line, "entities" in failure.reason) for failure in failures] == [(3, True)]


def test_other_encodings() -> None:
    text = article_set(article(1, "<ArticleTitle>Größe</ArticleTitle>"))
    latin = text.replace("'1.0'", "'1.0' encoding='ISO-8859-1'").encode("latin-1")
    assert only(READER, latin).title == "Größe"
    assert only(READER, text.encode("utf-16")).title == "Größe"


def test_damaged_gzip_is_a_source_error() -> None:
    packed = gzip.compress(article_set(*(article(n) for n in range(2000))).encode())
    with pytest.raises(SourceError, match="export: damaged compressed"):
        list(READER.read(Source("export", data=packed[: len(packed) // 2])))


def test_memory_stays_flat() -> None:
    def peak(articles: int) -> int:
        abstract = f"<Abstract><AbstractText>{'x ' * 500}</AbstractText></Abstract>"
        inner = f"<ArticleTitle>T</ArticleTitle>{abstract}"
        source = Source(
            "export", data=article_set(*(article(n, inner) for n in range(articles))).encode()
        )
        tracemalloc.start()
        count = sum(1 for _ in READER.read(source))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == articles
        return size

    assert peak(600) < 2 * peak(200)


def test_xml_of_another_kind() -> None:
    assert [f.line for f in read(READER, "<feed><entry/></feed>").failures] == [None]
    assert outcome(READER.read(Source("export", data=b"<PubmedArticleSet/>"))).papers == []


def test_a_whole_book_has_its_own_authors_and_its_publisher_for_a_venue() -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID>7</PMID><Book><Publisher><PublisherName>Kite Press"
        "</PublisherName></Publisher><BookTitle>Kites</BookTitle><PubDate><Year>2009</Year></PubDate>"
        "<AuthorList><Author><CollectiveName>Kite Centre (UK)</CollectiveName></Author>"
        "</AuthorList></Book></BookDocument></PubmedBookArticle>"
    )
    paper = only(READER, article_set(book))
    assert (paper.title, paper.authors) == ("Kites", ("Kite Centre (UK)",))
    assert (paper.venue, paper.year) == ("Kite Press", 2009)


def test_of_other_abstracts_alone_the_english_is_taken() -> None:
    def other(language: str, text: str) -> str:
        inner = f"<AbstractText>{text}</AbstractText>"
        return f'<OtherAbstract Type="Publisher" Language="{language}">{inner}</OtherAbstract>'

    both = other("chi", "Abstract available from the publisher.") + other("eng", "Kites fly.")
    text = article_set(article(1)).replace("</MedlineCitation>", f"{both}</MedlineCitation>")
    assert only(READER, text).abstract == "Kites fly."
