"""Fields of records of any shape, made the types that a paper has.

Every function takes whatever a file may hold in that place and gives None or an empty value where
it holds nothing of use, so that no reader fails at a member of an unforeseen type.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

from ingest.paper import normalise_arxiv_id, normalise_doi
from ingest.readers.author_names import split_authors
from ingest.readers.fields import display_name, says_none
from ingest.readers.inverted_index import rebuild_abstract
from ingest.text import clean_text

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d{2}(?!\d)")
_ARXIV_PLACE = re.compile(r"arxiv", re.IGNORECASE)
_ARXIV_ID_ONLY = re.compile(
    r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_NAMESPACE = re.compile(r"^(?:dc|dcterms|prism|schema|bibo|ce):")
# Solr's names end in the type of the field, as HAL's do (`title_s`), or in its use (PLOS).
_TYPE = re.compile(r"(?<=\w)_(?:f?s|t|i|tdate|display)$")
_PARTING = re.compile(r"(?<!^)[_\-\s]")
_GIVEN = ("given", "firstname", "first", "givenname", "forename")
_FAMILY = ("family", "lastname", "last", "familyname", "surname")
_BETWEEN = ("middle", "droppingparticle", "nondroppingparticle")
_WHOLE_NAMES = (
    *("name", "displayname", "literal", "fullname", "authname", "indexedname", "text", "creator"),
    *("$", *_FAMILY, *_GIVEN),
)
_NO_AUTHOR = re.compile(r"\W+|et\.? al\.?", re.IGNORECASE)
_LISTS_OF_NAMES = ("author", "authors", "creator")
_TEXTS = (
    *("name", "title", "text", "value", "description", "display_name", "journal_title"),
    *("name_d", "raw"),
)
_DATES = ("date-parts", "year", "created", "value", "raw", "literal", "published")
_EPOCH_S, _EPOCH_MS = range(10**8, 10**10), range(10**12, 10**13)
_KINDS = (("descriptionType",), ("type", "id"), ("type",))
_INVERTED = "InvertedIndex"
_LONGEST_PLACEHOLDER = 100


def dig(value: Any, *path: str | int) -> Any:
    """The member at a path of names and positions; None where there is no such member."""
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def string(value: Any) -> str:
    """Text of a value: a string or number itself, the members of a list joined, a thing's name."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(filter(None, map(string, value)))
    if isinstance(value, Mapping):
        return string(next((value[n] for n in _TEXTS if n in value), None))
    return "" if value is None or isinstance(value, bool) else str(value)


def text_of(value: Any) -> str:
    """Text of an abstract: paragraphs joined; of several abstracts the first, or the one so named.

    INSPIRE gives one for each source, DataCite all kinds of descriptions, SciFact sentences.
    """
    if not isinstance(value, list):
        return _inverted(value) or string(value)
    named = [v for v in value if _kind(v) == "abstract"]
    if named or any(dig(v, "value") for v in value):
        return string((named or value)[0])
    parting = " " if all(isinstance(v, str) for v in value) else "\n"
    return parting.join(filter(None, map(string, value)))


def _kind(description: Any) -> str:
    kinds = (dig(description, *path) for path in _KINDS)
    return next((kind.lower() for kind in kinds if isinstance(kind, str)), "")


def _inverted(value: Any) -> str:
    """The text of AMiner's inverted index, which older files have as JSON in a string."""
    try:
        if isinstance(value, str) and f'"{_INVERTED}"' in value:
            value = json.loads(value)
        return rebuild_abstract(dig(value, _INVERTED)) if dig(value, _INVERTED) else ""
    except (ValueError, RecursionError):
        return ""


def is_placeholder(text: str) -> bool:
    """Whether a text only says that there is none; `says_none`, at once for long texts."""
    return len(text) < _LONGEST_PLACEHOLDER and says_none(text)


def abstract_of(value: Any) -> str:
    """Clean text of an abstract; none where it only says that there is none."""
    text = tidy(text_of(value))
    return "" if is_placeholder(text) else text


def tidy(text: str) -> str:
    """The same as `clean_text`, and at once for a text that is clean already."""
    if text.isprintable() and "  " not in text and is_normalized("NFC", text):
        return text.strip(" ")
    return clean_text(text)


def line_of(value: Any) -> str:
    """Clean text of a value without line breaks."""
    return tidy(string(value)).replace("\n", " ") if value is not None else ""


@lru_cache(maxsize=2**10)
def folded(name: str) -> str:
    """A member's name without case, partings, namespace and type; a leading "_" stays out too."""
    plain = _TYPE.sub("", _NAMESPACE.sub("", name.casefold()))
    return _PARTING.sub("", plain).removeprefix("_")


def first_of(record: Mapping[str, Any], *names: str) -> Any:
    """The first of these members that holds something."""
    return next((record[n] for n in names if record.get(n) not in (None, "", [], {})), None)


def year_of(value: Any) -> int | None:
    """The first year from 1500 to 2199 in a date of any form, also in (milli)seconds since 1970."""
    if isinstance(value, int) and (value in _EPOCH_S or value in _EPOCH_MS):
        return datetime.fromtimestamp(value / (1 if value in _EPOCH_S else 1000), UTC).year
    if isinstance(value, Mapping):
        return next(filter(None, (year_of(value.get(name)) for name in _DATES)), None)
    if isinstance(value, list):
        return next(filter(None, map(year_of, value)), None)
    match = _YEAR.search(string(value)) if value else None
    return int(match.group()) if match else None


def arxiv_id_of(*places: Any) -> str | None:
    """The arXiv id in the first place that names arXiv (a DOI, a URL) or is nothing but an id."""
    for place in places:
        text = string(place).strip() if place else ""
        if text and (_ARXIV_PLACE.search(text) or _ARXIV_ID_ONLY.fullmatch(text)):
            found = normalise_arxiv_id(text)
            if found:
                return found
    return None


def doi_of(*places: Any) -> str | None:
    """The DOI in the first place that has one, normalised."""
    return next(filter(None, (normalise_doi(string(place)) for place in places)), None)


def authors_of(value: Any) -> tuple[str, ...]:
    """Names, given name first, from a list of strings or objects, one object, or one string."""
    if isinstance(value, Mapping):
        names = next((value[n] for n in _LISTS_OF_NAMES if n in value), None)
        return authors_of([value] if names is None else names)
    if isinstance(value, str):
        value = split_authors(value)
    if not isinstance(value, list):
        return ()
    names = (display_name(string(_name(author))) for author in value)
    return tuple(name for name in names if name and not _NO_AUTHOR.fullmatch(name))


def _name(author: Any) -> Any:
    """An author's name: a string, an object's names, or [last, first, suffix] as arXiv has it."""
    if isinstance(author, list) and len(author) > 1:
        return f"{string(author[1])} {string(author[0])} {string(author[2:])}"
    if not isinstance(author, Mapping):
        return author
    person = author.get("person_or_org")
    author = person if isinstance(person, Mapping) else author
    names = {folded(name): value for name, value in author.items() if value}
    given, family = _first_among(names, _GIVEN), _first_among(names, _FAMILY)
    if given and family:
        between = [string(names[part]) for part in _BETWEEN if part in names]
        return " ".join(
            filter(None, (given.replace(",", ""), *between, family, string(names.get("suffix"))))
        )
    return _first_among(names, _WHOLE_NAMES)


def _first_among(names: Mapping[str, Any], kinds: Sequence[str]) -> str:
    for kind in kinds:
        if kind in names:
            return string(names[kind])
    return ""
