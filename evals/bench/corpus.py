"""The papers of a benchmark: those of files, then made-up ones until there are enough."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from pathlib import Path
from random import Random

from ingest.paper import Paper
from ingest.pipeline import read_papers

_SYLLABLES = tuple(c + v for c in "bdfgklmnprstvz" for v in "aeiou")
_WORDS = 20_000
_TITLE_WORDS, _ABSTRACT_WORDS = 8, 60


def papers_in(source: Path) -> Iterator[Paper]:
    """The papers of a file, or of `corpus.jsonl(.gz)` in a folder of BEIR's layout."""
    corpus = sorted(source.glob("corpus.jsonl*")) if source.is_dir() else []
    records = read_papers([corpus[0] if corpus else source])
    return (record for record in records if isinstance(record, Paper))


def made_up_papers() -> Iterator[Paper]:
    """Papers without end, the same each time; words by Zipf's law, so that lists have lengths."""
    random = Random(0)
    words = ["".join(random.choices(_SYLLABLES, k=random.randint(2, 4))) for _ in range(_WORDS)]
    cumulative = list(_summed(1 / rank for rank in range(1, _WORDS + 1)))
    for number in count():
        drawn = random.choices(words, cum_weights=cumulative, k=_TITLE_WORDS + _ABSTRACT_WORDS)
        title = f"{' '.join(drawn[:_TITLE_WORDS])} {number}"
        abstract = " ".join(drawn[_TITLE_WORDS:])
        yield Paper(id=f"made-up-{number}", title=title, abstract=abstract, year=1990 + number % 35)


def write_corpus(path: Path, source: Path | None, papers: int) -> int:
    """Write so many papers as JSON lines, made-up ones after the source's; returns the real."""
    real = 0
    given: Iterable[Paper] = papers_in(source) if source else ()
    with path.open("w", encoding="utf-8") as file:
        for paper in islice(chain(given, made_up_papers()), papers):
            real += not paper.id.startswith("made-up-")
            fields = {"id": paper.id, "title": paper.title, "year": paper.year}
            file.write(json.dumps({**fields, "abstract": paper.abstract}) + "\n")
    return real


def _summed(values: Iterable[float]) -> Iterator[float]:
    total = 0.0
    for value in values:
        total += value
        yield total
