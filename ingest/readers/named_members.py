"""A paper from an object whose members have the names that dumps and services use.

Members are known by their usual names, whatever their case and whether their words are parted by
"_", "-", a space or nothing, and without a namespace (`dc:title`). A record that wraps its paper,
as Hugging Face's daily papers and search engines do, is unwrapped. What has no place is kept as
extra, but for what outweighs an abstract by far: full texts, references, embeddings.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id, normalise_doi
from ingest.readers.base import Failure
from ingest.readers.fields import find_arxiv_id, find_doi, find_pmid
from ingest.readers.json_fields import (
    abstract_of,
    arxiv_id_of,
    authors_of,
    dig,
    first_of,
    folded,
    is_placeholder,
    line_of,
    string,
    year_of,
)

_NAMES = {
    "id": ("id", "_id", "paperid", "corpusid", "docid"),
    "title": ("title", "papertitle", "articletitle", "documenttitle", "titles", "headline"),
    "abstract": (
        *("enabstract", "abstract", "paperabstract", "text", "summary", "abstracttext"),
        *("abstractnote", "abstracts", "papersummary", "description", "descriptions"),
        *("indexedabstract", "pagecontent"),
    ),
    "authors": (
        *("authorsparsed", "authorlist", "authors", "author", "creators", "authornames"),
        *("authorstring", "creator", "paperauthors", "authfullname", "contributors"),
    ),
    "year": (
        *("year", "published", "versions", "date", "publicationyear", "pubyear", "yearpublished"),
        *("publicationdate", "publishedat", "publisheddate", "datepublished", "publishdate"),
        *("pubdate", "publishtime", "coverdate", "issued", "earliestdate", "publicationinfo"),
        *("firstpublicationdate", "publicationdateyear", "produceddate", "produceddatey"),
        *("updatedate",),
    ),
    "venue": (
        *("venue", "journal", "booktitle", "journalref", "containertitle", "journalname"),
        *("journaltitle", "publicationtitle", "sourcetitle", "conference", "publicationname"),
        *("pub", "journalinfo", "publicationinfo", "journals", "container", "proceeding"),
        *("conferencename", "conferencetitle", "fulljournalname", "customfields", "source"),
        *("server",),
    ),
    "url": (
        *("url", "link", "urlabs", "abs", "htmlurl", "landingpageurl", "s2url", "paperurl"),
        *("articleurl", "site", "uri", "pdfurl", "urlpdf", "pdf", "downloadurl", "ee"),
        *("links",),
    ),
    "doi": ("doi", "dois", "doiid"),
    "arxiv_id": ("arxivid", "arxiv", "eprint", "arxiveprints"),
    "pmid": ("pmid", "pubmedid", "medlinepmid"),
    "identifiers": (
        *("externalids", "pids", "identifier", "identifiers", "articleids", "@id", "ee", "urlabs"),
    ),
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
    | {"grobidparse"}
)
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_WRAPPERS = ("paper", "_source")
# These hold the paper only where the record has no title of its own, or the same.
_MAYBE_WRAPPERS = (
    *("content", "info", "attributes", "metadata"),
    *("article", "document", "node", "data", "bibjson", "coredata"),
)
HOLDERS = frozenset({*_WRAPPERS, *_MAYBE_WRAPPERS})
# Where a record is from, which is no venue: Europe PMC's codes, services in scrapers' files.
_NO_VENUES = frozenset(
    {"med", "pmc", "ppr", "pat", "agr", "cba", "ctx", "eth", "hir", "nbk"}
    | {"crossref", "openalex", "semantic_scholar", "semanticscholar", "pubmed", "scopus"}
)
_LINK = re.compile(r"https?://|www\.|doi\.org/|/", re.IGNORECASE)
# LangChain says from which file or page a record is.
_FILE = re.compile(
    r"https?://\S+|(?:[a-z]:|\.{0,2}|~)[/\\].+|.+\.(?:pdf|txt|md|html?|jsonl?|csv|tex)",
    re.IGNORECASE,
)
_IS_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_PUBMED = frozenset({"pubmed", "pmid"})
_HAL_ABSTRACT = "abstract_s"
_CHECKED = frozenset({"year", "url", "venue", "abstract", "pmid"})
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
        fault = line_of(record.get("error"))
        reason = f"no paper but an error: {fault}" if fault else "no title; every paper needs one"
        return Failure(ref.file, ref.line, reason)
    url = _link(fields.get("url"))
    own_id = line_of(fields.get("id"))
    doi, arxiv_id = _identifiers(fields, own_id, url)
    own_id = "" if doi and _IS_DOI.fullmatch(own_id) and normalise_doi(own_id) == doi else own_id
    pmid = find_pmid(line_of(fields.get("pmid")) or _pmid_among(fields["identifiers"]), (url,))
    given = record.get("extra")
    return Paper(
        id=own_id or derive_id(title, doi, arxiv_id, pmid),
        title=title,
        abstract=abstract_of(fields.get("abstract")),
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
    if exported:
        return tuple(map(line_of, value))
    return authors_of(_in_their_roles(value) if value is record.get("contributors") else value)


def _in_their_roles(contributors: Any) -> Any:
    """Commonmeta's contributors without its editors; DataCite's have types, none of authors."""
    people = contributors if isinstance(contributors, list) else [contributors]
    return [
        person
        for person in people
        if not dig(person, "contributorType")
        and "Author" in (dig(person, "contributorRoles") or ("Author",))
    ]


def _identifiers(fields: Mapping[str, Any], own_id: str, url: str) -> tuple[str | None, str | None]:
    others = json.dumps(fields["identifiers"]) if fields["identifiers"] else ""
    found = _DOI_IN_TEXT.search(others)
    doi = normalise_doi(string(fields["doi"])) if "doi" in fields else None
    doi = doi or (normalise_doi(own_id) if _IS_DOI.fullmatch(own_id) else None)
    doi = doi or (normalise_doi(found.group()) if found else find_doi(hidden=(url,)))
    arxiv_id = arxiv_id_of(
        _first(fields.get("arxiv_id")),
        doi,
        own_id,
        url if _ARXIV_URL.search(url) else None,
    )
    return doi, arxiv_id or find_arxiv_id(others)


def _pmid_among(identifiers: list[Any]) -> str:
    """The PubMed id in objects by service, or in lists of typed identifiers."""
    for value in identifiers:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                kind = string(first_of(item, "idtype", "type", "scheme")).lower()
                typed = first_of(item, "value", "id") if kind in _PUBMED else None
                if pmid := string(typed or first_of(item, "PubMed", "pubmed", "pmid")):
                    return pmid
    return ""


def _venue(value: Any) -> str | None:
    """A name, or that of a thing; Europe PMC puts the journal into one with volume and issue.

    InvenioRDM has it among the record's own fields.
    """
    inner = dig(value, "journal") or dig(value, "journal:journal")
    return line_of(_first(value if inner is None else inner)) or None


def _link(value: Any) -> str:
    """The address of a link, which some services make an object, or several of them."""
    value = _first(value)
    if isinstance(value, dict):
        value = first_of(value, "url", "value", "@href", "href", "self_html", "html")
    return line_of(value)


def _first(value: Any) -> Any:
    """The first of several values: of titles in other languages, of links."""
    return next((v for v in value if v not in _EMPTY), None) if isinstance(value, list) else value


def _has_title(record: Mapping[str, Any]) -> bool:
    return any("title" in _FIELDS_OF.get(folded(name), ()) for name in record)


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    whole = record if HOLDERS.isdisjoint(record) else _with_inner(record)
    if isinstance(whole.get("name"), str) and "title" not in whole and _describes(whole):
        return {"title": whole["name"], **whole}
    return whole


def _with_inner(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with the members of the paper in it, or of what is said about it (BEIR)."""
    inner = next((record[w] for w in _WRAPPERS if isinstance(record.get(w), dict)), None)
    if inner is None:
        inner = next((thing for thing in _within(record) if _is_of(record, thing)), None)
    if inner:
        return {**record, **inner}
    about = record.get("metadata")
    return {**about, **record} if isinstance(about, dict) and not _has_title(about) else record


def _within(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What may be the record's paper; DataCite has one record's attributes beside its id."""
    for name in _MAYBE_WRAPPERS:
        if isinstance(record.get(name), dict):
            yield record[name]
    attributes = dig(record, "data", "attributes")
    if isinstance(attributes, dict):
        yield {**record["data"], **attributes}


def _is_of(record: Mapping[str, Any], inner: Mapping[str, Any]) -> bool:
    """Whether an inner object is the record's paper: Zenodo has the title in both."""
    if not _has_title(record):
        return _has_title(inner)
    return "title" in inner and inner["title"] == record.get("title")


def _describes(record: Mapping[str, Any]) -> bool:
    """Whether a thing with a name, as schema.org writes it, is a text with an abstract."""
    return not _has_title(record) and bool(record.get("abstract") or record.get("description"))


def _sorted_out(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values by field, and the rest; where two names fill a field the better known wins.

    Of identifiers all are given, the better known first.
    """
    ranked: dict[str, list[tuple[int, str]]] = {}
    known: set[str] = set()
    extra: dict[str, Any] = {}
    for name, value in record.items():
        plain = name if name in _FIELDS_OF else folded(name)
        if plain in _FIELDS_OF:
            known.add(name)
            for field in _FIELDS_OF[plain] if value not in _EMPTY else ():
                if field not in _CHECKED or _is_of_use(field, value):
                    ranked.setdefault(field, []).append((_RANK[field, plain], name))
        elif name not in _NOT_EXTRA and plain not in _BULKY:
            extra[name] = value
    identifiers = [record[name] for _, name in sorted(ranked.pop("identifiers", []))]
    best = {field: min(names)[1] for field, names in ranked.items()}
    losers = {name: record[name] for name in record if name in known - set(best.values())}
    extra |= {name: value for name, value in losers.items() if value not in _EMPTY}
    fields = {field: _of_one_language(name, record[name]) for field, name in best.items()}
    return {**fields, "identifiers": identifiers}, extra


def _is_of_use(field: str, value: Any) -> bool:
    """Whether a field can have this value: a year, a link, a venue, and no word for nothing."""
    if field == "year":
        is_doi = isinstance(value, str) and _IS_DOI.fullmatch(value)
        return not is_doi and year_of(value) is not None
    if field == "url":
        return bool(_LINK.match(_link(value)))
    if field == "venue":
        name = string(value).strip()
        is_name = not _FILE.fullmatch(name) and name.lower() not in _NO_VENUES
        return is_name and not (name and is_placeholder(name))
    if field == "pmid":
        return find_pmid(line_of(value)) is not None
    return not (isinstance(value, str) and is_placeholder(value))


def _of_one_language(name: str, value: Any) -> Any:
    """HAL has a list of abstracts, one for each language, the paper's own first."""
    return value[0] if name.endswith(_HAL_ABSTRACT) and isinstance(value, list) else value
