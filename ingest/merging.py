"""The same paper from two sources, made one record.

Papers meet under keys (DOI, arXiv id, title with year) and are the same if nothing speaks against
it. Merging two papers into one would lose one of them, so doubt keeps them apart: such pairs are
near-duplicates, to be reported.

- The arXiv id decides: arXiv assigns it. arXiv's own DOI, 10.48550/arXiv.<id>, is that id. Only
  where neither the titles agree nor the authors it does not: Mendeley gave arXiv:1011.1669 to many.
- A DOI counts if the titles agree too, as libraries hold wrong ones: in a real Mendeley export
  "Herd behavior in purchasing books online" and "The Art of Book Reviewing" have one DOI.
- A title counts with the same year, or where one has no year, unless the papers have different
  arXiv ids or different DOIs of which neither is a preprint's. Titles of fewer than three words,
  and those that journals use over and over, don't count.
"""

import re
from collections.abc import Iterable
from typing import Any

from ingest.cleaning import ORIGINAL
from ingest.paper import Paper, normalise_title

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|31219|31234|31235|64898|2139/ssrn|21203/rs|26434/chemrxiv|20944/preprints"
    r"|36227/techrxiv|22541/au|1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6})",
    re.IGNORECASE,
)
_PREPRINT_VENUE = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprints?)\b", re.IGNORECASE)
_MIN_TITLE_WORDS = 3
_MIN_UNSPACED_CHARACTERS = 8
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_GENERIC = re.compile(
    r"(?:guest )?editorial introduction|(?:an )?introduction to (?:the|this) (?:special )?issue.*"
    r"|(?:in|about) this issue|about the authors?|from the editors?(?: desk)?|table of contents"
    r"|list of (?:figures|tables|contributors|reviewers)|notes? (?:on|to) contributors"
    r"|letters? to the editors?|(?:reply|response) to the (?:authors?|editors?|letter)"
    r"|the authors? reply|call for papers"
)
_SHARED_WORDS = 0.5
_MIN_WORD_CHARACTERS = 4


def merge_keys(paper: Paper) -> tuple[str, ...]:
    """Keys under which the paper may meet itself; a meeting is a candidate for `same_paper`.

    "doi:...", "arxiv:..." and "title:<normalised>|<year>". A title stands without its year too
    ("title:<normalised>|"), so that a record without a year can meet it.
    """
    arxiv_id, doi = _arxiv_id(paper), _doi(paper)
    keys = [f"arxiv:{arxiv_id}"] if arxiv_id else []
    keys += [f"doi:{doi}"] if doi else []
    title = normalise_title(paper.title)
    if is_telling(title):
        keys += [f"title:{title}|{paper.year}"] if paper.year else []
        keys += [f"title:{title}|"]
    return tuple(keys)


def same_paper(one: Paper, other: Paper) -> bool:
    """Whether the two records surely are of one paper."""
    arxiv_ids = {_arxiv_id(one), _arxiv_id(other)} - {None}
    if len(arxiv_ids) == 1 and _arxiv_id(one) == _arxiv_id(other):
        return _titles_agree(one.title, other.title) or _people_agree(one, other)
    if len(arxiv_ids) == 2:
        return False
    dois = {_doi(one), _doi(other)} - {None}
    if len(dois) == 1 and _doi(one) == _doi(other):
        return _titles_agree(one.title, other.title)
    if len(dois) == 2 and not any(map(_is_preprint, dois)):
        return False
    years = {one.year, other.year} - {None}
    title = normalise_title(one.title)
    return len(years) < 2 and is_telling(title) and title == normalise_title(other.title)


def near_duplicates(one: Paper, other: Paper) -> bool:
    """Whether the two share a key and yet may be two papers; to be reported, not merged."""
    return bool({*merge_keys(one)} & {*merge_keys(other)}) and not same_paper(one, other)


def merge_papers(older: Paper, newer: Paper) -> Paper:
    """One record with the richer fields of both, under the id of the older.

    The longer abstract and list of authors win, a published DOI and venue before a preprint's;
    otherwise the older's field stands where it has one. Merging what was merged before changes
    nothing.
    """
    abstract_of = newer if len(newer.abstract) > len(older.abstract) else older
    authors_of = newer if _authors_rank(newer) > _authors_rank(older) else older
    doi_of = newer if _is_better_doi(newer.doi, older.doi) else older
    venue_of = newer if _is_better_venue(newer.venue, older.venue) else older
    return older.model_copy(
        update={
            "abstract": abstract_of.abstract,
            "authors": authors_of.authors,
            "year": older.year or newer.year,
            "venue": venue_of.venue,
            "url": older.url or newer.url,
            "doi": doi_of.doi,
            "arxiv_id": _arxiv_id(older) or _arxiv_id(newer),
            "sources": tuple(dict.fromkeys((*older.sources, *newer.sources))),
            "extra": _merged_extra(
                older,
                newer,
                {
                    "title": older,
                    "abstract": abstract_of,
                    "authors": authors_of,
                    "venue": venue_of,
                },
            ),
        }
    )


def merge_all(papers: Iterable[Paper]) -> list[Paper]:
    """Each paper once, in order of first appearance; a record may join two that were apart."""
    merged: dict[int, Paper] = {}
    places: dict[str, list[int]] = {}
    for number, paper in enumerate(papers):
        met = sorted(
            {at for key in merge_keys(paper) for at in places.get(key, ())} & merged.keys()
        )
        same = [at for at in met if same_paper(merged[at], paper)]
        place = same[0] if same else number
        merged[place] = merge_papers(merged[place], paper) if same else paper
        for later in same[1:]:
            if same_paper(merged[place], merged[later]):
                merged[place] = merge_papers(merged[place], merged.pop(later))
        for key in merge_keys(merged[place]):
            known = places.setdefault(key, [])
            if place not in known:
                known.append(place)
    return [merged[place] for place in sorted(merged)]


def _arxiv_id(paper: Paper) -> str | None:
    if paper.arxiv_id:
        return paper.arxiv_id
    found = _ARXIV_DOI.fullmatch(paper.doi or "")
    return re.sub(r"v\d+$", "", found["id"]) if found else None


def _doi(paper: Paper) -> str | None:
    """The DOI, unless it is arXiv's, which says the same as the arXiv id."""
    return None if not paper.doi or _ARXIV_DOI.fullmatch(paper.doi) else paper.doi.lower()


def _is_preprint(doi: str | None) -> bool:
    return bool(_PREPRINT_DOI.match(doi or ""))


def is_telling(title: str) -> bool:
    """Whether a normalised title can stand for one paper; scripts without spaces by length."""
    long = len(title.split()) >= _MIN_TITLE_WORDS
    long = long or len(_UNSPACED.findall(title)) >= _MIN_UNSPACED_CHARACTERS
    return long and not _GENERIC.fullmatch(title)


def _titles_agree(one: str, other: str) -> bool:
    """Whether one title has half of the other's words of four letters and more.

    A subtitle that is missing or a word that is spelt otherwise is no disagreement.
    """
    return _half_shared(_words(one), _words(other))


def _people_agree(one: Paper, other: Paper) -> bool:
    """Whether half of one's names, initials aside, are the other's, or none is known."""
    first, second = (
        {word for word in normalise_title(" ".join(paper.authors)).split() if len(word) > 1}
        for paper in (one, other)
    )
    return _half_shared(first, second)


def _half_shared(first: set[str], second: set[str]) -> bool:
    return len(first & second) >= _SHARED_WORDS * min(len(first), len(second))


def _words(title: str) -> set[str]:
    words = set(normalise_title(title).split())
    return {word for word in words if len(word) >= _MIN_WORD_CHARACTERS} or words


def _authors_rank(paper: Paper) -> tuple[int, int]:
    return len(paper.authors), sum(map(len, paper.authors))


def _is_better_doi(newer: str | None, older: str | None) -> bool:
    return bool(newer) and (not older or (_is_preprint(older) and not _is_preprint(newer)))


def _is_better_venue(newer: str | None, older: str | None) -> bool:
    published = newer and not _PREPRINT_VENUE.search(newer)
    return bool(newer) and (not older or bool(_PREPRINT_VENUE.search(older) and published))


def _merged_extra(older: Paper, newer: Paper, origin: dict[str, Paper]) -> dict[str, Any]:
    """Both papers' extra fields; the original texts are those of the fields that were taken."""
    extra = {**newer.extra, **older.extra}
    originals = {
        field: kept[field]
        for field, paper in origin.items()
        if isinstance(kept := paper.extra.get(ORIGINAL), dict) and field in kept
    }
    if isinstance(extra.get(ORIGINAL), dict):
        del extra[ORIGINAL]
    return {**extra, ORIGINAL: originals} if originals else extra
