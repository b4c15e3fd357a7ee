"""What services and data sets name otherwise than the rest; shaped as they shape it."""

import json
from typing import Any

import pytest

from ingest.paper import Paper
from ingest.readers import Source, detect
from tests.ingest.readers.exports import Outcome, outcome

AUTHORS = ("Ann Lee", "Bo C. Ng")
SERVICES: dict[str, Any] = {
    "DOAJ": {
        "results": [
            {
                "id": "a1b2",
                "bibjson": {
                    "title": "Kites",
                    "abstract": "Kites fly.",
                    "author": [{"name": "Ann Lee"}, {"name": "Bo C. Ng"}],
                    "year": "2020",
                    "journal": {"volume": "3", "title": "Kite J"},
                    "identifier": [
                        {"type": "pissn", "id": "1"},
                        {"type": "doi", "id": "10.1000/k.1"},
                    ],
                    "link": [{"type": "fulltext", "url": "https://kites.example/1"}],
                },
            }
        ]
    },
    "HAL": {
        "response": {
            "docs": [
                {
                    "title_s": ["Kites", "Cerfs-volants"],
                    "abstract_s": ["Kites fly.", "Ils volent."],
                    "authFullName_s": ["Ann Lee", "Bo C. Ng"],
                    "journalTitle_s": "Kite J",
                    "producedDate_s": "2020-03",
                    "doiId_s": "10.1000/K.1",
                    "uri_s": "https://kites.example/1",
                }
            ]
        }
    },
    "PLOS": {
        "response": {
            "docs": [
                {
                    "id": "10.1000/k.1",
                    "title_display": "Kites",
                    "abstract": ["Kites fly."],
                    "author_display": ["Ann Lee", "Bo C. Ng"],
                    "journal": "Kite J",
                    "publication_date": "2020-03-04T00:00:00Z",
                    "link": "https://kites.example/1",
                }
            ]
        }
    },
    "InvenioRDM": {
        "id": "pevm6",
        "links": {"self": "https://kites.example/api/1", "self_html": "https://kites.example/1"},
        "versions": {"is_latest": True, "index": 2001},
        "pids": {"doi": {"identifier": "10.1000/k.1", "provider": "datacite"}},
        "metadata": {
            "title": "Kites",
            "creators": [
                {"person_or_org": {"name": "Lee, Ann", "given_name": "Ann", "family_name": "Lee"}},
                {"person_or_org": {"name": "Bo C. Ng"}},
            ],
            "publication_date": "2020-03-04",
            "description": "<p>Kites fly.</p>",
            "identifiers": [{"scheme": "guid", "identifier": "17"}],
        },
        "custom_fields": {"journal:journal": {"title": "Kite J"}},
    },
    "Zenodo": {
        "id": 17,
        "title": "Kites",
        "doi": "10.1000/k.1",
        "metadata": {
            "title": "Kites",
            "creators": [{"name": "Lee, Ann"}, {"name": "Ng, Bo C."}],
            "publication_date": "2020-03-04",
            "description": "Kites fly.",
            "journal": {"title": "Kite J"},
        },
        "links": {"html": "https://kites.example/1"},
    },
    "Scopus, one abstract": {
        "abstracts-retrieval-response": {
            "coredata": {
                "dc:title": "Kites",
                "dc:description": "Kites fly.",
                "dc:creator": {"author": [{"ce:indexed-name": "Lee A."}]},
                "prism:publicationName": "Kite J",
                "prism:coverDate": "2020-03-04",
                "prism:doi": "10.1000/k.1",
                "prism:url": "https://kites.example/1",
            },
            "authors": {
                "author": [
                    {"ce:given-name": "Ann", "ce:surname": "Lee", "ce:indexed-name": "Lee A."},
                    {"ce:indexed-name": "Bo C. Ng"},
                ]
            },
        }
    },
    "AMiner": [
        {
            "id": "100",
            "title": "Kites",
            "authors": [{"name": "Ann Lee", "org": "Hill"}, {"name": "Bo C. Ng"}],
            "venue": {"raw": "Kite J"},
            "year": 2020,
            "doi": "10.1000/k.1",
            "url": ["https://kites.example/1"],
            "indexed_abstract": {"IndexLength": 2, "InvertedIndex": {"fly.": [1], "Kites": [0]}},
        }
    ],
    "S2ORC of 2019": {
        "paper_id": "9",
        "metadata": {
            "title": "Kites",
            "authors": [
                {"first": "Ann", "middle": [], "last": "Lee", "suffix": ""},
                {"first": "Bo", "middle": ["C."], "last": "Ng", "suffix": ""},
            ],
            "abstract": "Kites fly.",
            "year": "2020",
            "doi": "10.1000/k.1",
            "venue": "Kite J",
            "url": "https://kites.example/1",
        },
        "grobid_parse": {"body_text": [{"text": "Long."}]},
    },
    "DataCite, one record": {
        "data": {
            "id": "10.1000/k.1",
            "type": "dois",
            "attributes": {
                "titles": [{"title": "Kites"}],
                "creators": [{"name": "Lee, Ann"}, {"name": "Ng, Bo C."}],
                "descriptions": [{"description": "Kites fly."}],
                "container": {"title": "Kite J"},
                "publicationYear": 2020,
                "url": "https://kites.example/1",
            },
        }
    },
    "Commonmeta": {
        "id": "https://doi.org/10.1000/k.1",
        "url": "https://kites.example/1",
        "titles": [{"title": "Kites"}],
        "contributors": [
            {"givenName": "Ann", "familyName": "Lee"},
            {"givenName": "Bo C.", "familyName": "Ng"},
        ],
        "container": {"type": "Journal", "title": "Kite J"},
        "date": {"published": "2020-03-04", "updated": "2022-03-26"},
        "descriptions": [
            {"description": "They soar.", "type": "Other"},
            {"description": "Kites fly.", "type": "Abstract"},
        ],
    },
    "Publish or Perish": [
        {
            "uid": "GS:1",
            "title": "Kites",
            "source": "Kite J",
            "doi": "10.1000/k.1",
            "article_url": "https://kites.example/1",
            "abstract": "Kites fly.",
            "year": 2020,
            "authors": ["Ann Lee", "Bo C. Ng", "..."],
        }
    ],
}


def found(document: Any) -> Outcome:
    source = Source("export", data=json.dumps(document).encode())
    return outcome(detect(source).read(source))


def only(record: dict[str, Any]) -> Paper:
    (paper,) = found([record]).papers
    return paper


@pytest.mark.parametrize("service", SERVICES)
def test_services(service: str) -> None:
    papers, failures = found(SERVICES[service])
    (paper,) = papers
    assert not failures
    assert (paper.title, paper.authors) == ("Kites", AUTHORS)
    assert paper.abstract.replace("<p>", "").replace("</p>", "") == "Kites fly."
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite J", "10.1000/k.1")
    assert paper.url == "https://kites.example/1"
    assert "grobid_parse" not in paper.extra


def test_pubmed_s_summaries_begin_with_their_ids() -> None:
    paper = {
        "uid": "31",
        "title": "Kites.",
        "authors": [{"name": "Lee A"}],
        "pubdate": "2020 Jan",
        "source": "Kite J",
        "fulljournalname": "Journal of kites",
        "articleids": [
            {"idtype": "pubmed", "value": "31"},
            {"idtype": "doi", "value": "10.1000/k"},
        ],
    }
    lost = {"uid": "32", "error": "cannot get document summary"}
    papers, failures = found({"result": {"uids": ["31", "32"], "31": paper, "32": lost}})
    assert [(p.title, p.year, p.venue) for p in papers] == [("Kites.", 2020, "Journal of kites")]
    assert (papers[0].id, papers[0].extra["pmid"]) == ("doi:10.1000/k", "31")
    assert [f.reason for f in failures] == ["no paper but an error: cannot get document summary"]


def test_springer_s_counts_are_no_record() -> None:
    counts = {"total": "1", "start": "1", "pageLength": "10", "recordsDisplayed": "1"}
    papers, failures = found({"result": [counts], "records": [{"title": "Kites"}]})
    assert ([p.title for p in papers], failures) == (["Kites"], [])


@pytest.mark.parametrize("own_id", ["10.1000/K.1", "https://doi.org/10.1000/k.1"])
def test_a_doi_as_id_is_the_doi(own_id: str) -> None:
    paper = only({"id": own_id, "title": "Kites"})
    assert (paper.id, paper.doi) == ("doi:10.1000/k.1", "10.1000/k.1")


def test_schema_org_has_the_doi_as_id_of_the_thing() -> None:
    thing = {"name": "Kites", "description": "Fly.", "identifier": "MS-1"}
    assert only({**thing, "@id": "https://doi.org/10.1000/k.1"}).doi == "10.1000/k.1"


def test_a_doi_in_the_link() -> None:
    url = "https://dl.example.org/doi/abs/10.1000/k.1"
    assert only({"title": "Kites", "url": url}).doi == "10.1000/k.1"


def test_biorxiv_s_published_is_a_doi_not_a_year() -> None:
    record = {"title": "Kites", "published": "10.1016/j.kite.2021.02", "date": "2020-01-02"}
    paper = only({**record, "server": "bioRxiv"})
    assert (paper.year, paper.venue) == (2020, "bioRxiv")


@pytest.mark.parametrize("source", ["PPR", "MED", "crossref"])
def test_the_name_of_a_database_is_no_venue(source: str) -> None:
    assert only({"title": "Kites", "source": source}).venue is None


@pytest.mark.parametrize(
    "source", ["/home/ann/kites.pdf", "C:\\kites.txt", "kites.pdf", "https://kites.example/1"]
)
def test_the_file_or_page_that_a_record_is_from_is_no_venue(source: str) -> None:
    assert only({"page_content": "Fly.", "metadata": {"title": "Kites", "source": source}}) == (
        only({"page_content": "Fly.", "metadata": {"title": "Kites"}}).model_copy(
            update={"extra": {"metadata": {"title": "Kites", "source": source}, "source": source}}
        )
    )


@pytest.mark.parametrize("venue", ["ACL/IJCNLP", "IEEE/ACM Trans. Kites", "Kites.org"])
def test_a_venue_with_a_stroke_or_a_full_stop_is_no_file(venue: str) -> None:
    assert only({"title": "Kites", "venue": venue}).venue == venue


def test_contributors_who_are_no_authors() -> None:
    host = {"contributorType": "HostingInstitution", "name": "Kite Hall"}
    author = {"contributorRoles": ["Author"], "givenName": "Ann", "familyName": "Lee"}
    editor = {"contributorRoles": ["Editor"], "givenName": "Di", "familyName": "Boss"}
    assert only({"title": "Kites", "contributors": [host]}).authors == ()
    assert only({"title": "Kites", "contributors": [author, editor]}).authors == ("Ann Lee",)


def test_metadata_of_another_title_say_nothing_of_the_record() -> None:
    about = {"title": "A catalogue", "year": 1999, "doi": "10.1000/catalogue"}
    paper = only({"title": "Kites", "metadata": about})
    assert (paper.year, paper.doi, paper.extra["metadata"]) == (None, None, about)


def test_what_is_no_pubmed_id_is_kept_as_it_stands() -> None:
    assert only({"title": "Kites", "pmid": "PMC 7"}).extra == {"pmid": "PMC 7"}
    csl = {"type": "article", "title": "Kites", "issued": {"raw": "2020"}, "PMID": "PMC7"}
    assert only(csl).extra["PMID"] == "PMC7"


@pytest.mark.parametrize("nothing", ["N/A", "No abstract available.", "null"])
def test_a_word_for_no_abstract_is_none(nothing: str) -> None:
    assert only({"title": "Kites", "abstract": nothing}).abstract == ""
    assert only({"title": "Kites", "abstract": nothing, "summary": "Fly."}).abstract == "Fly."


def test_links_are_told_from_texts_of_the_same_name() -> None:
    links = {"pdf": "https://arxiv.example/pdf/1", "abs": "https://arxiv.example/abs/1"}
    assert only({"title": "Kites", **links}).url == "https://arxiv.example/abs/1"
    assert only({"title": "Kites", "abs": "Kites fly."}).url is None
    assert (
        only({"title": "Kites", "site": "https://k.example", "pdf": "x"}).url == "https://k.example"
    )


def test_beir_keeps_links_and_pubmed_ids_in_the_metadata() -> None:
    about = {"url": "https://kites.example/1", "pubmed_id": "31"}
    paper = only({"_id": "u1", "title": "Kites", "text": "Fly.", "metadata": about})
    assert (paper.id, paper.url, paper.extra["pmid"]) == ("u1", "https://kites.example/1", "31")


def test_langchain_has_the_abstract_as_content_of_a_page() -> None:
    line = {"page_content": "Kites fly.", "metadata": {"Title": "Kites", "Published": "2020-01-02"}}
    paper = only(line)
    assert (paper.title, paper.abstract, paper.year) == ("Kites", "Kites fly.", 2020)


def test_seconds_since_1970() -> None:
    assert only({"title": "Kites", "published_at": 1_580_000_000}).year == 2020


def test_numbers_of_mongodb_s_shell() -> None:
    text = '[\n{\n"title" : "Kites",\n"year" : NumberInt(2020),\n"n" : NumberLong("3")\n}\n]'
    source = Source("export", data=text.encode())
    (paper,) = outcome(detect(source).read(source)).papers
    assert (paper.year, paper.extra["n"]) == (2020, 3)


PUBMED_IDS: dict[str, dict[str, Any]] = {
    "Semantic Scholar": {"paperId": "s", "title": "Kites", "externalIds": {"PubMed": "31"}},
    "OpenAlex": {
        "id": "https://openalex.org/W1",
        "title": "Kites",
        "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/31"},
    },
    "CSL": {"type": "article", "title": "Kites", "issued": {"raw": "2020"}, "PMID": "31"},
    "Zotero": {"itemType": "preprint", "title": "Kites", "extra": "PMID: 31\nPMCID: PMC7"},
    "Lens": {"title": "Kites", "external_ids": [{"type": "pmid", "value": "31"}]},
    "a link": {"title": "Kites", "url": "https://pubmed.ncbi.nlm.nih.gov/31/"},
}


@pytest.mark.parametrize("place", PUBMED_IDS)
def test_pubmed_ids(place: str) -> None:
    assert only(PUBMED_IDS[place]).extra["pmid"] == "31"
