"""Real JSON and Atom files: detected, complete, and read right where checked by eye."""

import gzip
import json
import re
from collections.abc import Callable

import pytest

from ingest.paper import Paper
from ingest.readers import Source, detect
from tests.ingest.readers.exports import outcome, sample
from tests.ingest.readers.test_sample_exports import SAMPLES as EXPORTS
from tests.support.shared_data import shared_data

# The marks are counted in the text itself, by no reader: one a record, one an abstract.
SAMPLES = [
    ("zotero_betterbibtex.json", "zotero-json", '"itemType":', '"abstractNote":', 12, 11),
    ("zotero_csl.json", "csl-json", '"citation-key":', '"abstract":', 26, 0),
    ("arxiv_atom.xml", "arxiv-atom", "<entry>", "<summary>", 20, 20),
    ("openalex_work.json", "openalex", '"authorships":', '"abstract_inverted_index":', 1, 1),
    ("s2_paper_full.json", "semantic-scholar", '"embedding":', '"tldr":', 1, 1),
]


@pytest.mark.parametrize("row", SAMPLES, ids=[row[0] for row in SAMPLES])
def test_counts(row: tuple[str, str, str, str, int, int]) -> None:
    name, form, record, abstract, records, abstracts = row
    source = sample(name)
    text = source.read_text()
    assert (text.count(record), text.count(abstract)) == (records, abstracts)
    reader = detect(source)
    papers, failures = outcome(reader.read(source))
    assert (reader.name, failures) == (form, [])
    assert (len(papers), sum(bool(paper.abstract) for paper in papers)) == (records, abstracts)


def test_every_sample_file_is_counted() -> None:
    folder = sample(SAMPLES[0][0]).path
    assert folder is not None
    counted = {row[0] for row in (*SAMPLES, *EXPORTS)}
    assert {path.name for path in folder.parent.iterdir()} == counted


def paper_titled(name: str, start: str) -> Paper:
    source = sample(name)
    papers = outcome(detect(source).read(source)).papers
    return next(paper for paper in papers if paper.title.startswith(start))


def test_zotero() -> None:
    paper = paper_titled("zotero_betterbibtex.json", "On Solving Minimax")
    assert paper.id == "arxiv:1910.07512"
    assert paper.authors == ("Yuanhao Wang", "Guodong Zhang", "Jimmy Ba")
    assert (paper.year, paper.url) == (2019, "http://arxiv.org/abs/1910.07512")
    assert paper.abstract.startswith("Many tasks in modern machine learning")


def test_csl_has_the_doi_of_its_url_where_its_own_is_shortened() -> None:
    paper = paper_titled("zotero_csl.json", "Perceptions of disability")
    assert (paper.doi, paper.year) == ("10.1177/0193723504268729", 2004)
    assert paper.authors == ("Ian Brittain",)
    assert paper.venue == "Journal of Sport and Social Issues"


def test_arxiv_takes_the_date_that_is_no_comment_and_keeps_paragraphs() -> None:
    paper = paper_titled("arxiv_atom.xml", "Bandit Data-driven Optimization")
    assert (paper.arxiv_id, paper.year) == ("2008.11707", 2021)
    paper = paper_titled("arxiv_atom.xml", "Orientation-Disentangled Unsupervised")
    assert paper.title.endswith("Representation Learning for Computational Pathology")
    assert [p.split()[0] for p in paper.abstract.split("\n")] == [
        *("Unsupervised", "However,", "Here,", "We")
    ]


def test_openalex_marks_the_gaps_of_its_inverted_abstract() -> None:
    paper = paper_titled("openalex_work.json", "The state of OA")
    assert paper.abstract == "Despite growing interest in … in … in … in … in"
    assert (paper.doi, paper.year, paper.venue) == ("10.7717/peerj.4375", 2018, "PeerJ")
    assert paper.authors[2] == "Vincent Larivière"


def test_semantic_scholar_leaves_out_what_outweighs_the_abstract() -> None:
    paper = paper_titled("s2_paper_full.json", "Computing Machinery")
    assert (paper.doi, paper.year) == ("10.1093/mind/lix.236.433", 1950)
    assert paper.authors == ("A. Turing",)
    assert len(json.dumps(paper.extra)) < 2000


@pytest.mark.parametrize("name", [row[0] for row in SAMPLES])
def test_each_record_starts_where_its_line_says(name: str) -> None:
    source = sample(name)
    lines = dict(source.lines())
    for paper in outcome(detect(source).read(source)).papers:
        assert re.match(r"\s*(?:\{|<entry>)", lines[paper.sources[0].line or 0])


@pytest.mark.parametrize("folder", ["scifact", "litsearch-inline"])
def test_beir_corpora_are_read_complete_from_gzip(folder: str) -> None:
    path = shared_data(f"retrieval/{folder}/corpus.jsonl.gz")
    with gzip.open(path) as file:
        expected = [json.loads(line) for line in file]
    source = Source(str(path), path)
    reader = detect(source)
    papers, failures = outcome(reader.read(source))
    assert (reader.name, failures, len(papers)) == ("jsonl", [], len(expected))
    assert [paper.id for paper in papers] == [record["_id"] for record in expected]
    same: Callable[[str], str] = lambda text: "".join(filter(str.isalnum, text))  # noqa: E731
    for number in range(0, len(papers), 997):
        assert same(papers[number].abstract) == same(expected[number]["text"])
