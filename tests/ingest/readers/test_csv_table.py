"""Tables: services' headers, preambles, delimiters, and what breaks them."""

import csv
import io

import pytest

from ingest.errors import SourceError
from ingest.readers import Source
from ingest.readers.csv_table import CsvReader
from tests.ingest.readers.exports import only, read

READER = CsvReader()


def table(*rows: dict[str, str], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SCOPUS = {
    "Authors": "Lee, A.; Ng, C.",
    "Author full names": "Lee, Ann (57222); Ng, Cy (123)",
    "Author(s) ID": "57222; 123",
    "Title": "A title, with a comma",
    "Year": "2020",
    "Source title": "Journal of Tests",
    "DOI": "10.1000/CSV.1",
    "Link": "https://www.scopus.example/inward/record.uri?eid=2",
    "Abstract": "[No abstract available]",
    "Author Keywords": "one; two",
    "PubMed ID": "123.0",
    "Source": "Scopus",
}
IEEE = {
    "Document Title": "A title",
    "Authors": "A. Lee; C. Ng",
    "Publication Title": "2020 Conference on Tests",
    "Publication Year": "2020",
    "Abstract": "We test.",
    "DOI": "10.1109/X.1",
    "PDF Link": "https://ieee.example/1",
    "Author Keywords": "one;two",
}
WOS = {
    "Publication Type": "J",
    "Authors": "Lee, A",
    "Author Full Names": "Lee, Ann",
    "Article Title": "A title",
    "Source Title": "JOURNAL OF TESTS",
    "Abstract": "We test.",
    "Publication Year": "2020",
    "DOI": "10.1000/w",
    "Pubmed Id": "9",
}
DIMENSIONS = {
    "Rank": "500",
    "Publication ID": "pub.1",
    "DOI": "10.1000/d",
    "PMID": "7",
    "Title": "A title",
    "Abstract": "We test.",
    "Source title": "Journal of Tests",
    "PubYear": "2020",
    "Authors": "Lee, Ann; Ng, Cy",
    "Dimensions URL": "https://dimensions.example/pub.1",
}
EMBASE = {
    "Title": "A title",
    "Original Non-English Title": "",
    "Author Names": "Lee A.; Ng C.",
    "Source": "Journal of Tests (2020) 3:1",
    "Source title": "Journal of Tests",
    "Publication Year": "2020",
    "Abstract": "We test.",
    "Medline PMID": "8",
    "DOI": "10.1000/e",
    "Full Text Link": "https://dx.doi.example/10.1000/e",
}


def test_scopus() -> None:
    paper = only(READER, "\ufeff" + table(SCOPUS))
    assert paper.title == "A title, with a comma"
    assert paper.abstract == ""
    assert paper.authors == ("Ann Lee", "Cy Ng")
    assert (paper.year, paper.venue, paper.doi) == (2020, "Journal of Tests", "10.1000/csv.1")
    assert paper.extra == {"pmid": "123", "keywords": ["one", "two"]}


@pytest.mark.parametrize("row", [IEEE, WOS, DIMENSIONS, EMBASE], ids=lambda row: next(iter(row)))
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("preamble", ["", '"About the data: exported, by title; on May 1"\n\n'])
def test_services_with_any_delimiter_and_preamble(
    row: dict[str, str], delimiter: str, preamble: str
) -> None:
    paper = only(READER, preamble + table(row, delimiter=delimiter))
    assert (paper.title, paper.abstract, paper.year) == ("A title", "We test.", 2020)
    assert paper.venue is not None and "test" in paper.venue.lower()
    assert paper.doi == row["DOI"].lower()
    assert "Lee" in paper.authors[0]
    assert paper.sources[0].line == (4 if preamble else 2)


def test_web_of_science_tab_delimited_has_bare_quotes() -> None:
    text = (
        "PT\tAU\tTI\tSO\tAB\tPY\tDI\tUT\n"
        'J\tLee, A; Ng, C\t"Green" tests\tJ TESTS\t"Unclosed quote.\t2020\t10.1000/t\tWOS:1\n'
        "J\tNg, C\tSecond\tJ TESTS\tText.\t2021\t10.1000/u\tWOS:2\n"
    )
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        papers, failures = read(READER, data)
        assert [paper.title for paper in papers] == ['"Green" tests', "Second"]
        assert papers[0].abstract == '"Unclosed quote.'
        assert papers[0].authors == ("A Lee", "C Ng")
        assert not failures


def test_pubmed_has_no_abstracts_and_no_commas_in_names() -> None:
    text = (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,"
        "NIHMS ID,DOI\n"
        '31,A title.,"Lee A, van der Berg JK, Ng C.",J Tests. 2020.,Lee A,J Tests,2020,2020/01/02,'
        ",,10.1000/p\n"
        "32,No doi,Lee A.,J. 2020.,Lee A,J Tests,2020,2020/01/02,,,\n"
    )
    papers, failures = read(READER, text)
    assert not failures
    assert papers[0].authors == ("Lee A", "van der Berg JK", "Ng C")
    assert [paper.id for paper in papers] == ["doi:10.1000/p", "pmid:32"]


def test_excel_writes_sep_and_cells_hold_line_breaks() -> None:
    text = 'sep=;\nTitle;Abstract;Year\n"Two\nlines";"Wrapped\ntext.";2020\nNext;Text;2021\n'
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["Two lines", "Next"]
    assert got.papers[0].abstract == "Wrapped text."
    assert got.lines == [3, 6]


def test_encodings_are_told() -> None:
    text = "Title;Abstract;Year\nÜber die Größe;Schöne Grüße aus Köln und Zürich.;2020\n"
    for encoding in ("cp1252", "utf-8", "utf-16", "utf-8-sig"):
        assert only(READER, text.encode(encoding)).title == "Über die Größe"


def test_columns_named_by_the_user() -> None:
    text = "Nr,Überschrift,Inhalt,Jahr\nX1,Ein Titel,Ein Text.,2020\n"
    mapped = CsvReader({"title": "überschrift", "abstract": "Inhalt", "year": "Jahr", "id": "Nr"})
    (paper,) = read(mapped, text).papers
    assert mapped.sniff(Source("export", data=text.encode())) > 0.5
    assert (paper.id, paper.title, paper.abstract) == ("X1", "Ein Titel", "Ein Text.")
    assert paper.year == 2020
    assert READER.sniff(Source("export", data=text.encode())) == 0


def test_without_a_title_column_the_failure_names_the_columns() -> None:
    papers, failures = read(READER, "Nr,Überschrift,Jahr\n1,Ein Titel,2020\n")
    assert not papers
    assert [failure.line for failure in failures] == [1]
    assert "Nr, Überschrift, Jahr" in failures[0].reason
    assert "--map" in failures[0].reason


def test_a_mapped_column_that_is_absent_is_named() -> None:
    _, failures = read(CsvReader({"abstract": "Inhalt"}), "Title,Year\nA,2020\n")
    assert "abstract=Inhalt" in failures[0].reason


def test_fields_that_papers_have_not_cannot_be_mapped() -> None:
    with pytest.raises(SourceError, match="colour"):
        CsvReader({"colour": "Farbe"})


def test_bad_rows_fail_alone_with_their_lines() -> None:
    text = (
        "Title,Abstract,Year\n"
        "One,Text,2020\n"
        "Two, an unquoted comma,Text,2020\n"
        ",Text,2020\n"
        "\n"
        ",,\n"
        "Title,Abstract,Year\n"
        "Four\n"
        "Five,Text,2020,,\n"
    )
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["One", "Four", "Five"]
    assert got.lines == [2, 8, 9]
    assert [failure.line for failure in got.failures] == [3, 4]
    assert "4 cells" in got.failures[0].reason


def test_rows_are_read_one_at_a_time() -> None:
    source = Source("export", data=b"Title,Year\nOne,2020\nTwo,2021\n" + b'"' + b"x" * (20 << 20))
    records = READER.read(source)
    assert [getattr(next(records), "title", None) for _ in range(2)] == ["One", "Two"]
    assert [getattr(record, "line", None) for record in records] == [4]


def test_embase_names_journal_year_and_doi_only_within_other_cells() -> None:
    row = {
        "Title": "Kites: a study",
        "Author Names": "Lee A., Ng B.C.",
        "Source": "Kite Medicine (2014) 3:3 (152-160). Date of Publication: 2014",
        "Abstract": "Kites fly.",
        "Open URL Link": "http://sfx.example/u?sid=EMBASE&id=doi:10.1000%2F2303.78&atitle=Kites",
        "Copyright": "Copyright 2019 Elsevier B.V., All rights reserved.",
    }
    paper = only(READER, table(row))
    assert paper.authors == ("Lee A.", "Ng B.C.")
    assert (paper.venue, paper.year, paper.doi) == ("Kite Medicine", 2014, "10.1000/2303.78")
    assert paper.url is None


def test_springer_search_results() -> None:
    row = {
        "Item Title": "Kite Learning",
        "Publication Title": "Advances in Kites",
        "Item DOI": "10.1007/x_1",
        "Authors": "Ann LeeBo Ng",
        "Publication Year": "2020",
        "URL": "https://springer.example/1",
    }
    paper = only(READER, table(row))
    assert (paper.authors, paper.venue) == (("Ann Lee", "Bo Ng"), "Advances in Kites")
    assert paper.doi == "10.1007/x_1"


def test_cells_that_python_wrote() -> None:
    row = {
        "title": "Kites",
        "abstract": "Fly.",
        "authors": "['Ann Lee', 'Bo Ng']",
        "keywords": "['kites', 'wind']",
        "year": "2021.0",
        "external ids": "{'DOI': '10.1000/s.1', 'ArXiv': '2001.01234'}",
    }
    paper = only(READER, table(row))
    assert (paper.authors, paper.year) == (("Ann Lee", "Bo Ng"), 2021)
    assert (paper.doi, paper.arxiv_id) == ("10.1000/s.1", "2001.01234")
    assert paper.extra == {"keywords": ["kites", "wind"]}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Rank,DOI,Title,Abstract,Source title,Anthology title,PubYear,Authors",
         "5,10.1000/d,Ovens,Bake.,,Proc. Ovens,2021,\"Yi, Cy\""),
        ("Cites,Authors,Title,Year,Source,ArticleURL,DOI,Abstract",
         "5,Cy Yi,Ovens,2021,Proc. Ovens,https://o.example,10.1000/d,Bake."),
        ("AU,TI,SO,YR,DOI,AB,US", "Cy Yi,Ovens,Proc. Ovens,2021,10.1000/d,Bake.,https://o.example"),
        ("cord_uid,title,doi,abstract,publish_time,authors,journal,url",
         "a,Ovens,10.1000/d,Bake.,2021-03-04,\"Yi, Cy\",Proc. Ovens,https://o.example; https://p"),
        ("Titel;Zusammenfassung;Jahr;Autoren;Zeitschrift;DOI",
         "Ovens;Bake.;2021;Cy Yi;Proc. Ovens;10.1000/d"),
        ("Authors, Primary\tTitle Primary\tPeriodical Full\tPub Year\tAbstract\tDOI",
         "Yi,Cy\tOvens\tProc. Ovens\t2021\tBake.\t10.1000/d\t "),
        ("id,doi,title,authorString,journalTitle,pubYear,abstract",
         "7,https://doi.org/10.1000/d,Ovens,Cy Yi,Proc. Ovens,2021,Bake."),
        ("Title,Authors,PublicationName,AlternateName,Abstract,Url,Year,Doi",
         "Ovens,Cy Yi,Proc. Ovens,,Bake.,,2021,10.1000/d"),
    ],
    ids=["Dimensions", "Publish or Perish", "Cochrane", "CORD-19", "German", "RefWorks",
         "Europe PMC", "SyRF"],
)  # fmt: skip
def test_headers_of_other_tools(header: str, row: str) -> None:
    paper = only(READER, f"{header}\n{row}\n")
    assert (paper.title, paper.abstract, paper.authors) == ("Ovens", "Bake.", ("Cy Yi",))
    assert (paper.year, paper.venue, paper.doi) == (2021, "Proc. Ovens", "10.1000/d")


def test_a_database_is_no_venue() -> None:
    assert only(READER, "Title,Abstract,Source\nKites,Fly.,Scopus\n").venue is None


def test_a_header_without_rows_and_one_without_a_title() -> None:
    assert "no rows" in read(READER, "Title,Abstract,Year\n").failures[0].reason
    text = "abstract,authors,url,publication_year\nFly.,Lee,http://x.example,2001\n"
    assert 0 < READER.sniff(Source("export", data=text.encode())) < 0.3
    assert "title=COLUMN" in read(READER, text).failures[0].reason


def test_lines_of_tags_are_no_table() -> None:
    assert READER.sniff(Source("export", data=b"TY\t- JOUR\nTI\t- Kites\nAU\t- Lee\n")) == 0


def test_cells_that_say_there_is_no_value() -> None:
    row = {
        "title": "Kites",
        "abstract": "NA",
        "authors": "NA",
        "journal": "nan",
        "keywords": "NaN",
        "pubmed id": "0",
    }
    paper = only(READER, table(row))
    assert (paper.abstract, paper.authors, paper.venue, paper.extra) == ("", (), None, {})
    assert paper.id.startswith("title:")
    assert "no title" in read(READER, "title,year\nNA,2020\n").failures[0].reason


def test_a_paper_with_an_abstract_may_be_called_none() -> None:
    paper = only(READER, table({"title": "None", "abstract": "A poem on kites.", "author": "NA"}))
    assert (paper.title, paper.authors) == ("None", ())


def test_values_in_braces() -> None:
    row = {
        "title": "{Kites of the\nNorth}",
        "author": "Lee, Ann and Ng,\nCy and Yi, Bo",
        "abstract": "{They call it {``}good{''} wind.}",
        "year": "{2020}",
        "doi": "{10.1000/k.1}",
        "keywords": "{kites; wind}",
    }
    paper = only(READER, table(row))
    assert (paper.title, paper.year, paper.doi) == ("Kites of the North", 2020, "10.1000/k.1")
    assert paper.authors == ("Ann Lee", "Cy Ng", "Bo Yi")
    assert paper.abstract == "They call it “good” wind."
    assert paper.extra == {"keywords": ["kites", "wind"]}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("kites, wind,rope", ["kites", "wind", "rope"]),
        ("Kites, Red; Wind", ["Kites, Red", "Wind"]),
        ("Kites [*history]; Wind &amp; Rope; Air [flow]", ["Kites [*history]", "Wind & Rope",
                                                          "Air [flow]"]),
        ("[kites, wind]", ["kites", "wind"]),
        ("['kites [red]', 'wind']", ["kites [red]", "wind"]),
        ("[18F]-kites; wind [north]", ["[18F]-kites", "wind [north]"]),
    ],
)  # fmt: skip
def test_keywords(cell: str, words: list[str]) -> None:
    paper = only(READER, table({"Title": "Kites", "Keywords": cell}))
    assert paper.extra == {"keywords": words}


def test_web_of_science_tab_delimited_written_again_by_excel() -> None:
    text = (
        "PT\tAU\tTI\tSO\tAB\tPY\tDI\tUT\n"
        "J\tYi\tFirst\tJ TESTS\tText.\t2019\t10.1000/s\tWOS:0\n"
        'J\t"Lee, A; Ng, C"\t"Tests, and ""green"" ones"\tJ TESTS\t"Text, more."\t2020\t\t1\n'
    )
    papers, failures = read(READER, text)
    assert not failures
    assert papers[1].title == 'Tests, and "green" ones'
    assert (papers[1].authors, papers[1].abstract) == (("A Lee", "C Ng"), "Text, more.")


def test_cnki() -> None:
    row = {
        "SrcDatabase-来源库": "期刊",
        "Title-题名": "风筝的历史",
        "Author-作者": "李安;王博;",
        "Source-文献来源": "风筝学报",
        "Keyword-关键词": "风筝;;历史",
        "Summary-摘要": "本文研究风筝。",
        "PubTime-发表时间": "2020-05-15",
        "DOI-DOI": "10.1000/k.2",
    }
    paper = only(READER, table(row))
    assert (paper.title, paper.abstract, paper.year) == ("风筝的历史", "本文研究风筝。", 2020)
    assert (paper.authors, paper.venue, paper.doi) == (("李安", "王博"), "风筝学报", "10.1000/k.2")
    assert paper.extra == {"keywords": ["风筝", "历史"]}


def test_commas_that_end_a_citations_parts() -> None:
    row = {"Title": "Kites,", "Authors": "Ann Lee, Cy Ng,", "Journal": "J Tests,", "Year": "2020,"}
    paper = only(READER, table(row))
    assert (paper.title, paper.venue, paper.year) == ("Kites", "J Tests", 2020)
    assert paper.authors == ("Ann Lee", "Cy Ng")


def test_preprints_have_the_date_they_were_posted() -> None:
    paper = only(READER, "Title,DOI,posted_date\nKites,10.1000/p,2021-03-04\n")
    assert (paper.doi, paper.year) == ("10.1000/p", 2021)


def test_ampersands_escaped_for_latex() -> None:
    row = {"Title": r"Kites \& Rope", "Journal": r"Wind {\&} Rope"}
    paper = only(READER, table(row))
    assert (paper.title, paper.venue) == ("Kites & Rope", "Wind & Rope")
    assert only(READER, table({"Title": r"Kites {\& Rope}", "Year": "2020"})).title == (
        "Kites {& Rope}"
    )


def test_zotero_has_the_doi_of_a_chapter_in_extra() -> None:
    row = {"Item Type": "bookSection", "Title": "Kites", "DOI": "", "Extra": "Citation Key: lee"}
    doi = row | {"Extra": "Citation Key: lee2020 DOI: 10.1000/978-1_2 tex.ids: kites"}
    cites = row | {"Title": "Rope", "Extra": "Cited with 10.1000/other by Lee"}
    papers, _ = read(READER, table(doi, cites))
    assert [paper.doi for paper in papers] == ["10.1000/978-1_2", None]
