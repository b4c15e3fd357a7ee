"""RIS as its many writers have it."""

from ingest.readers.ris import RisReader
from tests.ingest.readers.exports import only, read

READER = RisReader()


def record(*lines: str, end: str = "ER  - ") -> str:
    return "\n".join(("TY  - JOUR", *lines, end, ""))


def test_wiley_puts_the_abstract_in_n2_and_the_doi_in_links() -> None:
    paper = only(
        READER,
        "TY  - JOUR\nT1  - Sparse attention\nAU  - Lee, Ann\nAU  - van der Berg, Jan\n"
        "Y1  - 2019/01/02\nPY  - 2019\nM3  - doi: 10.1002/abc.123\nJF  - Journal of Tests\n"
        "JO  - J. Tests\nUR  - https://onlinelibrary.example/doi/abs/10.1002/ABC.123?x=y\n"
        "N2  - We test it.\nER  - \n",
    )
    assert paper.title == "Sparse attention"
    assert paper.abstract == "We test it."
    assert paper.authors == ("Ann Lee", "Jan van der Berg")
    assert (paper.year, paper.venue) == (2019, "Journal of Tests")
    assert (paper.doi, paper.id) == ("10.1002/abc.123", "doi:10.1002/abc.123")


def test_jstor_writes_a_preamble() -> None:
    paper = only(
        READER,
        'Provider: JSTOR http://www.jstor.example\nContent: text/plain; charset="UTF-8"\n\n\n'
        "TY  - JOUR\nTI  - Old maps\nA1  - Ng, Cy\nY1  - 1987///\nER  - \n",
    )
    assert (paper.title, paper.year, paper.sources[0].line) == ("Old maps", 1987, 5)


def test_cochrane_and_proquest_write_ct_and_unknown_tags() -> None:
    paper = only(
        READER, record("CT  - A trial", "US  - https://x.example", "XL  - 1", "AB  - Yes.")
    )
    assert (paper.title, paper.abstract) == ("A trial", "Yes.")


def test_tags_may_come_in_any_order_and_lines_may_be_wrapped() -> None:
    paper = only(
        READER,
        "TY  - JOUR\nAB  - Background: one\n  two three.\n\n  Results: four.\nAU  - Lee, A.\n"
        "TI  - A long\n   title\nKW  - maps\nsea\nER  -\n",
    )
    assert paper.title == "A long title"
    assert paper.abstract == "Background: one two three.\nResults: four."
    assert paper.extra["keywords"] == ["maps", "sea"]


def test_a_missing_end_does_not_join_two_records() -> None:
    text = record("TI  - One", end="") + record("TI  - Two", end="") + "TY  - JOUR\nTI  - Three"
    papers, failures = read(READER, text)
    assert [paper.title for paper in papers] == ["One", "Two", "Three"]
    assert not failures


def test_joined_files_have_marks_and_records_glued_together() -> None:
    text = "\ufeffTY  - JOUR\nTI  - One\nER  - \ufeffTY  - JOUR\nTI  - Two\nER  - \n"
    text += "\ufeffTY  - JOUR\nTI  - Three\nER  -"
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["One", "Two", "Three"]
    assert got.lines == [1, 3, 6]


def test_one_space_before_the_dash() -> None:
    text = "TY - JOUR\nTI - Title\nAB - First part\nII  - not a tag here\nPY - 2020\nER -\n"
    paper = only(READER, text)
    assert (paper.title, paper.year) == ("Title", 2020)
    assert paper.abstract == "First part II  - not a tag here".replace("  ", " ")


def test_other_line_ends_and_encodings() -> None:
    text = record("TI  - Über Größe", "AU  - Müller, Jürgen", "AB  - Schöne Grüße aus Köln.")
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("cp1252"),
    ):
        paper = only(READER, data)
        assert (paper.title, paper.authors) == ("Über Größe", ("Jürgen Müller",))


def test_zotero_notes_the_arxiv_id_and_mendeley_links_it() -> None:
    for line in (
        "N1  - arXiv:2101.00001 [cs]",
        "UR  - http://arxiv.org/abs/2101.00001v3",
        "DO  - 10.48550/arXiv.2101.00001",
    ):
        paper = only(READER, record("TI  - Preprint", line))
        assert (paper.arxiv_id, paper.id) == ("2101.00001", "arxiv:2101.00001")


def test_endnote_names_pubmed_as_the_source_of_the_accession_number() -> None:
    known = only(READER, record("TI  - Cells", "AN  - 30776994", "DP  - NLM"))
    other = only(READER, record("TI  - Cells", "AN  - 30776994", "DB  - ERIC"))
    scopus = only(READER, record("TI  - Cells", "C2  - 30776994", "DB  - Scopus"))
    assert known.id == scopus.id == "pmid:30776994"
    assert other.id.startswith("title:")


def test_ids_of_what_scopus_says_is_cited_are_no_ids_of_the_paper() -> None:
    cited = (
        "N1  - References: Lee, A., (2014) Kites, https://doi.org/10.1000/lee;",
        "Ng, B., (2015) Rope, arXiv preprint arXiv:2101.00001;",
        "Yi, C., Wind, https://pubmed.ncbi.nlm.nih.gov/123/",
    )
    paper = only(READER, record("TI  - Preprint", "N1  - Cited By :1", *cited))
    assert paper.id.startswith("title:")
    assert (paper.doi, paper.arxiv_id, paper.extra) == (None, None, {})


def test_a_doi_in_a_note_counts_only_where_the_note_is_one() -> None:
    own = only(READER, record("TI  - A", "N1  - Times Cited: 3", "doi: 10.1000/own"))
    other = only(READER, record("TI  - A", "N1  - Comment on an article, doi 10.1000/other."))
    assert (own.doi, other.doi) == ("10.1000/own", None)


def test_many_authors_on_a_line_and_editors_without_authors() -> None:
    several = only(READER, record("TI  - A", "AU  - Lee, Ann; Ng, Cy"))
    edited = only(READER, record("TI  - A", "A2  - Lee, Ann", "AU  - "))
    assert several.authors == ("Ann Lee", "Cy Ng")
    assert edited.authors == ("Ann Lee",)


def test_several_links_on_a_line() -> None:
    paper = only(READER, record("TI  - A", "UR  - https://a.example/1?x=1 http://b.example"))
    assert paper.url == "https://a.example/1?x=1"


def test_a_record_without_a_title_fails_with_its_line() -> None:
    papers, failures = read(
        READER, record("TI  - One") + "\n" + record("AU  - Lee") + record("TI  - 2")
    )
    assert [paper.title for paper in papers] == ["One", "2"]
    assert [(failure.line, "title" in failure.reason) for failure in failures] == [(5, True)]


def test_a_record_without_a_type_is_read() -> None:
    got = read(
        READER, record("TI  - One") + "TI  - Two\nAU  - Lee, Ann\nER  - \n" + record("TI  - 3")
    )
    assert [paper.title for paper in got.papers] == ["One", "Two", "3"]


def test_phrases_for_no_abstract_are_none() -> None:
    for phrase in ("[No abstract available]", "No abstract is available.", "N/A", "Abstract", "-"):
        assert only(READER, record("TI  - A", f"AB  - {phrase}")).abstract == ""


def test_text_without_records() -> None:
    papers, failures = read(READER, "Dear reader,\n\nno records here.\n")
    assert not papers
    assert [failure.line for failure in failures] == [None]


def test_ovid_writes_after_the_end_and_numbers_before_the_start() -> None:
    between = "NL  - Kite J\n\nLink to the Ovid Full Text or citation: https://x.example\n\n2.\n"
    got = read(READER, "1.\n" + record("T1  - One") + between + record("T1  - Two"))
    assert [paper.title for paper in got.papers] == ["One", "Two"]
    assert not got.failures


def test_scielo_writes_an_abstract_for_each_language() -> None:
    several = record("TI  - Kites", "AB  - RESUMO As pipas voam.", "AB  - ABSTRACT Kites fly.")
    assert only(READER, several).abstract == "ABSTRACT Kites fly."
    parts = record("TI  - Kites", "AB  - First half.", "AB  - Second half.")
    assert only(READER, parts).abstract == "First half.\nSecond half."


def test_indented_and_tabbed_tags() -> None:
    text = record("TI  - Kites", "AB  - Text.")
    for written in (
        "\n".join(f"    {line}" for line in text.split("\n")),
        text.replace("  -", "\t-"),
    ):
        paper = only(READER, written)
        assert (paper.title, paper.abstract) == ("Kites", "Text.")


def test_longer_tags_are_no_part_of_the_abstract() -> None:
    paper = only(READER, record("TI  - Kites", "AB  - Text.", "PMID  - 31234567", "OWN  - X"))
    assert (paper.abstract, paper.extra["pmid"]) == ("Text.", "31234567")


def test_embase_links_a_doi_within_a_query() -> None:
    link = "LK  - http://sfx.example/u?sid=EMBASE&id=doi:10.1000%2FABC.1&atitle=Kites"
    assert only(READER, record("T1  - Kites", link)).doi == "10.1000/abc.1"


def test_utf16_without_a_mark() -> None:
    text = record("TI  - Über Größe", "AB  - Text.")
    for encoding in ("utf-16-le", "utf-16-be"):
        assert only(READER, text.encode(encoding)).title == "Über Größe"


def test_ebsco_names_the_language_after_each_abstract() -> None:
    several = record(
        "TI  - Kites",
        "AB  - 风筝飞。 (Chinese) [ABSTRACT FROM AUTHOR]",
        "AB  - Kites fly. (English) [ABSTRACT FROM AUTHOR]",
        "AB  - Copyright of Kites is the property of Kite Press.",
    )
    assert only(READER, several).abstract == "Kites fly."


def test_a_language_ends_an_abstract_of_several_paragraphs() -> None:
    several = record(
        "TI  - Kites",
        "AB  - Vuelan. (Spanish) [ABSTRACT FROM AUTHOR]",
        "AB  - Kites fly.",
        "AB  - They fall. (English) [ABSTRACT FROM AUTHOR]",
    )
    assert only(READER, several).abstract == "Kites fly.\nThey fall."
    country = "Kites fly in Asia (Japan) [ABSTRACT FROM AUTHOR]"
    assert only(READER, record("TI  - Kites", f"AB  - {country}")).abstract == country


def test_entities_do_not_part_names() -> None:
    lee = record("TI  - Kites", "AU  - M&uuml;ller, Ann; Lee, Bo")
    assert only(READER, lee).authors == ("Ann Müller", "Bo Lee")


def test_jstor_writes_abstracts_in_brackets() -> None:
    assert only(READER, record("TI  - Kites", "AB  - [Kites fly.]")).abstract == "Kites fly."
    parts = "[Kites] fly. They [do]"
    assert only(READER, record("TI  - Kites", f"AB  - {parts}")).abstract == parts


def test_editors_may_have_a_tag_of_their_own() -> None:
    assert only(READER, record("TI  - A", "ED  - Lee, Ann")).authors == ("Ann Lee",)


def test_embase_and_pubmed_central_have_the_pubmed_id_in_fields_of_their_own() -> None:
    embase = ("U2  - L37", "C5  - 30776994", "DB  - Embase", "DB  - Medline")
    for lines in (embase, ("DB  - PMC", "AN  - PMC365", "U1  - 30776994[pmid]")):
        assert only(READER, record("TI  - Cells", *lines)).id == "pmid:30776994"
    assert only(READER, record("TI  - Cells", "C5  - no 7", "DB  - Embase")).extra == {}


def test_endnote_runs_links_of_lens_together() -> None:
    link = "UR  - https://a.example/10.1000/k.1https://b.example/2https://c.example"
    paper = only(READER, record("TI  - Kites", link))
    assert paper.url == "https://a.example/10.1000/k.1"
    through = "https://proxy.example/login?url=http://a.example/1"
    assert only(READER, record("TI  - Kites", f"UR  - {through}")).url == through


def test_scopus_has_proceedings_in_full_and_abbreviated_and_addresses_of_authors() -> None:
    paper = only(
        READER,
        record(
            "TI  - Kites",
            "C3  - 17th Conference on Kites, KITES 2020",
            "J2  - Conf. Kites",
            "AU  - Lee, A.B., ann.lee@kites.example",
        ),
    )
    assert (paper.venue, paper.authors) == ("17th Conference on Kites, KITES 2020", ("A.B. Lee",))
