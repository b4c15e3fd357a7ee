"""MARC 21 as XML: libraries' catalogues (SRU, OAI-PMH), CERN's and DESY's servers, INSPIRE.

Fields and their letters are those of https://www.loc.gov/marc/bibliographic/.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, texts

# Bare, or as the end of an address (`http://id.loc.gov/vocabulary/relators/aut`); of theses `dis`.
_AUTHOR = re.compile(
    r"(?:\S*/)?(?:aut|(?:joint )?author|verfasser(?:in)?|auteur|autor(?:a|in)?|cre|creator"
    r"|dis|dissertant(?:in)?)",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"\s*[/:;=,]\s*$")
_PROVIDED = re.compile(r"[\"”]?\s?[-–—]{1,3}\s?Provided by publisher[.\"”]{0,3}$", re.IGNORECASE)
_LONGEST_NOTE = 40
_RELATED = "2"
_DATES = (("264", "c"), ("260", "c"), ("269", "c"), ("773", "y"), ("502", "d"), ("773", "d"))


class MarcXmlReader(XmlReader):
    """Reads records, bare or within an answer."""

    name = "marc-xml"
    mark = re.compile(r"<(?:\w+:)?datafield\b[^>]*\btag=")
    records = frozenset({"record"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        """Make a paper; None for an answer's record that holds none, as of what was deleted."""
        marc = next((r for r in record.iter("record") if r.find("datafield") is not None), None)
        if marc is None:
            return None
        own = (f for f in _fields(marc, "856") if f.get("ind2") != _RELATED)
        links = [link for field in own for link in _parts(field, "u")]
        return build_paper(
            ref,
            _title(marc),
            abstract=_abstract(marc),
            authors=_authors(marc),
            dates=[date for field, code in _DATES for date in _texts(marc, field, code)],
            venue=next(iter((*_texts(marc, "773", "t"), *_texts(marc, "773", "p"))), ""),
            url=next((link for link in links if link.startswith("http")), ""),
            dois=_identifiers(marc, "doi"),
            arxiv_id=next(iter(_identifiers(marc, "arxiv")), ""),
            hidden=links,
            keywords=[word for field in ("650", "653", "695") for word in _texts(marc, field, "a")],
        )


def _title(record: Element) -> str:
    """The title, which of the work's parts it is ("2, Winds"), and the subtitle."""
    names = ("a", "n", "p", "b")
    title, number, part, subtitle = (next(iter(_texts(record, "245", n)), "") for n in names)
    which = ", ".join(filter(None, (number, part)))
    whole = f"{title.rstrip('.')}. {which}" if title and which else title
    return f"{whole}: {subtitle}" if title and subtitle else whole


def _fields(record: Element, tag: str) -> Iterator[Element]:
    return record.iterfind(f"datafield[@tag='{tag}']")


def _texts(record: Element, tag: str, code: str) -> list[str]:
    """The texts of a field's part, without the mark that sets off the part after it."""
    found = texts(record, f"datafield[@tag='{tag}']/subfield[@code='{code}']")
    return [_PUNCTUATION.sub("", text) for text in found]


def _identifiers(record: Element, kind: str) -> list[str]:
    """DOIs and arXiv's ids, which say what they are in another part of their field."""
    fields = [field for tag in ("024", "037") for field in _fields(record, tag)]
    named = (f for f in fields if kind in map(str.lower, _parts(f, "2", "9")))
    return [text for field in named for text in _parts(field, "a")]


def _parts(field: Element, *codes: str) -> list[str]:
    return texts(field, *(f"subfield[@code='{code}']" for code in codes))


def _authors(record: Element) -> list[str]:
    """People who wrote it, else bodies, else the people who did something else, as edit it."""
    people = [f for tag in ("100", "700") for f in _fields(record, tag) if not _parts(f, "t")]
    writers = [f for f in people if not _parts(f, "4", "e") or _wrote(f)]
    bodies = [f for tag in ("110", "710") for f in _fields(record, tag)]
    names = ([_name(field) for field in group] for group in (writers, bodies, people))
    return next((found for found in names if any(found)), [])


def _wrote(field: Element) -> bool:
    return any(_AUTHOR.fullmatch(role.rstrip("., ")) for role in _parts(field, "4", "e"))


def _name(field: Element) -> str:
    name = next(iter(_parts(field, "a", "g")), "").rstrip(",; ")
    return name.removesuffix(".") if re.search(r"[a-z]{3}\.$", name) else name


def _abstract(record: Element) -> str:
    text = next(iter(texts(record, "datafield[@tag='520']/subfield[@code='a']")), "")
    provided = _PROVIDED.search(text, max(0, len(text) - _LONGEST_NOTE))
    return text[: provided.start()].lstrip('"“') if provided else text
