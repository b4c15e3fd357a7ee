"""What a query names outright: ids, a title, quoted phrases, the name of a method."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.library.spelling import fold_spelling
from ingest.paper import normalise_doi, normalise_title

_ARXIV = re.compile(
    r"(?<![\w./:-])(?:arxiv\s*:\s*|(?:https?://)?[\w.-]{1,60}/(?:(?:abs|pdf|html|papers)/))?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]{1,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"”<>]+")
_PMID = re.compile(r"\bpmid\s*:?\s*(\d{1,9})\b", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]{2,300})[\"“”]|``([^`']{2,300})''|«([^»]{2,300})»")
_NAME_CHARACTERS = re.compile(r"[A-Z0-9\u0370-\u03ff\u00b2\u00b3\u00b9\u2070-\u209f\\^$]")
_LONGEST_NAME = 40
_NAME_WORDS = 2
_CLOSING = "?!.,;:)]}'”\""


@dataclass(frozen=True)
class Wanted:
    """What a query asks for by name.

    `names` are those under which records can be met (`arxiv:...`, `doi:...`, `title:...|`), `ids`
    whole paper ids; `title` is the folded query; `phrases` are quoted in it; `name` is the query
    where it is nothing but a name, such as `MS-MLP` or `$\\gamma$-MoD`.
    """

    names: tuple[str, ...]
    ids: tuple[str, ...]
    title: str
    phrases: tuple[str, ...]
    name: str


def wanted(query: str) -> Wanted:
    """Read a query for what it names."""
    phrases = tuple(filter(None, ("".join(found).strip() for found in _QUOTED.findall(query))))
    titles = (normalise_title(text) for text in (query, *phrases))
    return Wanted(
        names=tuple(
            dict.fromkeys((*_arxiv_names(query), *_doi_names(query), *_title_names(titles)))
        ),
        ids=(*_bare_id(query), *(f"pmid:{found}" for found in _PMID.findall(query))),
        title=fold(query),
        phrases=phrases,
        name=_name(query),
    )


def fold(text: str) -> str:
    """A text with the spellings of a name, case and punctuation folded."""
    return normalise_title(fold_spelling(text))


def joined(text: str) -> str:
    """A name in one piece, so that `MS-MLP`, `MS MLP` and `MSMLP` meet."""
    return fold(text).replace(" ", "")


def given_names(title: str) -> list[str]:
    """The name that a title gives itself before a colon or dash, and those in brackets."""
    lead = re.split(r":|\s[-–—]\s", title, maxsplit=1)[0]
    return [lead, *re.findall(r"\(([^()]{1,40})\)", title)]


def leads(title: str, name: str) -> bool:
    """Whether a title gives itself the name: `Name: ...`, `Name - ...`, `... (Name)`, or alone."""
    given = given_names(title)
    forms = {joined(name), joined(name.removesuffix("s"))} if name[-1:] == "s" else {joined(name)}
    return any(joined(text) in forms for text in given)


def is_name_like(text: str) -> bool:
    """Whether a text is spelt as names are: capitals inside, digits, Greek or LaTeX."""
    return _NAME_CHARACTERS.search(text[1:]) is not None or (len(text) == 1 and text.isupper())


def _arxiv_names(query: str) -> list[str]:
    return [f"arxiv:{found['id']}" for found in _ARXIV.finditer(query)]


def _doi_names(query: str) -> list[str]:
    """Both with and without what may be the sentence's closing mark or the DOI's own bracket."""
    found = _DOI.findall(unquote(query) if "%" in query else query)
    forms = (form for text in found for form in (normalise_doi(text), text, text.rstrip(_CLOSING)))
    names = (_ARXIV_DOI.sub(r"arxiv:\1", form.lower()) for form in forms if form)
    return [name if name.startswith("arxiv:") else f"doi:{name}" for name in names]


def _title_names(titles: Iterable[str]) -> list[str]:
    return [f"title:{title}|" for title in titles if title]


def _bare_id(query: str) -> tuple[str, ...]:
    text = query.strip()
    return (text,) if text and not re.search(r"\s", text) else ()


def _name(query: str) -> str:
    text = query.strip().strip("\"“”'?!.,;").strip()
    short = len(text) <= _LONGEST_NAME and 0 < len(text.split()) <= _NAME_WORDS
    return text if short and joined(text) else ""
