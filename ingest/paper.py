"""The record of one paper, and how its stable id is found."""

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_ARXIV_VERSION = re.compile(r"v\d+$")
_ARXIV_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DERIVED = ("arxiv:", "doi:", "pmid:", "title:")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_PARTED = bytes(c if chr(c).isalnum() else ord(" ") for c in range(128)).ljust(256)
_sorted_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


class SourceRef(BaseModel):
    """Where a record was read: file, 1-based line (or record number) and reader.

    `own_id`: the source gave the record its id, whatever it looks like. `digest` is the hash of the
    record as this source has it, by which it is known again after it was merged with others.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    line: int | None = None
    reader: str = ""
    own_id: bool = False
    digest: str = ""


class Paper(BaseModel):
    """One paper. `abstract` is the text that answers quote, character for character."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    sources: tuple[SourceRef, ...] = ()
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def text(self) -> str:
        """Title and abstract as they are indexed together."""
        return f"{self.title}\n{self.abstract}" if self.abstract else self.title

    @property
    def text_hash(self) -> str:
        """Hash of what is embedded; a change means new vectors."""
        return _sha256(self.text)

    @property
    def content_hash(self) -> str:
        """Hash of all fields but the sources; a change means a new record."""
        if self.extra:
            return _sha256(_sorted_json(self.model_dump(mode="json", exclude={"sources"})))
        return _hash_without_extra(_plain_values(self))


_PLAIN = sorted(Paper.model_fields.keys() - {"sources", "extra"})
_plain_values = attrgetter(*_PLAIN)


@lru_cache(maxsize=2**12)
def _hash_without_extra(values: tuple[Any, ...]) -> str:
    """Kept, as an ingest asks for it before a paper is embedded and again when it is published."""
    return _sha256(_sorted_json({**dict(zip(_PLAIN, values, strict=True)), "extra": {}}))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@lru_cache(maxsize=2**14)
def normalise_title(title: str) -> str:
    """Fold case, accents, punctuation and white space, so that spellings of a title meet."""
    plain = title.casefold()
    if plain.isascii():
        return b" ".join(plain.encode().translate(_PARTED).split()).decode()
    plain = _NOT_ASCII.sub(_base_characters, unicodedata.normalize("NFKD", plain))
    return _NOT_ALPHANUMERIC.sub(" ", plain).strip()


def _base_characters(match: re.Match[str]) -> str:
    return "".join(c for c in match.group() if not unicodedata.combining(c))


def normalise_doi(text: str) -> str | None:
    """Find the DOI in a string or URL, lower-cased (DOIs ignore case); None if there is none."""
    match = _DOI.search(text)
    return match.group().rstrip(".,;)/").lower() if match else None


def normalise_arxiv_id(text: str) -> str | None:
    """Find the arXiv id in a string or URL, without its version; None if there is none."""
    match = _ARXIV_ID.search(text)
    return _ARXIV_VERSION.sub("", match.group()) if match else None


@lru_cache(maxsize=2**14)
def derive_id(
    title: str, doi: str | None = None, arxiv_id: str | None = None, pmid: str | None = None
) -> str:
    """Give the stable id of a record whose source has none of its own."""
    if arxiv_id:
        return f"arxiv:{arxiv_id}"
    if doi:
        return f"doi:{doi}"
    if pmid:
        return f"pmid:{pmid}"
    return id_of_texts(title)


def id_of_texts(*texts: str) -> str:
    """The id derived from texts that stand for a paper, whatever their spelling."""
    normal = " ".join(filter(None, map(normalise_title, texts)))
    return f"title:{_sha256(normal or ' '.join(texts))[:16]}"


def has_derived_id(paper: Paper) -> bool:
    """Whether the id follows from DOI, arXiv id, PMID or title, rather than from the source."""
    return paper.id.startswith(_DERIVED)
