"""MODS, the XML of libraries and repositories, which Zotero and the ACL Anthology export too.

Elements are those of the Library of Congress's schema (https://www.loc.gov/standards/mods/).
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import XmlReader, first_text, in_one_language, texts

_HOST = "relatedItem[@type='host']"
_AUTHOR = re.compile(r"aut|author|creator|cre", re.IGNORECASE)
_EDITOR = re.compile(r"edt|editor", re.IGNORECASE)
_ADDED = re.compile(r"\s*\([^()]*\)(?=,|$)|,?\s*[\[(]?\d{4}\??\s*-.*$")
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
        """Make a paper of the record; the host is the journal or the proceedings.

        Edited works without authors have their editors.
        """
        names = record.findall("name")
        authors = [n for n in names if _has_role(n, _AUTHOR) or not texts(n, "role/roleTerm")]
        editors = [name for name in names if _has_role(name, _EDITOR)]
        urls = texts(record, "location/url", "identifier[@type='uri']")
        return build_paper(
            ref,
            _title(record),
            abstract=unwrap("\n\n".join(in_one_language(record.findall("abstract")))),
            authors=[_name(name) for name in authors or editors],
            dates=texts(record, *_DATES),
            venue=first_text(record, f"{_HOST}/titleInfo/title"),
            url=urls[0] if urls else "",
            dois=texts(record, "identifier[@type='doi']"),
            hidden=urls,
            keywords=texts(record, "subject/topic"),
        )


def _title(record: Element) -> str:
    """The title with its article ("The"), which libraries set apart, not one of another type."""
    titles = record.findall("titleInfo")
    plain = [title for title in titles if not title.get("type")] or titles
    if not plain:
        return ""
    article, title = first_text(plain[0], "nonSort"), first_text(plain[0], "title")
    subtitle = first_text(plain[0], "subTitle")
    whole = f"{article}{title}" if article.endswith(("'", "’")) else f"{article} {title}".strip()
    return f"{whole.rstrip(' :')}: {subtitle}" if title and subtitle else whole


def _has_role(name: Element, role: re.Pattern[str]) -> bool:
    return any(map(role.fullmatch, texts(name, "role/roleTerm")))


def _name(name: Element) -> str:
    """The name without the years of life and the name in full that libraries add to it."""
    parts = texts(name, "namePart[@type='given']", "namePart[@type='family']")
    return " ".join(parts) or _ADDED.sub("", first_text(name, "namePart", "displayForm"))
