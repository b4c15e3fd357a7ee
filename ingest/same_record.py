"""Whether two records that go by one id are of one paper, and other ids to tell them apart by.

An id can stand for several papers: a DOI was copied wrongly, two dumps number their records from 1,
a journal prints an Editorial in every issue. Taking the second for an edit of the first would lose
one of them, so doubt keeps both.
"""

from ingest.merging import is_telling, same_paper
from ingest.paper import Paper, derive_id, has_derived_id, id_of_texts, normalise_title

_MIN_SHARED = 0.6
_MIN_WORDS = 8
_MIN_WORD_CHARACTERS = 4
_LEAD_CHARACTERS = 200


def same_record(one: Paper, other: Paper) -> bool:
    """Whether two records of one id are of one paper: by ids and title, or by their abstracts."""
    if same_paper(one, other) or _abstracts_alike(one, other):
        return True
    titles_tell = not one.id.startswith(("title:", "doi:"))
    return titles_tell and _titles_equal(one, other) and is_telling(normalise_title(one.title))


def fallback_ids(paper: Paper) -> tuple[str, ...]:
    """Ids of a paper, its own first; the later ones take in more of the record."""
    people = (paper.title, str(paper.year or ""), " ".join(paper.authors))
    ids = (
        paper.id,
        derive_id(paper.title, paper.doi, paper.arxiv_id),
        id_of_texts(*people),
        id_of_texts(*people, paper.abstract[:_LEAD_CHARACTERS]),
    )
    return tuple(dict.fromkeys(ids))


def has_own_id(paper: Paper) -> bool:
    """Whether the id was given by a source rather than derived."""
    return not has_derived_id(paper) or any(source.own_id for source in paper.sources)


def _abstracts_alike(one: Paper, other: Paper) -> bool:
    """Equal, or with most of the shorter one's words of four letters and more in both.

    Where one is missing, title, year and authors must not speak against each other.
    """
    if not (one.abstract and other.abstract):
        years, authors = {one.year, other.year} - {None}, {one.authors, other.authors} - {()}
        return _titles_equal(one, other) and len(years) < 2 and len(authors) < 2
    first, second = _words(one.abstract), _words(other.abstract)
    enough = _MIN_SHARED * max(min(len(first), len(second)), _MIN_WORDS)
    return one.abstract == other.abstract or len(first & second) >= enough


def _titles_equal(one: Paper, other: Paper) -> bool:
    return normalise_title(one.title) == normalise_title(other.title)


def _words(text: str) -> set[str]:
    return {w for w in normalise_title(text).split() if len(w) >= _MIN_WORD_CHARACTERS}
