"""A paper from an object whose members have the names that dumps and services use.

Members are known by their usual names, whatever their case and whether their words are parted by
"_", "-", a space or nothing, and without a namespace (`dc:title`). A record that wraps its paper,
as Hugging Face's daily papers and search engines do, is unwrapped. What has no place is kept as
extra, but for what outweighs an abstract by far: full texts, references, embeddings.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id, normalise_doi
from ingest.readers.base import Failure
from ingest.readers.fields import find_arxiv_id
from ingest.readers.json_fields import (
    arxiv_id_of,
    authors_of,
    dig,
    line_of,
    string,
    text_of,
    tidy,
    year_of,
)

_NAMES = {
    "id": ("id", "_id", "paperid", "corpusid"),
    "title": ("title", "papertitle", "articletitle", "documenttitle", "titles", "headline"),
    "abstract": (
        *("abstract", "paperabstract", "text", "summary", "abstracttext", "abstractnote"),
        *("abstracts", "papersummary", "description", "descriptions"),
    ),
    "authors": (
        *("authorsparsed", "authorlist", "authors", "author", "creators", "authornames"),
        *("authorstring", "creator", "paperauthors"),
    ),
    "year": (
        *("year", "published", "versions", "date", "publicationyear", "pubyear", "yearpublished"),
        *("publicationdate", "publishedat", "publisheddate", "datepublished", "publishdate"),
        *("pubdate", "publishtime", "coverdate", "issued", "earliestdate", "publicationinfo"),
        *("firstpublicationdate", "updatedate"),
    ),
    "venue": (
        *("venue", "journal", "booktitle", "journalref", "containertitle", "journalname"),
        *("journaltitle", "publicationtitle", "sourcetitle", "conference", "publicationname"),
        *("pub", "journalinfo", "publicationinfo", "journals", "container", "proceeding"),
        *("conferencename", "source"),
    ),
    "url": (
        *("url", "link", "urlabs", "htmlurl", "landingpageurl", "s2url", "paperurl", "pdfurl"),
        *("urlpdf", "downloadurl", "ee"),
    ),
    "doi": ("doi", "dois"),
    "arxiv_id": ("arxivid", "arxiv", "eprint", "arxiveprints"),
    "pmid": ("pmid", "pubmedid", "medlinepmid"),
    "identifiers": ("externalids", "identifier", "identifiers", "articleids", "ee", "urlabs"),
}
_FIELDS_OF = {
    name: [field for field, names in _NAMES.items() if name in names]
    for names in _NAMES.values()
    for name in names
}
_RANK = {(field, name): rank for field, names in _NAMES.items() for rank, name in enumerate(names)}
_NOT_EXTRA = frozenset({"extra", "sources"})
_BULKY = frozenset(
    {"bodytext", "fulltext", "fullpaper", "embedding", "embeddings", "references", "citations"}
    | {"bibentries", "refentries", "incitations", "outcitations", "pdfparse", "latexparse"}
)
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_WRAPPERS = ("paper", "_source")
# These hold the paper only where the record has no title of its own.
_MAYBE_WRAPPERS = (
    *("content", "info", "attributes", "metadata"),
    *("article", "document", "node", "data"),
)
_NAMESPACE = re.compile(r"^(?:dc|dcterms|prism|schema|bibo):")
_PARTING = re.compile(r"(?<!^)[_\-\s]")
_ARXIV_URL = re.compile(r"arxiv\.org/", re.IGNORECASE)
_DOI_IN_TEXT = re.compile(r"10\.\d{4,9}/[^\s\"',}\]]+")
_FIRST_TOKEN = re.compile(r"\S+")


def has_title(record: Mapping[str, Any]) -> bool:
    """Whether one of the members is known to be a title."""
    return _has_title(_unwrapped(record))


def paper_from_mapping(record: Mapping[str, Any], ref: SourceRef) -> Paper | Failure:
    """Make a paper of named fields; a Failure if there is no title. What has no place is kept."""
    record = _unwrapped(record)
    fields, extra = _sorted_out(record)
    title = line_of(_first(fields.get("title")))
    if not title:
        return Failure(ref.file, ref.line, "no title; every paper needs one")
    url = line_of(_first(fields.get("url")))
    doi, arxiv_id = _identifiers(fields, url)
    own_id = line_of(fields.get("id"))
    own_id = "" if doi and own_id.lower() == doi else own_id
    pmid = line_of(fields.get("pmid"))
    given = record.get("extra")
    return Paper(
        id=own_id or derive_id(title, doi, arxiv_id, pmid or None),
        title=title,
        abstract=tidy(text_of(fields.get("abstract"))),
        authors=_authors(record, fields.get("authors")),
        year=year_of(fields.get("year")),
        venue=_venue(fields.get("venue")),
        url=url or None,
        doi=doi,
        arxiv_id=arxiv_id,
        sources=(ref.model_copy(update={"own_id": bool(own_id)}),),
        extra={
            **(given if isinstance(given, dict) else {}),
            **extra,
            **({"pmid": pmid} if pmid else {}),
        },
    )


def _authors(record: Mapping[str, Any], value: Any) -> tuple[str, ...]:
    """Names as people say them; those of our own export are, and stay as they were."""
    exported = Paper.model_fields.keys() <= record.keys() and isinstance(value, list)
    return tuple(map(line_of, value)) if exported else authors_of(value)


def _identifiers(fields: Mapping[str, Any], url: str) -> tuple[str | None, str | None]:
    others = json.dumps(fields.get("identifiers", ""))
    found = _DOI_IN_TEXT.search(others)
    doi = normalise_doi(string(fields["doi"])) if "doi" in fields else None
    doi = doi or (normalise_doi(found.group()) if found else None)
    arxiv_id = arxiv_id_of(
        _first(fields.get("arxiv_id")),
        doi,
        fields.get("id"),
        url if _ARXIV_URL.search(url) else None,
    )
    return doi, arxiv_id or find_arxiv_id(others)


def _venue(value: Any) -> str | None:
    """A name, or that of a thing; Europe PMC puts the journal into one with volume and issue."""
    inner = dig(value, "journal")
    return line_of(_first(value if inner is None else inner)) or None


def _first(value: Any) -> Any:
    """The first of several values: of titles in other languages, of links."""
    return next((v for v in value if v not in _EMPTY), None) if isinstance(value, list) else value


def _has_title(record: Mapping[str, Any]) -> bool:
    return any("title" in _FIELDS_OF.get(_folded(name), ()) for name in record)


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = next((record[w] for w in _WRAPPERS if isinstance(record.get(w), dict)), None)
    if inner is None and not _has_title(record):
        within = (record[w] for w in _MAYBE_WRAPPERS if isinstance(record.get(w), dict))
        inner = next(filter(_has_title, within), None)
    whole = {**record, **inner} if inner else record
    if isinstance(whole.get("name"), str) and "title" not in whole and _describes(whole):
        return {"title": whole["name"], **whole}
    return whole


def _describes(record: Mapping[str, Any]) -> bool:
    """Whether a thing with a name, as schema.org writes it, is a text with an abstract."""
    return not _has_title(record) and bool(record.get("abstract") or record.get("description"))


@lru_cache(maxsize=2**10)
def _folded(name: str) -> str:
    """A member's name without case, partings and namespace; a leading "_" stays out too."""
    return _PARTING.sub("", _NAMESPACE.sub("", name.casefold())).removeprefix("_")


def _sorted_out(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values by field, and the rest; where two names fill a field the better known wins."""
    best: dict[str, tuple[int, str]] = {}
    known: set[str] = set()
    extra: dict[str, Any] = {}
    for name, value in record.items():
        folded = name if name in _FIELDS_OF else _folded(name)
        if folded in _FIELDS_OF:
            known.add(name)
            for field in _FIELDS_OF[folded] if value not in _EMPTY else ():
                if field == "year" and year_of(value) is None:
                    continue
                best[field] = min(best.get(field, (99, "")), (_RANK[field, folded], name))
        elif name not in _NOT_EXTRA and folded not in _BULKY:
            extra[name] = value
    used = {name for _, name in best.values()}
    losers = {name: record[name] for name in record if name in known - used}
    extra |= {name: value for name, value in losers.items() if value not in _EMPTY}
    return {field: record[name] for field, (_, name) in best.items()}, extra
