"""Keeps near-identical papers, such as preprint and published version, from filling a list."""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from assistant.answer import Hit, SourcePaper
from ingest.library import Library
from ingest.merging import is_telling
from ingest.paper import Paper, normalise_title

_SAME_TITLE = 0.9
_RELATED_TITLE = 0.5
_SAME_TEXT = 0.97
_COUNTER = re.compile(r"\d+|[ivx]+")


def distinct(library: Library, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those near-identical to a better one, which names them as `versions`.

    Near-identical are papers of nearly one title, or of related titles whose vectors have a cosine
    above .97. Parts and years of a series are not, nor are papers of different people.
    """
    words = [frozenset(normalise_title(hit.paper.title).split()) for hit in hits]
    pairs = [
        (one, other, overlap)
        for one, other in combinations(range(len(hits)), 2)
        if (overlap := _overlap(words[one], words[other])) >= _RELATED_TITLE
        and _counters(words[one]) == _counters(words[other])
        and _authors_agree(hits[one].paper, hits[other].paper)
    ]
    return _folded(hits, _same(library, hits, pairs)) if pairs else list(hits)


def _same(
    library: Library, hits: Sequence[Hit], pairs: Sequence[tuple[int, int, float]]
) -> list[tuple[int, int]]:
    """The pairs that are near-identical."""
    vectors = _vectors(library, [hits[at].paper.id for pair in pairs for at in pair[:2]])

    def alike(one: Paper, other: Paper, overlap: float) -> bool:
        if overlap >= _SAME_TITLE and is_telling(normalise_title(one.title)):
            return True
        both = one.id in vectors and other.id in vectors
        return both and float(vectors[one.id] @ vectors[other.id]) > _SAME_TEXT

    return [
        (one, other)
        for one, other, overlap in pairs
        if alike(hits[one].paper, hits[other].paper, overlap)
    ]


def _folded(hits: Sequence[Hit], same: Sequence[tuple[int, int]]) -> list[Hit]:
    """Each hit that is like none before it, with those like it as its versions."""
    kept_for: dict[int, int] = {}
    versions: dict[int, list[SourcePaper]] = {}
    for one, other in sorted(same):
        if one not in kept_for and other not in kept_for:
            kept_for[other] = one
            hit = hits[other]
            version = SourcePaper(paper_id=hit.paper.id, title=hit.paper.title, score=hit.score)
            versions.setdefault(one, []).append(version)
    return [
        hit.model_copy(update={"versions": tuple(versions[at])}) if at in versions else hit
        for at, hit in enumerate(hits)
        if at not in kept_for
    ]


def _vectors(library: Library, ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
    """A unit vector for each paper, the mean of its chunks."""
    keys = {entry.key: paper_id for paper_id, entry in library.known(list(set(ids))).items()}
    means = {keys[k]: rows.mean(axis=0) for k, rows in library.vectors.matrices(list(keys)).items()}
    return {paper_id: mean / np.linalg.norm(mean) for paper_id, mean in means.items()}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two titles' words."""
    return len(one & other) / max(len(one | other), 1)


def _counters(words: frozenset[str]) -> set[str]:
    return {word for word in words if _COUNTER.fullmatch(word)}


def _authors_agree(one: Paper, other: Paper) -> bool:
    """Whether the papers share an author's surname, or one of them names nobody."""
    first, second = (
        {words[-1] for name in paper.authors if (words := normalise_title(name).split())}
        for paper in (one, other)
    )
    return not first or not second or not first.isdisjoint(second)
