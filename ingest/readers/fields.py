"""Fields as bibliographic exports write them, and the paper they make.

Exports hide identifiers in URLs and notes, write dates in a dozen ways, and fill an empty abstract
with a phrase that says so; every reader needs the same care with them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from ingest.paper import Paper, SourceRef, derive_id, normalise_arxiv_id, normalise_doi
from ingest.readers.base import Failure, Source
from ingest.text import clean_text, one_line

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?=\d{4}(?!\d)|(?!\d))")
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|[\s:./'\"]*)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?!\d))",
    re.IGNORECASE,
)
_CITING = re.compile(
    r"\b(?:see(?: also)?|cf\.?|of|with|(?:companion|reply|comment|sequel|erratum) (?:on|to|for))"
    r"\s*$",
    re.IGNORECASE,
)
# Scopus ends a record's notes by all that the paper cites.
_REFERENCES = re.compile(r"^[^\w\n]*(?:cited )?references?:", re.IGNORECASE | re.MULTILINE)
_DOI_IN_LINK = re.compile(
    r"doi\.(?:acm\.|ieeecomputersociety\.)?org/(?P<plain>10\.\d{4,9}/[^\s?\"]+)"
    r"|(?:/doi/(?:[a-z]+/)?|[?&;](?:doi=|(?:rft_)?id=(?:info:)?doi[:/]))(?P<cut>10\.\d{4,9}/[^\s?#&\"<>|;]+)",
    re.IGNORECASE,
)
_PAGE_OF_DOI = re.compile(
    r"(?:/(?:full|abstract|e?pdf|pdfdirect|summary|meta|html)|\.(?:pdf|short))$", re.I
)
_DOI_IN_NOTE = re.compile(
    r"(?:(?:^|[\n;|])\s*(?:doi\s*[:=]?\s*){0,2}|[\"']doi[\"']\s*:\s*[\"'])(10\.\d{4,9}/[^\s\"']+)",
    re.IGNORECASE,
)
_PMID_IN_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d+)")
# No time of day, no number that Excel shortened to `3.25E+07`, no part of PsycINFO's
# "2009-12345-001", no "-1" for nothing, no number of PubMed Central.
_PMID = re.compile(
    r"(?<![\w.-])(?<!\d:)(?<!pmc\s)([1-9]\d{0,8})(?:\.0)?(?!\d|-|[.:]\d)", re.IGNORECASE
)
_NO_ABSTRACT = re.compile(
    r"\W*(?:no abstract(?: is)? available|abstract(?: is)? not available|not available|no abstract"
    r"|(?:publisher:\s*)?abstract available from the publisher|abstract"
    r"|n/?a|nan|none|null|undefined)?\W*",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*\n\s*")
_DBLP_NUMBER = re.compile(r"(?<=\w)\s0\d{3}$")
_GENERATION = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd)\.?")
# BIOSIS has "Lee, Ann (lee@x.org)", PubMed "Kite Group. Electronic address: kites@x.org".
_ADDRESS = re.compile(r"\s*\([^()\s]*@[^()\s]*\)|\.?\s*Electronic address:.*", re.DOTALL)


def head_of(source: Source) -> str:
    """The head of a source, whatever ends its lines written as \\n."""
    return source.head_text.replace("\r\n", "\n").replace("\r", "\n")


def find_year(*dates: str) -> int | None:
    """The year of the first date that has one: `2024/01/02/`, `2019 Jan`, `20190301`, ..."""
    match = next((m for m in map(_YEAR.search, dates) if m), None)
    return int(match.group()) if match else None


def find_arxiv_id(*texts: str) -> str | None:
    """The first arXiv id that is called one: in a URL, a DOI of arXiv's, or after `arXiv:`.

    After `see`, `reply to` and the like it is another paper's.
    """
    for text in texts:
        for match in _ARXIV.finditer(text):
            if not _CITING.search(text, max(0, match.start() - 30), match.start()):
                return normalise_arxiv_id(match[1])
    return None


def find_doi(dois: Iterable[str] = (), hidden: Iterable[str] = ()) -> str | None:
    """The first DOI among fields meant for one; else one hidden in links or notes.

    In links and notes only an unmistakable DOI counts: notes also cite other papers'.
    """
    for text in dois:
        if doi := normalise_doi(unquote(text)):
            return normalise_doi(_PAGE_OF_DOI.sub("", doi)) or doi
    for text in map(unquote, hidden):
        if match := _DOI_IN_LINK.search(text):
            found = match["plain"] or match["cut"]
        elif match := _DOI_IN_NOTE.search(text):
            found = match[1]
        else:
            continue
        return normalise_doi(_PAGE_OF_DOI.sub("", found))
    return None


def says_none(text: str) -> bool:
    """Whether a text is empty or only says that there is no abstract: `N/A`, `not available`."""
    return _NO_ABSTRACT.fullmatch(text) is not None


def find_pmid(pmid: str = "", links: Iterable[str] = ()) -> str | None:
    """The PubMed id in its own field, else in a link to PubMed."""
    if match := _PMID.search(pmid):
        return match[1]
    match = next((m for m in map(_PMID_IN_LINK.search, links) if m), None)
    return match[1] if match else None


def display_name(name: str) -> str:
    """`Last, Jr, First`, `Last, First Jr` and `First Last, Jr` as `First Last Jr`; others as is.

    A name with `and` is a group's: `Kites, Wind and Rain Group`.
    """
    name = _DBLP_NUMBER.sub("", one_line(_ADDRESS.sub("", name) if "@" in name else name))
    parts = [part for part in map(str.strip, name.split(",")) if part]
    if len(parts) not in (2, 3) or " and " in name:
        return ", ".join(parts)
    last, *rest = parts
    if len(parts) == 2 and _is_generation(rest[0]):
        return " ".join(parts)
    *given, final = " ".join(sorted(rest, key=_is_generation)).split()
    names = (*given, last, final) if given and _is_generation(final) else (*given, final, last)
    return " ".join(names)


def _is_generation(name: str) -> bool:
    return _GENERATION.fullmatch(name) is not None


def unwrap(text: str) -> str:
    """Join the lines that a fixed width wrapped; paragraphs, parted by blank lines, stay."""
    paragraphs = _PARAGRAPH.split(text.strip())
    return "\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)


def first_filled(values: Iterable[str | None]) -> str:
    """The first value that is not blank, or an empty string."""
    return next((value for value in values if value and value.strip()), "")


def build_paper(
    ref: SourceRef,
    title: str,
    *,
    abstract: str = "",
    authors: Sequence[str] = (),
    dates: Sequence[str] = (),
    venue: str = "",
    url: str = "",
    dois: Sequence[str] = (),
    arxiv_id: str = "",
    pmid: str = "",
    hidden: Sequence[str] = (),
    keywords: Sequence[str] = (),
    identifier: str = "",
) -> Paper | Failure:
    """Make a paper of the raw fields of an export; a Failure if it has no title.

    `hidden` are links and notes that may hold identifiers; an `identifier` the user chose beats the
    derived id (arXiv, else DOI, else PubMed, else title).
    """
    name = one_line(title)
    if not name:
        return Failure(ref.file, ref.line, "no title; every paper needs one")
    own = [url, *(_REFERENCES.split(text, 1)[0] for text in hidden)]
    doi = find_doi(dois, own)
    arxiv = normalise_arxiv_id(arxiv_id) or find_arxiv_id(doi or "", *own)
    pubmed = find_pmid(pmid, own)
    body = clean_text(abstract)
    return Paper(
        id=one_line(identifier) or derive_id(name, doi, arxiv, pubmed),
        title=name,
        abstract="" if says_none(body) else body,
        authors=tuple(filter(None, map(display_name, authors))),
        year=find_year(*dates),
        venue=one_line(venue) or None,
        url=one_line(url) or None,
        doi=doi,
        arxiv_id=arxiv,
        sources=(ref,),
        extra=_extra(pubmed, keywords),
    )


def _extra(pmid: str | None, keywords: Sequence[str]) -> dict[str, Any]:
    words = list(dict.fromkeys(word for word in map(one_line, keywords) if word))
    return ({"pmid": pmid} if pmid else {}) | ({"keywords": words} if words else {})
