"""Fields of records of any shape, made the types that a paper has.

Every function takes whatever a file may hold in that place and gives None or an empty value where
it holds nothing of use, so that no reader fails at a member of an unforeseen type.
"""

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import is_normalized

from ingest.paper import normalise_arxiv_id, normalise_doi
from ingest.text import clean_text, one_line

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d{2}(?!\d)")
_AUTHOR_SEPARATOR = re.compile(r"\s*;\s*|\s+and\s+|\s*\n\s*")
_ARXIV_PLACE = re.compile(r"arxiv", re.IGNORECASE)
_ARXIV_ID_ONLY = re.compile(
    r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_NAME_PARTS = (("given", "family"), ("firstName", "lastName"), ("first", "last"))
_WHOLE_NAMES = ("name", "display_name", "literal", "fullName", "full_name", "family", "lastName")


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
        return string(next((value[n] for n in ("name", "title", "text") if n in value), None))
    return "" if value is None or isinstance(value, bool) else str(value)


def tidy(text: str) -> str:
    """The same as `clean_text`, and at once for a text that is clean already."""
    if text.isprintable() and "  " not in text and is_normalized("NFC", text):
        return text.strip(" ")
    return clean_text(text)


def line_of(value: Any) -> str:
    """Clean text of a value without line breaks."""
    return tidy(string(value)).replace("\n", " ") if value is not None else ""


def first_of(record: Mapping[str, Any], *names: str) -> Any:
    """The first of these members that holds something."""
    return next((record[n] for n in names if record.get(n) not in (None, "", [], {})), None)


def year_of(value: Any) -> int | None:
    """The first year from 1500 to 2199 in a date of any form."""
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
    """Names from a list of strings or objects, or from one string."""
    if isinstance(value, str):
        return tuple(filter(None, map(one_line, _split_names(value))))
    if not isinstance(value, list):
        return ()
    return tuple(filter(None, (line_of(_name(author)) for author in value)))


def _split_names(text: str) -> list[str]:
    """Names parted by semicolons, "and" or lines, else by commas if each part has two words."""
    names = _AUTHOR_SEPARATOR.split(text)
    if len(names) == 1 and "," in text:
        parts = [part.strip() for part in text.split(",")]
        return parts if all(" " in part for part in parts) else names
    return names


def _name(author: Any) -> Any:
    """An author's name: a string, an object's names, or [last, first, suffix] as arXiv has it."""
    if isinstance(author, list) and len(author) > 1:
        return f"{string(author[1])} {string(author[0])} {string(author[2:])}"
    if not isinstance(author, Mapping):
        return author
    for given, family in _NAME_PARTS:
        if author.get(given) and author.get(family):
            return f"{string(author[given])} {string(author[family])}"
    return first_of(author, *_WHOLE_NAMES)
