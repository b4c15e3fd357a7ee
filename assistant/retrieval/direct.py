"""Finds the papers that a query names outright, and puts them before those it merely resembles."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Filters, Hit
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.lookup import Wanted, fold, is_name_like, leads, wanted
from assistant.retrieval.tiers import in_tiers
from ingest.library import PaperFilter
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper

_NAMED_DEPTH = 300
_PHRASE_DEPTH = 50
_SPELLING_SLACK = 10


@dataclass(frozen=True)
class Named:
    """Papers that a query names (by id, title, or the name a title gives itself), and those that
    hold the phrases quoted in it or, where none is, most of the query word for word."""

    exact: tuple[Paper, ...] = ()
    phrase: tuple[Paper, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exact or self.phrase)


class DirectLookup:
    """Looks up what a query names; filters hold for it as for the rest."""

    def __init__(self, search: HybridSearch) -> None:
        self._search = search
        self._library = search.library

    def find(self, query: str, hits: Sequence[Hit], filters: Filters) -> Named:
        """Papers named by a query whose best hits are `hits`."""
        asked, only = wanted(query), self._library.resolved(PaperFilter(**filters.model_dump()))
        papers = [*self._by_id(asked), *self._by_title(asked, hits)]
        papers = papers or self._by_name(asked, only)
        exact = {paper.id: paper for paper in papers if only.admits(paper)}
        holding = self._holding(query, asked, only)
        return Named(
            tuple(exact.values()), tuple(paper for paper in holding if paper.id not in exact)
        )

    def promote(self, query: str, named: Named, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the named papers first, in two tiers above the rest."""
        by_id = {hit.paper.id: hit for hit in hits}
        lacking = [p for p in (*named.exact, *named.phrase) if p.id not in by_id]
        by_id |= {hit.paper.id: hit for hit in self._scored(query, lacking)}
        exact = [by_id[paper.id].model_copy(update={"score": 1.0}) for paper in named.exact]
        holding = [by_id[paper.id] for paper in named.phrase]
        named_ids = {paper.id for paper in (*named.exact, *named.phrase)}
        rest = [hit for hit in hits if hit.paper.id not in named_ids]
        holding = sorted(holding, key=lambda hit: -hit.score)
        return in_tiers(exact, holding, rest)

    def _by_id(self, asked: Wanted) -> list[Paper]:
        records = self._library.records
        met = records.meeting(asked.names) if asked.names else {}
        found = [paper for name in asked.names for paper in met.get(name, ())]
        return found + list(records.papers(asked.ids).values()) if asked.ids else found

    def _by_title(self, asked: Wanted, hits: Sequence[Hit]) -> list[Paper]:
        """Titles that are the query in another spelling, or too short to be met by."""
        sought = {asked.title, *map(fold, asked.phrases)} - {""}
        lengths = [len(text) for text in sought]
        return [
            hit.paper
            for hit in hits
            if any(_comparable(len(hit.paper.title), length) for length in lengths)
            and fold(hit.paper.title) in sought
        ]

    def _by_name(self, asked: Wanted, only: PaperFilter) -> list[Paper]:
        """Papers whose title gives itself the name that is the whole query.

        A query in lower case is a name only where the title spells it as one: `kan` asks for
        "KAN: ...", `attention` not for "Attention: ...".
        """
        if not asked.name:
            return []
        index = self._library.lexical
        found = [
            hit
            for spelling in _spellings(index, asked.name)
            for hit in index.with_phrases([spelling], _NAMED_DEPTH, only)
        ]
        papers = self._library.records.by_keys([key for key, _ in found])
        surely = is_name_like(asked.name)
        return [
            papers[key]
            for key, _ in found
            if key in papers
            and leads(papers[key].title, asked.name)
            and (surely or is_name_like(papers[key].title.split()[0]))
        ]

    def _holding(self, query: str, asked: Wanted, only: PaperFilter) -> list[Paper]:
        """Papers with the quoted phrases or, where nothing is quoted or asked, the pasted text."""
        index, found = self._library.lexical, []
        if asked.phrases:
            found = index.with_phrases(asked.phrases, _PHRASE_DEPTH, only)
        elif not query.rstrip().endswith("?"):
            found = index.with_copied(query, _PHRASE_DEPTH, only)
        return list(self._library.records.by_keys([key for key, _ in found]).values())

    def _scored(self, query: str, papers: Sequence[Paper]) -> list[Hit]:
        """Hits of papers that the search did not bring up, with both indexes' scores."""
        if not papers:
            return []
        known = self._library.known([paper.id for paper in papers])
        keys = {paper_id: entry.key for paper_id, entry in known.items()}
        dense = self._library.dense_scores(self._search.embed(query), list(keys.values()))
        lexical = self._library.lexical.scores(query, list(keys.values()))
        return [
            Hit(
                rank=0,
                paper=paper,
                score=0.0,
                dense=round(dense[keys[paper.id]], 6) if keys[paper.id] in dense else None,
                lexical=round(lexical.get(keys[paper.id], 0.0), 6),
            )
            for paper in papers
            if paper.id in keys
        ]


def _spellings(index: LexicalIndex, name: str) -> list[str]:
    """The name, or the ways to cut it in two known words where no paper holds it in one."""
    terms = index.terms(name)
    if len(terms) != 1 or index.document_frequency(terms[0]):
        return [name]
    cuts = [(terms[0][:at], terms[0][at:]) for at in range(1, len(terms[0]))]
    known = index.document_frequency
    return [f"{start} {end}" for start, end in cuts if known(start) and known(end)]


def _comparable(length: int, other: int) -> bool:
    """Whether texts of these lengths can be spellings of one title."""
    return abs(length - other) <= max(_SPELLING_SLACK, length // 2)
