"""MODS, the XML of libraries and repositories, which Zotero and the ACL Anthology export too.

Elements are those of the Library of Congress's schema (https://www.loc.gov/standards/mods/).
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import XmlReader, first_text, texts

_HOST = "relatedItem[@type='host']"
_AUTHOR = re.compile(r"aut|author|creator|cre", re.IGNORECASE)
_DATES = (
    "originInfo/dateIssued",
    "originInfo/copyrightDate",
    "part/date",
    f"{_HOST}/part/date",
    f"{_HOST}/originInfo/dateIssued",
)


class ModsReader(XmlReader):
    """Reads one record, or a collection."""

    name = "mods"
    mark = re.compile(r"<(?:\w+:)?mods(?:Collection)?\b")
    records = frozenset({"mods"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper of the record; the host is the journal or the proceedings."""
        title = first_text(record, "titleInfo/title")
        subtitle = first_text(record, "titleInfo/subTitle")
        urls = texts(record, "location/url", "identifier[@type='uri']")
        return build_paper(
            ref,
            f"{title}: {subtitle}" if title and subtitle else title,
            abstract=unwrap("\n\n".join(texts(record, "abstract"))),
            authors=[_name(name) for name in record.iterfind("name") if _is_author(name)],
            dates=texts(record, *_DATES),
            venue=first_text(record, f"{_HOST}/titleInfo/title"),
            url=urls[0] if urls else "",
            dois=texts(record, "identifier[@type='doi']"),
            hidden=urls,
            keywords=texts(record, "subject/topic"),
        )


def _is_author(name: Element) -> bool:
    role = first_text(name, "role/roleTerm")
    return not role or _AUTHOR.fullmatch(role) is not None


def _name(name: Element) -> str:
    parts = ("namePart[@type='given']", "namePart[@type='family']")
    return " ".join(texts(name, *parts)) or first_text(name, "namePart", "displayForm")
