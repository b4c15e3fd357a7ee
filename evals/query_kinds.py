"""Compares search with the lexical index alone by kind of query: `python -m evals.query_kinds`.

The kinds are made from the papers of a library, as a user would type what is known of a paper: its
title, its id, the name its title gives it ("KAN: ..."), the last sentence of its abstract. Long
questions are those of the collection itself. No kind may lose by what helps another.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.opening import query_embedder
from assistant.retrieval import HybridSearch, PaperSearch
from assistant.settings import Settings
from evals.beir import BeirFolder, Qrels, load_beir
from evals.metrics.retrieval import DEPTH, measure_rankings
from evals.statistics import SEED, bootstrap_means, paired_p_value
from ingest.config import LibraryConfig
from ingest.embedding import model_label
from ingest.library import Library
from ingest.paper import Paper

SAMPLE = 150
LONG_QUESTION_WORDS = 25
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NAME = re.compile(r"(?=\S*[A-Z]\S*[A-Z])[A-Za-z0-9][\w-]{1,20}(?=:\s)")
_MEASURES = ("success@1", "ndcg@10", "recall@20")


class Kind(NamedTuple):
    """Queries of one kind with what answers them."""

    texts: dict[str, str]
    qrels: Qrels


def make_kinds(papers: Sequence[Paper], asked: BeirFolder, size: int = SAMPLE) -> dict[str, Kind]:
    """Every kind with at most `size` queries, drawn with a fixed seed; a kind may be empty."""
    drawn = random.Random(SEED).sample(list(papers), len(papers))
    long = [q for q, text in asked.queries.items() if len(text.split()) >= LONG_QUESTION_WORDS]
    return {
        "exact title": _one_each(drawn, lambda paper: paper.title, size),
        "id": _one_each(drawn, lambda paper: paper.id, size),
        "last sentence": _one_each(drawn, _last_sentence, size),
        "acronym": _acronyms(drawn, size),
        "long question": Kind(
            {q: asked.queries[q] for q in long[:size]}, {q: asked.qrels[q] for q in long[:size]}
        ),
    }


def _one_each(papers: Iterable[Paper], text_of: Callable[[Paper], str], size: int) -> Kind:
    """Queries that mean one paper; papers of the same text all answer."""
    holders: dict[str, dict[str, int]] = {}
    for paper in papers:
        if text := text_of(paper).strip():
            holders.setdefault(text, {})[paper.id] = 1
    chosen = list(holders)[:size]
    return Kind({text: text for text in chosen}, {text: holders[text] for text in chosen})


def _last_sentence(paper: Paper) -> str:
    sentences = _SENTENCE.split(paper.abstract)
    return sentences[-1] if len(sentences) > 2 else ""


def _acronyms(papers: Iterable[Paper], size: int) -> Kind:
    return _one_each(
        papers, lambda paper: found.group() if (found := _NAME.match(paper.title)) else "", size
    )


def compare(
    kind: Kind, search: PaperSearch, ids: dict[int, str]
) -> dict[str, dict[str, float | list[float]]]:
    """Each measure of search and of the lexical index alone, with the p-value of the difference."""
    ours = {
        query: [hit.paper.id for hit in search.search(text, DEPTH).hits]
        for query, text in kind.texts.items()
    }
    lexical = {
        query: [ids[key] for key, _ in search.library.search_lexical(text, DEPTH)]
        for query, text in kind.texts.items()
    }
    values = [measure_rankings(kind.qrels, found) for found in (ours, lexical)]
    rows: dict[str, dict[str, float | list[float]]] = {}
    for measure in _MEASURES:
        one, other = (found[measure] for found in values)
        (interval,) = bootstrap_means((one - other).reshape(-1, 1))
        rows[measure] = {
            "search": round(float(one.mean()), 4),
            "lexical": round(float(other.mean()), 4),
            "difference": [round(bound, 4) for bound in interval],
            "p": round(paired_p_value(one, other), 4),
        }
    return rows


def measure(library: Library, settings: Settings, asked: BeirFolder, size: int) -> dict[str, Any]:
    """The comparison by kind; kinds without queries are left out."""
    hybrid = HybridSearch(library, query_embedder(settings.embedding), settings.retrieval)
    search = PaperSearch(hybrid)
    kinds = make_kinds(list(library.papers()), asked, size)
    ids = {key: paper.id for key, paper in library.records.all()}
    return {
        name: {"queries": len(kind.texts), **compare(kind, search, ids)}
        for name, kind in kinds.items()
        if kind.texts
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(prog="python -m evals.query_kinds", description=__doc__)
    parser.add_argument("--beir", type=Path, required=True, help="collection in BEIR's layout")
    parser.add_argument("--split", default="test")
    parser.add_argument("--library", type=Path, required=True, help="library of its corpus")
    parser.add_argument("--size", type=int, default=SAMPLE, help="queries of each kind")
    given = parser.parse_args(arguments)
    settings = Settings(library=LibraryConfig(path=given.library))
    with Library.open(settings.library, model_label(settings.embedding)) as library:
        found = measure(library, settings, load_beir(given.beir, given.split), given.size)
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
