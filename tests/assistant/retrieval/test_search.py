"""The whole search over a library made by hand, and over the small one with the embedded model."""

from collections.abc import Iterator, Sequence

import pytest

from assistant.answer import Filters, Hit, Usage
from assistant.retrieval import HybridSearch, PaperSearch
from assistant.retrieval.reranking import Reranked
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper
from tests.support.vectors import filled, unit

PAPERS = [
    Paper(id="noise-1", title="Depth of lakes", abstract="Gamma rays, MoD, KAN and sails. " * 3),
    Paper(id="noise-2", title="Why sails tear", abstract="A mixture of many experts and sails."),
    Paper(id="mod", title="γ-MoD: Adaptation by Depth", abstract="Layers are skipped."),
    Paper(id="music", title="M$^{2}$UGen: Music Understanding", abstract="Songs."),
    Paper(id="kan", title="KAN: Kolmogorov-Arnold Networks", abstract="Splines.", year=2024),
    Paper(id="arxiv", title="Bread", abstract="Ovens.", arxiv_id="2409.10594", year=2024),
    Paper(id="doi", title="Ropes", abstract="Knots.", doi="10.1234/abc.def", year=2019),
    Paper(id="sails", title="Sails", abstract="Canvas."),
    Paper(id="sails-again", title="On sails and more sails and sails", abstract="Sails sails."),
    Paper(id="phrase", title="Routing", abstract="It is a mixture of experts for words."),
    Paper(id="copied", title="Rigging", abstract="Masts creak. A rope that is wet is shorter."),
    Paper(id="long", title="Token Mixing by Cyclic Shifts in Images", abstract="Shifts."),
    Paper(id="long-preprint", title="Token mixing by cyclic shifts in images", abstract="Shift."),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Every vector is as far from the query as its paper is from being meant."""
    vectors = [
        (p, unit(1, n / 3, 0) if p.id.startswith(("noise", "sails-")) else unit(0.1, n, 1))
        for n, p in enumerate(PAPERS)
    ]
    with filled(tmp_path_factory.mktemp("search") / "library", vectors)[0] as library:
        yield library


@pytest.fixture(scope="module")
def search(library: Library) -> PaperSearch:
    return PaperSearch(HybridSearch(library, lambda _: unit(1, 0, 0), RetrievalConfig()))


def ids(search: PaperSearch, query: str, filters: Filters | None = None) -> list[str]:
    return [hit.paper.id for hit in search.search(query, 10, filters).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("2409.10594", "arxiv"),
        ("arXiv:2409.10594v2", "arxiv"),
        ("https://arxiv.org/pdf/2409.10594v1.pdf", "arxiv"),
        ("what does 2409.10594 say about sails?", "arxiv"),
        ("10.1234/ABC.def", "doi"),
        ("https://doi.org/10.1234/abc.def", "doi"),
        ("noise-2", "noise-2"),
        ("Depth of Lakes", "noise-1"),
        ("token mixing by cyclic shifts in images", "long"),
        ("sails", "sails"),
        ('"mixture of experts"', "phrase"),
        ('sails with "mixture of experts"', "phrase"),
        ('what does "KAN: Kolmogorov-Arnold Networks" use?', "kan"),
        ("KAN", "kan"),
        ("kan", "kan"),
        ("KANs", "kan"),
        ("γ-MoD", "mod"),
        ("$\\gamma$-MoD", "mod"),
        ("Gamma-MoD", "mod"),
        ("GammaMoD", "mod"),
        ("M²UGen", "music"),
        ("M^2UGen", "music"),
        ("M^{2}UGen: music understanding", "music"),
    ],
)
def test_what_is_named_comes_first(search: PaperSearch, query: str, first: str) -> None:
    assert ids(search, query)[0] == first


def test_a_pasted_sentence_names_its_paper_but_a_question_does_not(search: PaperSearch) -> None:
    pasted = "Masts creak; a rope that is wet is shorter."
    named = {
        query: [hit.paper.id for hit in search.search(query, 10, explain=True).hits
                if hit.explanation and hit.explanation.named == "by its own words"]
        for query in (pasted, pasted.replace(".", "?"))
    }  # fmt: skip
    assert list(named.values()) == [["copied"], []]
    assert ids(search, pasted)[0] == "copied"


def test_scores_fall_with_the_rank(search: PaperSearch) -> None:
    hits = search.search('KAN "mixture of experts"', 10).hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


def test_a_named_paper_obeys_the_filters(search: PaperSearch) -> None:
    assert "doi" not in ids(search, "10.1234/abc.def", Filters(year_from=2020))
    assert "kan" not in ids(search, "KAN", Filters(year_to=2020))


def test_near_identical_papers_are_one_hit(search: PaperSearch) -> None:
    (hit, *others) = search.search("token mixing by cyclic shifts in images", 10).hits
    assert [version.paper_id for version in hit.versions] == ["long-preprint"]
    assert "long-preprint" not in {other.paper.id for other in others}


def test_applied_hints_are_told(search: PaperSearch) -> None:
    found = search.search("networks since 2023", 10)
    assert found.query == "networks since 2023"
    assert found.filters == {"year_from": 2023}
    assert {hit.paper.id for hit in found.hits} == {"kan", "arxiv"}
    (warning,) = found.warnings
    assert "since 2023" in warning
    free = search.search("networks since 2023", 10, hints="off")
    assert (free.filters, free.hints, free.warnings) == ({}, (), ())
    back = search.search("networks since 2023", 10, dismissed=["since 2023"])
    assert back.filters == {}


def test_every_hit_is_explained(search: PaperSearch) -> None:
    found = search.search("KAN splines", 3, Filters(year_from=2000), explain=True)
    first = next(hit for hit in found.hits if hit.paper.id == "kan")
    assert first.explanation is not None
    assert first.explanation.matched == ("KAN", "splines")
    assert first.explanation.filters == {"year_from": 2000}
    stages = ["dense", "lexical", "fused", "named", "distinct", "reranked"]
    assert list(first.explanation.ranks) == stages
    assert first.explanation.ranks["lexical"] == 1
    assert first.explanation.ranks["reranked"] == first.rank
    named = search.search("2409.10594", 3, explain=True).hits[0].explanation
    assert named is not None
    assert named.named == "by id, title or name"


class Backwards:
    """Reranks by falling place; gives up where it is told to."""

    candidates = 3

    def __init__(self, gives_up: bool = False) -> None:
        self.gives_up = gives_up

    def rerank(self, query: str, hits: Sequence[Hit]) -> Reranked:
        if self.gives_up:
            return Reranked(warnings=("the papers were not reranked: no",))
        some = hits[: self.candidates]
        return Reranked({n: n / 10 for n in range(len(some))}, usage=Usage(llm_calls=2))

    def close(self) -> None:
        pass


def test_a_reranker_orders_the_first_hits(library: Library, search: PaperSearch) -> None:
    plain = ids(search, "sails of experts")
    reranking = PaperSearch(search.hybrid, Backwards())
    found = reranking.search("sails of experts", 10)
    assert [hit.paper.id for hit in found.hits] == [*plain[2::-1], *plain[3:]]
    assert found.usage.llm_calls == 2
    assert ids(reranking, "2409.10594")[0] == "arxiv"


def test_a_reranker_that_fails_changes_nothing(search: PaperSearch) -> None:
    failing = PaperSearch(search.hybrid, Backwards(gives_up=True))
    assert ids(failing, "sails of experts") == ids(search, "sails of experts")
    assert "not reranked" in failing.search("sails", 3).warnings[0]


@pytest.mark.parametrize("query", ["", " ", "?!", "\ud800", "“”", "10.1234/", "a" * 5000])
def test_any_query_is_borne(small_library: Library, encoder: OnnxEncoder, query: str) -> None:
    hybrid = HybridSearch(small_library, encoder.encode_one, RetrievalConfig())
    assert PaperSearch(hybrid).search(query, 3, explain=True).model_dump_json()
