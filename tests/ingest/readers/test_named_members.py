"""Answers of services, by the names of their members; shaped as the services shape them."""

import json
from typing import Any

import pytest

from ingest.paper import Paper
from ingest.readers import Source, detect
from tests.ingest.readers.exports import outcome

AUTHORS = ("Ann Lee", "Bo Ng")
ANSWERS: dict[str, Any] = {
    "Europe PMC": {
        "hitCount": 1,
        "resultList": {
            "result": [
                {
                    "id": "31234567",
                    "pmid": "31234567",
                    "doi": "10.1000/k.1",
                    "title": "Kites",
                    "authorString": "Lee A, Ng B.",
                    "authorList": {
                        "author": [
                            {"fullName": "Lee A", "firstName": "Ann", "lastName": "Lee"},
                            {"fullName": "Ng B", "firstName": "Bo", "lastName": "Ng"},
                        ]
                    },
                    "journalInfo": {"volume": "3", "journal": {"title": "Kite J"}},
                    "pubYear": "2020",
                    "abstractText": "Kites fly.",
                }
            ]
        },
    },
    "DataCite": {
        "data": [
            {
                "id": "10.1000/k.1",
                "type": "dois",
                "attributes": {
                    "doi": "10.1000/k.1",
                    "creators": [{"name": "Lee, Ann"}, {"givenName": "Bo", "familyName": "Ng"}],
                    "titles": [{"title": "Kites"}, {"title": "Drachen", "lang": "de"}],
                    "publicationYear": 2020,
                    "container": {"title": "Kite J"},
                    "descriptions": [
                        {"description": "Notes.", "descriptionType": "Other"},
                        {"description": "Kites fly.", "descriptionType": "Abstract"},
                    ],
                },
            }
        ]
    },
    "INSPIRE": {
        "hits": {
            "hits": [
                {
                    "id": "1",
                    "metadata": {
                        "titles": [{"title": "Kites"}],
                        "abstracts": [{"value": "Kites fly."}, {"value": "They fly."}],
                        "authors": [{"full_name": "Lee, Ann"}, {"full_name": "Ng, Bo"}],
                        "dois": [{"value": "10.1000/k.1"}],
                        "publication_info": [{"journal_title": "Kite J", "year": 2020}],
                    },
                }
            ],
            "total": 1,
        }
    },
    "IEEE Xplore": {
        "total_records": 1,
        "articles": [
            {
                "title": "Kites",
                "abstract": "Kites fly.",
                "authors": {"authors": [{"full_name": "Ann Lee"}, {"full_name": "Bo Ng"}]},
                "publication_title": "Kite J",
                "publication_year": 2020,
                "doi": "10.1000/K.1",
            }
        ],
    },
    "Scopus": {
        "search-results": {
            "entry": [
                {
                    "dc:title": "Kites",
                    "dc:description": "Kites fly.",
                    "dc:creator": "Lee, Ann; Ng, Bo",
                    "prism:publicationName": "Kite J",
                    "prism:coverDate": "2020-03-04",
                    "prism:doi": "10.1000/k.1",
                }
            ]
        }
    },
    "Lens": {
        "total": 1,
        "data": [
            {
                "title": "Kites",
                "abstract": "Kites fly.",
                "authors": [
                    {"first_name": "Ann", "last_name": "Lee"},
                    {"first_name": "Bo", "last_name": "Ng"},
                ],
                "year_published": 2020,
                "source": {"title": "Kite J"},
                "external_ids": [{"type": "doi", "value": "10.1000/k.1"}],
            }
        ],
    },
    "Springer": {
        "result": [{"total": "1"}],
        "records": [
            {
                "title": "Kites",
                "abstract": "Kites fly.",
                "creators": [{"creator": "Lee, Ann"}, {"creator": "Ng, Bo"}],
                "publicationName": "Kite J",
                "publicationDate": "2020-03-04",
                "doi": "10.1000/k.1",
            }
        ],
    },
    "ADS": {
        "response": {
            "docs": [
                {
                    "title": ["Kites"],
                    "abstract": "Kites fly.",
                    "author": ["Lee, Ann", "Ng, Bo"],
                    "pub": "Kite J",
                    "year": "2020",
                    "doi": ["10.1000/k.1"],
                }
            ]
        }
    },
    "bioRxiv": {
        "collection": [
            {
                "title": "Kites",
                "abstract": "Kites fly.",
                "authors": "Lee, Ann; Ng, Bo",
                "published": "NA",
                "date": "2020-01-02",
                "doi": "10.1000/k.1",
                "journal": "Kite J",
            }
        ]
    },
    "open corpus": [
        {
            "title": "Kites",
            "paperAbstract": "Kites fly.",
            "authors": [{"name": "Ann Lee", "ids": ["1"]}, {"name": "Bo Ng", "ids": []}],
            "year": 2020,
            "venue": "Kite J",
            "doi": "10.1000/k.1",
            "outCitations": ["x"] * 50,
        }
    ],
    "odd names": [
        {
            "paper_title": "Kites",
            "paperAbstract": "Kites fly.",
            "author_names": ["Ann Lee", "Bo Ng"],
            "pub_date": "2020-03-04",
            "journal_name": "Kite J",
            "DOI": "https://doi.org/10.1000/k.1",
        }
    ],
    "schema.org": [
        {
            "@type": "ScholarlyArticle",
            "name": "Kites",
            "description": "Kites fly.",
            "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ng"}],
            "datePublished": "2020-03-04",
            "journal": "Kite J",
            "identifier": "doi:10.1000/k.1",
        }
    ],
}


def papers(document: Any) -> list[Paper]:
    source = Source("export", data=json.dumps(document).encode())
    return outcome(detect(source).read(source)).papers


@pytest.mark.parametrize("service", ANSWERS)
def test_services(service: str) -> None:
    (paper,) = papers(ANSWERS[service])
    assert (paper.title, paper.abstract, paper.authors) == ("Kites", "Kites fly.", AUTHORS)
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite J", "10.1000/k.1")


def test_dblp_numbers_authors_of_one_name_and_has_no_abstracts() -> None:
    info = {
        "authors": {"author": [{"text": "Ann Lee 0001"}, {"text": "Bo Ng"}]},
        "title": "Kites.",
        "venue": "KITE",
        "year": "2020",
        "ee": "https://arxiv.org/abs/2001.01234",
        "url": "https://dblp.example/rec/x",
    }
    alone = {**info, "authors": {"author": {"text": "Cy Yi"}}, "title": "Ovens."}
    found = papers({"result": {"hits": {"hit": [{"info": info}, {"info": alone}]}}})
    assert [paper.authors for paper in found] == [AUTHORS, ("Cy Yi",)]
    assert (found[0].venue, found[0].arxiv_id) == ("KITE", "2001.01234")


def test_arxiv_s_dump_has_the_year_of_the_first_version() -> None:
    """The update of 2008 is no date of publication."""
    record = {
        "id": "0704.0001",
        "title": "Kites",
        "abstract": "Kites fly.",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
    }
    (paper,) = papers([record])
    assert (paper.year, paper.arxiv_id) == (2007, "0704.0001")


def test_full_texts_and_references_are_not_kept() -> None:
    (paper,) = papers([{"title": "T", "body_text": ["x"], "references": [1], "note": "kept"}])
    assert paper.extra == {"note": "kept"}


def test_a_thing_with_a_name_and_no_text_is_no_paper() -> None:
    (paper,) = papers([{"title": "T"}, {"name": "Ann Lee", "works": 3}])
    assert paper.title == "T"
