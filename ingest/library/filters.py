"""Which papers a search may find, in a form that both indexes understand."""

from dataclasses import dataclass

from ingest.paper import Paper, normalise_title


@dataclass(frozen=True)
class PaperFilter:
    """Inclusive years; venue and author match when all their words occur, case and accents folded.

    A paper without a year matches no year filter.
    """

    year_from: int | None = None
    year_to: int | None = None
    venue: str | None = None
    author: str | None = None

    @property
    def venue_words(self) -> list[str]:
        """Folded words of the venue."""
        return name_words(self.venue or "")

    @property
    def author_words(self) -> list[str]:
        """Folded words of the author."""
        return name_words(self.author or "")

    def __bool__(self) -> bool:
        return any(v is not None for v in (self.year_from, self.year_to, self.venue, self.author))


def name_words(text: str) -> list[str]:
    """Folded words of a name, each once, in order."""
    return list(dict.fromkeys(normalise_title(text).split()))


def author_words(paper: Paper) -> list[str]:
    """Folded words of all authors of a paper."""
    return name_words(" ".join(paper.authors))
