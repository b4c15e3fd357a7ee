"""Real exports of nine tools: detected, complete, and read right where checked by eye."""

import pytest

from ingest.paper import Paper
from ingest.readers import detect
from tests.ingest.readers.exports import outcome, sample

# Counted without the readers:
#   RIS        grep -c '^ER  -' and grep -c '^AB  - .'
#   MEDLINE    grep -c '^PMID- ' and grep -c '^AB  - '
#   BibTeX     grep -c '^@' and grep -cE '^\s*abstract\s*='; the samples' README says the same
#   CSV, TSV   Python's csv module: rows below the header, and those with a filled abstract cell
#   PubMed XML grep -c '<PubmedArticle>' and grep -c '<Abstract>'
SAMPLES = [
    ("ris_endnote.ris", "ris", 10, 8),
    ("ris_mendeley.ris", "ris", 10, 8),
    ("ris_openalex.ris", "ris", 9, 9),
    ("ris_refworks.ris", "ris", 10, 8),
    ("ris_scopus.ris", "ris", 10, 10),
    ("ris_pubmed.ris", "medline", 50, 49),
    ("pubmed_set.nbib", "medline", 75, 70),
    ("pubmed_efetch_one.xml", "pubmed-xml", 1, 1),
    ("bib_mendeley_export.bib", "bibtex", 512, 313),
    ("csv_zotero.csv", "csv", 10, 8),
    ("csv_openalex.csv", "csv", 9, 9),
    ("tsv_baseline.tsv", "csv", 100, 98),
]


@pytest.mark.parametrize(("name", "form", "records", "with_abstract"), SAMPLES)
def test_counts(name: str, form: str, records: int, with_abstract: int) -> None:
    source = sample(name)
    reader = detect(source)
    papers, failures = outcome(reader.read(source))
    assert (reader.name, failures) == (form, [])
    assert (len(papers), sum(bool(paper.abstract) for paper in papers)) == (records, with_abstract)


@pytest.mark.parametrize("name", [row[0] for row in SAMPLES])
def test_each_record_starts_where_its_line_says(name: str) -> None:
    """The line given starts a record: it holds a type, an id, an entry, or the row's own title."""
    source = sample(name)
    lines = dict(source.lines())
    for paper in outcome(detect(source).read(source)).papers:
        start = lines[paper.sources[0].line or 0]
        marks = ("TY  -", "PMID-", "@", "<PubmedArticle>", paper.title[:40].replace('"', '""'))
        assert any(mark in start for mark in marks)


def paper_at(name: str, line: int) -> Paper:
    source = sample(name)
    papers = outcome(detect(source).read(source)).papers
    return next(paper for paper in papers if paper.sources[0].line == line)


def test_scopus() -> None:
    paper = paper_at("ris_scopus.ris", 76)
    assert paper.title == "The origin of an invasive air sac system in sauropodomorph dinosaurs"
    assert paper.authors[:3] == ("T. Aureliano", "A.M. Ghilardi", "R.T. Müller")
    assert (paper.year, paper.venue) == (2024, "Anatomical Record")
    assert (paper.id, paper.extra["pmid"]) == ("doi:10.1002/ar.25209", "36971057")
    assert paper.abstract.startswith("One of the most remarkable features in sauropod dinosaurs")


def test_scopus_first_record_begins_behind_a_byte_order_mark() -> None:
    paper = paper_at("ris_scopus.ris", 1)
    assert paper.title.startswith("Global latitudinal gradients and the evolution of body size")


def test_endnote_keywords_are_on_lines_of_their_own() -> None:
    paper = paper_at("ris_endnote.ris", 1)
    assert paper.authors == ("C. Boisvert", "B. Curtice", "M. Wedel", "R. Wilhite")
    assert paper.extra["keywords"][:3] == ["article", "biostratigraphy", "Colorado"]
    assert (paper.venue, paper.doi) == ("Anatomical Record", "10.1002/ar.25520")
    assert paper.abstract.endswith("in the Morrison Formation and the world.")


def test_refworks_has_three_links_on_a_line() -> None:
    paper = paper_at("ris_refworks.ris", 2)
    assert (paper.year, paper.venue) == (2024, "Anatomical Record")
    assert paper.url == (
        "https://www.embase.com/search/results?subaction=viewrecord&id=L2030246463&from=export"
    )


def test_pubmed() -> None:
    paper = paper_at("pubmed_set.nbib", 1)
    assert paper.title == (
        "Impact of Balloon Guide Catheter Use on Clinical and Angiographic Outcomes in the"
        " STRATIS Stroke Thrombectomy Registry."
    )
    assert paper.authors[0] == "Osama O Zaidat"
    assert (paper.year, paper.venue) == (2019, "Stroke")
    assert (paper.doi, paper.extra["pmid"]) == ("10.1161/strokeaha.118.021126", "30776994")
    assert "outcomes in patients with acute ischemic stroke. However, the" in paper.abstract


def test_mendeley_bibtex() -> None:
    papers = outcome(
        detect(sample("bib_mendeley_export.bib")).read(sample("bib_mendeley_export.bib"))
    )
    by_title = {paper.title: paper for paper in papers.papers}
    paper = by_title["“We Are Book Eight”: Dialoging the collective imagination through literary"
                     " fan activism"]  # fmt: skip
    assert paper.authors == ("Kevin R Carriere",)
    assert (paper.year, paper.venue) == (2018, "Culture & Psychology")
    assert paper.id == "doi:10.1177/1354067x18796805"
    assert paper.abstract.endswith("collective imagination will end the paper.")


def test_zotero_csv() -> None:
    paper = paper_at("csv_zotero.csv", 4)
    assert paper.authors[2] == "D. Černý"
    assert paper.venue == "Cladistics : the international journal of the Willi Hennig Society"
    assert paper.id == "doi:10.1111/cla.12583"
    assert paper.abstract.startswith("Gondwanan dinosaur faunae during the 20 Myr preceding")


def test_lens_tsv() -> None:
    paper = paper_at("tsv_baseline.tsv", 51)
    assert paper.title.startswith("Health related quality of life in adults after burn injuries")
    assert paper.authors[:2] == ("Inge Spronk", "C.M. Legemate")
    assert (paper.year, paper.venue, paper.extra["pmid"]) == (2018, "PloS one", "29795616")
    assert paper.id == "doi:10.1371/journal.pone.0197507"


def test_openalex_csv() -> None:
    paper = paper_at("csv_openalex.csv", 5)
    assert paper.id == "doi:10.1016/j.sedgeo.2024.106591"
    assert (paper.year, paper.venue) == (2024, "Sedimentary Geology")


def test_the_same_papers_have_the_same_ids_from_three_managers() -> None:
    ids = [
        {paper.id for paper in outcome(detect(sample(name)).read(sample(name))).papers}
        for name in ("ris_endnote.ris", "ris_mendeley.ris", "ris_refworks.ris")
    ]
    assert ids[0] == ids[1] == ids[2]
