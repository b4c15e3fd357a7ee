"""Which papers a search may find, in a form that both indexes understand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.paper import Paper, SourceRef, normalise_title

_PLACE = re.compile(r"[\\/:!]")


@dataclass(frozen=True)
class PaperFilter:
    """Inclusive years; venue and author match when all their words occur, case and accents folded.

    A paper without a year matches no year filter. `papers` are ids. A source is what `from_source`
    takes for it; `keys` are the papers read from it, with the number of their chunks, and filled in
    by the library before it asks an index.
    """

    year_from: int | None = None
    year_to: int | None = None
    venue: str | None = None
    author: str | None = None
    source: str | None = None
    papers: tuple[str, ...] | None = None
    keys: Mapping[int, int] | None = field(default=None, repr=False)

    @property
    def by_keys(self) -> bool:
        """Whether only certain papers may be found, so that `keys` are needed."""
        return self.source is not None or self.papers is not None

    @property
    def venue_words(self) -> list[str]:
        """Folded words of the venue."""
        return name_words(self.venue or "")

    @property
    def author_words(self) -> list[str]:
        """Folded words of the author."""
        return name_words(self.author or "")

    def admits(self, paper: Paper) -> bool:
        """Whether a paper passes; the indexes decide the same from what they store of it."""
        after = self.year_from is None or (paper.year is not None and paper.year >= self.year_from)
        before = self.year_to is None or (paper.year is not None and paper.year <= self.year_to)
        venue, authors = name_words(paper.venue or ""), author_words(paper)
        return (
            after
            and before
            and set(self.venue_words) <= set(venue)
            and set(self.author_words) <= set(authors)
            and (self.papers is None or paper.id in self.papers)
            and (self.source is None or any(from_source(self.source, s) for s in paper.sources))
        )

    def __bool__(self) -> bool:
        limits = (self.year_from, self.year_to, self.venue, self.author, self.source, self.papers)
        return any(limit is not None for limit in limits)


def name_words(text: str) -> list[str]:
    """Folded words of a name, each once, in order."""
    return list(dict.fromkeys(normalise_title(text).split()))


def author_words(paper: Paper) -> list[str]:
    """Folded words of all authors of a paper."""
    return name_words(" ".join(paper.authors))


def from_source(wanted: str, source: SourceRef) -> bool:
    """Whether a record's source is meant.

    `refs.bib`, `mendeley` and `bibtex` mean what has these words in its file's name or its reader;
    a path or an address (`2024/refs.bib`, `arxiv:cat:cs.CL`) what holds it as it is written.
    """
    if _PLACE.search(wanted):
        return wanted.casefold() in source.file.casefold()
    name = re.split(r"[\\/]", source.file)[-1]
    return set(name_words(wanted)) <= set(name_words(f"{name} {source.reader}"))
