"""Words of a query that name a venue or an author of the library: "at NeurIPS", "by Zhang"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Filters
from ingest.library import Library, PaperFilter
from ingest.paper import normalise_title

_WORD = r"[^\W_][\w&'’.-]*"
_VENUE = re.compile(
    rf"\b(?P<how>(?:published|presented|accepted|appeared) (?:at|in|by)|at|in|from)\s+(?:the\s+)?"
    rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,6}})",
    re.IGNORECASE,
)
_VENUE_BEFORE = re.compile(rf"(?P<name>\b{_WORD})(?=\s+(?:papers?|articles?|publications?)\b)")
_AUTHOR = re.compile(
    rf"\b(?P<how>by|(?:papers|work|works|articles) of)\s+(?P<name>{_WORD}(?:\s+{_WORD}){{0,3}})",
    re.IGNORECASE,
)
_AUTHOR_BEFORE = re.compile(rf"(?P<name>\b{_WORD}?)['’]s(?=\s+(?:papers?|works?|articles?)\b)")
_AND_OTHERS = re.compile(r"\s+(?:et al\.?|and (?:colleagues|co-?workers|others))(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PUBLISHED = re.compile(r"published|presented|accepted|appeared", re.IGNORECASE)
_FORMS = ((_VENUE, True), (_VENUE_BEFORE, True), (_AUTHOR, False), (_AUTHOR_BEFORE, False))
_BEFORE_PAPERS = (_VENUE_BEFORE, _AUTHOR_BEFORE)
_SMALL = frozenset(
    ("of", "on", "the", "and", "for", "in", "de", "van", "von", "der", "la", "le", "al", "el")
)
_SHORTEST_NAME = 2
_RARE_IN_TEXTS = 0.25
_ACRONYM_IN_TEXTS = 4.0


@dataclass(frozen=True)
class NameSpan:
    """A venue or author named by `query[start:end]`.

    `known`: the words are surely a name, for they are capitalised and, as words of the subject,
    rare beside the papers that bear the name. `of_papers`: a word for papers follows.
    """

    start: int
    end: int
    filters: Filters
    known: bool
    of_papers: bool = False

    @property
    def capitalised(self) -> bool:
        """Whether it is written as a name."""
        name = self.filters.venue or self.filters.author or ""
        return name[:1].isupper()


class NameHints:
    """Recognises the venues and authors that a library has."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def spans(self, query: str) -> Iterator[NameSpan]:
        """Names in a query, those of venues first; what no paper has is not reported."""
        for pattern, venue in _FORMS:
            for match in pattern.finditer(query):
                found = self._longest(query, match, venue)
                if found is not None:
                    yield found

    def _longest(self, query: str, match: re.Match[str], venue: bool) -> NameSpan | None:
        """The longest run of words, from the first on, that one paper's venue or authors hold."""
        begin = match.start("name")
        words = list(re.finditer(_WORD, match["name"]))
        for count in range(self._known_words([w[0] for w in words], venue), 0, -1):
            name = query[begin : begin + words[count - 1].end()].rstrip(".,'’-")
            filters = _filters(name, venue)
            bearing = self._bearing(filters)
            if bearing:
                others = _AND_OTHERS.match(query, begin + len(name))
                end = others.end() if others else begin + len(name)
                sure = bool(_PUBLISHED.search(match[0])) or self._is_name(name, venue, bearing)
                of_papers = match.re in _BEFORE_PAPERS
                return NameSpan(match.start(), end, filters, sure, of_papers)
        return None

    def _known_words(self, words: Sequence[str], venue: bool) -> int:
        """How many words, from the first on, stand in some paper's venue or authors."""
        field: Literal["venue", "authors"] = "venue" if venue else "authors"
        for number, word in enumerate(words):
            folded = normalise_title(word).split()
            year = venue and number and _YEAR.fullmatch(word)
            if not year and not all(self._library.lexical.bearers(field, f) for f in folded):
                return number
        return len(words)

    def _bearing(self, filters: Filters) -> int:
        """Papers of the named venue or author; none for a name without a telling word."""
        words = normalise_title(filters.venue or filters.author or "").split()
        telling = [word for word in words if word not in _SMALL and not word.isdecimal()]
        small_end = not words or words[-1] in _SMALL
        if small_end or not telling or max(map(len, telling)) < _SHORTEST_NAME:
            return 0
        return self._library.lexical.admitted(PaperFilter(**filters.model_dump()))

    def _is_name(self, name: str, venue: bool, bearing: int) -> bool:
        words = [word for word in name.split() if word.casefold() not in _SMALL]
        if not all(word[:1].isupper() or _YEAR.fullmatch(word) for word in words):
            return False
        if len(words) > 1 and not venue:
            return True
        index = self._library.lexical
        as_subject = min(map(index.document_frequency, index.terms(name)), default=0)
        acronym = venue and sum(letter.isupper() for letter in name) > 1 and len(words) == 1
        return as_subject <= bearing * (_ACRONYM_IN_TEXTS if acronym else _RARE_IN_TEXTS)


def _filters(name: str, venue: bool) -> Filters:
    """A venue's year, as in "NeurIPS 2023", becomes a filter of its own."""
    if not venue:
        return Filters(author=name)
    year = _YEAR.search(name)
    plain = " ".join(_YEAR.sub("", name).split())
    when = int(year.group()) if year else None
    return Filters(venue=plain, year_from=when, year_to=when)
