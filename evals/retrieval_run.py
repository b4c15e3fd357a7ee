"""Ranks the documents of a test collection by several variants and measures each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.opening import query_embedder
from assistant.retrieval import HybridSearch
from assistant.settings import Settings
from evals.beir import BeirFolder, read_corpus
from evals.errors import DatasetError
from evals.metrics.retrieval import DEPTH, Values, measure_rankings
from evals.variants import Variant, ranked
from ingest.embedding import model_label
from ingest.library import Library

Rankings = dict[str, list[str]]
"""Document ids by query, best first."""


@dataclass(frozen=True)
class RetrievalRun:
    """What the variants found. `values[variant][measure]` has one value a query of `beir.qrels`.

    `documents` counts those of the corpus that the library holds, `missing` those that it lacks,
    `missing_relevant` those with a judgement above 0 that it lacks, in the corpus or not.
    """

    beir: BeirFolder
    documents: int
    missing: int
    missing_relevant: int
    rankings: Mapping[str, Rankings]
    values: Mapping[str, Mapping[str, Values]]


def run_variants(
    beir: BeirFolder,
    settings: Settings,
    variants: Mapping[str, Variant],
    on_progress: Callable[[int], None] = lambda _: None,
) -> RetrievalRun:
    """Search every query, rank its candidates by each variant.

    DatasetError if the library holds no relevant document, so cannot be of this corpus.
    """
    ids = [paper.id for paper in read_corpus(beir.corpus)]
    with Library.open(settings.library, model_label(settings.embedding)) as library:
        documents = {known.key: doc_id for doc_id, known in library.known(ids).items()}
        held = set(documents.values())
        if not beir.relevant & held:
            raise DatasetError(
                f"the library {library.folder} holds none of the documents that answer the queries"
                f" of {beir.corpus.parent}; name the library of that corpus, or leave --library out"
            )
        search = HybridSearch(library, query_embedder(settings.embedding), settings.retrieval)
        rankings: dict[str, Rankings] = {name: {} for name in variants}
        for query_id, by_variant in _rank_queries(beir, search, documents, variants):
            for name, ranking in by_variant.items():
                rankings[name][query_id] = ranking
            on_progress(1)
    return RetrievalRun(
        beir=beir,
        documents=len(documents),
        missing=len(set(ids) - held),
        missing_relevant=len(beir.relevant - held),
        rankings=rankings,
        values={name: measure_rankings(beir.qrels, found) for name, found in rankings.items()},
    )


def _rank_queries(
    beir: BeirFolder,
    search: HybridSearch,
    documents: Mapping[int, str],
    variants: Mapping[str, Variant],
) -> Iterator[tuple[str, Rankings]]:
    """Each query's id with its rankings by variant; papers from outside the corpus are passed."""
    depth = max(DEPTH, search.config.candidates)
    for query_id, text in beir.queries.items():
        found = {
            as_typed: search.candidates(text, depth, as_typed=as_typed)
            for as_typed in {variant.as_typed for variant in variants.values()}
        }
        by_variant = {
            name: ranked(variant.rank(found[variant.as_typed], search))
            for name, variant in variants.items()
        }
        yield (
            query_id,
            {
                name: [documents[key] for key in keys if key in documents][:DEPTH]
                for name, keys in by_variant.items()
            },
        )
