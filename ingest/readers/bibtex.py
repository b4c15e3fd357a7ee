"""BibTeX and BibLaTeX, with LaTeX in their fields.

Field names are those of BibTeX's standard styles, of the BibLaTeX manual, and of what arXiv, DBLP,
ADS and the reference managers write. An entry with a `crossref` takes what it lacks from the entry
that it names; it waits for that one, and is yielded last if it never comes.
"""

import re
from collections.abc import Iterator

from ingest.markup import decode_entities
from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.bibtex_entries import BibEntry, bib_entries
from ingest.readers.bibtex_journals import JOURNAL_MACROS
from ingest.readers.bibtex_names import people
from ingest.readers.fields import build_paper, find_arxiv_id, first_filled, head_of, unwrap
from ingest.readers.latex import latex_to_unicode, plain_url

_ENTRY_IN_HEAD = re.compile(
    r"^\ufeff?[ \t]*@(?!comment\b|preamble\b)(?:\w+|\[[^\]{}]*\])\s*[{(]\s*"
    r"(?:[^\s,={}]*\s*,|\w+\s*=)",
    re.MULTILINE | re.IGNORECASE,
)
_PARENTS = frozenset(
    {"book", "collection", "periodical", "proceedings", "reference"}
    | {"mvbook", "mvcollection", "mvproceedings", "mvreference"}
)
_VENUES = (
    "journal",
    "journaltitle",
    "booktitle",
    "eventtitle",
    "maintitle",
    "school",
    "institution",
    "series",
    "publisher",
)
_INHERITED: tuple[str, ...] = ("year", "date", "series", "publisher")
# The second is of journals run with OJS, AAAI's among them, and of OSTI.
_ABSTRACTS = ("abstract", "abstractnote")
_KEYWORDS = ("author_keywords", "keywords", "keyword", "tags")
_LINKS = ("url", "ee", "howpublished", "adsurl")
_NOTES = ("note", "annote", "addendum")
# Mendeley parts several links by `$\backslash$n`.
_WEB = re.compile(r"https?://(?:(?!\$\\backslash)[^\s{}])+")
# A line of its own: ProQuest's long notes have a "PMID" among others that is no number of PubMed's.
_PMID_CALLED_SO = re.compile(r"^\s*PMID:?\s*(\d{1,9})\s*$", re.IGNORECASE | re.MULTILINE)
_EPRINT = re.compile(r"(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-zA-Z.-]+/\d{7})(?:v\d+)?", re.IGNORECASE)

Fields = dict[str, str]


class BibtexReader:
    """Reads BibTeX entries, one in memory at a time."""

    name = "bibtex"

    def sniff(self, source: Source) -> float:
        """Sure when an entry starts the text, likely when a line further down starts one."""
        head = head_of(source)
        first = _ENTRY_IN_HEAD.search(head)
        if first is None:
            return 0.0
        return 0.7 if head[: first.start()].strip() else 1.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the entries; a broken one is a failure with the line where it starts."""
        item: BibEntry | Failure | None = None
        for item in _with_parents(bib_entries(source)):
            yield item if isinstance(item, Failure) else self._paper(item, source)
        if item is None:
            yield Failure(source.name, None, "no BibTeX entry; each is '@type{key, field = {...}}'")

    def _paper(self, entry: BibEntry, source: Source) -> Paper | Failure:
        fields = entry.fields
        url = next((m[0] for m in map(_WEB.search, _plain(fields, _LINKS)) if m), "")
        return build_paper(
            SourceRef(file=source.name, line=entry.line, reader=self.name),
            _title(fields),
            abstract=unwrap(latex_to_unicode(first_filled(map(fields.get, _ABSTRACTS)))),
            authors=_authors(fields),
            dates=[fields.get(name, "") for name in ("year", "date", "issued")],
            venue=_venue(fields),
            url=url,
            dois=_plain(fields, ("doi",)),
            arxiv_id=_arxiv_id(fields),
            pmid=_pmid(entry),
            hidden=_plain(fields, (*_LINKS, *_NOTES)),
            keywords=_keywords(fields),
        )


def _with_parents(items: Iterator[BibEntry | Failure]) -> Iterator[BibEntry | Failure]:
    """Give entries the fields that they take over by `crossref`."""
    parents: dict[str, Fields] = {}
    waiting: list[BibEntry] = []
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        if item.kind in _PARENTS:
            parents[item.key.lower()] = item.fields
        key = _parent_key(item)
        if key and key not in parents:
            waiting.append(item)
        else:
            yield _inherit(item, parents.get(key)) if key else item
    yield from (_inherit(item, parents.get(_parent_key(item))) for item in waiting)


def _parent_key(entry: BibEntry) -> str:
    return entry.fields.get("crossref", "").strip().lower()


def _inherit(entry: BibEntry, parent: Fields | None) -> BibEntry:
    if parent is None:
        return entry
    taken = {name: parent[name] for name in _INHERITED if name in parent}
    taken["booktitle"] = first_filled((parent.get("booktitle"), parent.get("title")))
    return BibEntry(entry.line, entry.kind, entry.key, {**taken, **entry.fields})


def _plain(fields: Fields, names: tuple[str, ...]) -> list[str]:
    return [plain_url(fields[name]) for name in names if name in fields]


def _title(fields: Fields) -> str:
    title = latex_to_unicode(fields.get("title", ""))
    subtitle = latex_to_unicode(fields.get("subtitle", ""))
    return f"{title}: {subtitle}" if title.strip() and subtitle.strip() else title


def _authors(fields: Fields) -> list[str]:
    """The authors, or the editors of an edited work."""
    return people(first_filled((fields.get("author"), fields.get("editor"))))


def _venue(fields: Fields) -> str:
    """Where it appeared; a journal that is only a macro (`\\apj`) is named in full, or by it."""
    venue = latex_to_unicode(first_filled(fields.get(name) for name in _VENUES))
    name = venue.strip().lstrip("\\")
    return JOURNAL_MACROS.get(name, name)


def _keywords(fields: Fields) -> list[str]:
    """The authors' keywords where they stand apart, as in Scopus; else whatever there is."""
    words = decode_entities(latex_to_unicode(first_filled(map(fields.get, _KEYWORDS)))).strip()
    if ";" in words:
        return words.split(";")
    # EndNote writes each on a line, and some have a comma: `Models, Theoretical`.
    by_lines = words.count("\n") > words.count(",")
    return words.split("\n" if by_lines else ",")


def _arxiv_id(fields: Fields) -> str:
    """From `eprint` where it is arXiv's; else from where styles and services write it."""
    kind = first_filled((fields.get("eprinttype"), fields.get("archiveprefix"))).strip("{} ")
    for eprint in _plain(fields, ("eprint", "arxivid")):
        if kind.lower() in ("arxiv", "") and _EPRINT.fullmatch(eprint):
            return eprint
    if fields.get("volume", "").startswith("abs/"):
        return fields["volume"].removeprefix("abs/")
    return find_arxiv_id(*_plain(fields, ("eprint", "journal", "number", "pages"))) or ""


def _pmid(entry: BibEntry) -> str:
    """In its own field, on a line of a note or, by Europe PMC, in the key."""
    fields = entry.fields
    is_pubmed = fields.get("eprinttype", "").lower() == "pubmed"
    called = map(_PMID_CALLED_SO.search, (*_plain(fields, _NOTES), entry.key))
    own = (fields.get("pmid"), fields.get("pubmed"), fields.get("eprint") if is_pubmed else "")
    return first_filled((*own, *(match[1] for match in called if match)))
