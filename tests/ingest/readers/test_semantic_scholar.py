"""Semantic Scholar's answers in their shapes."""

import json

from ingest.readers.semantic_scholar import SemanticScholarReader
from tests.ingest.readers.exports import only, read

PAPER = {"paperId": "abc", "title": "Bridges", "abstract": "They span.", "year": 2020}


def test_a_search_answer() -> None:
    paper = only(SemanticScholarReader(), json.dumps({"total": 1, "offset": 0, "data": [PAPER]}))
    assert (paper.id, paper.year, paper.abstract) == ("s2:abc", 2020, "They span.")


def test_citations_hold_their_paper() -> None:
    answer = {"offset": 0, "data": [{"isInfluential": True, "citingPaper": PAPER}]}
    assert only(SemanticScholarReader(), json.dumps(answer)).title == "Bridges"


def test_the_data_sets_write_lower_case() -> None:
    line = {
        "corpusid": 7,
        "externalids": {"ArXiv": "2409.10594"},
        "title": "T",
        "journal": {"name": "J"},
    }
    paper = only(SemanticScholarReader(), json.dumps(line))
    assert (paper.id, paper.venue) == ("arxiv:2409.10594", "J")


def test_ids_that_others_share_come_before_its_own() -> None:
    ids = {"DOI": "10.1000/X", "CorpusId": 7}
    paper = only(SemanticScholarReader(), json.dumps({**PAPER, "externalIds": ids}))
    assert (paper.id, paper.extra["externalIds"]) == ("doi:10.1000/x", ids)


def test_a_batch_answer_has_null_for_what_was_not_found() -> None:
    papers, (failure,) = read(SemanticScholarReader(), json.dumps([PAPER, None]))
    assert len(papers) == 1
    assert "the service did not know this id" in failure.reason
