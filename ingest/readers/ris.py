"""RIS, in the dialects of the tools that write it.

Ovid writes a tag (NL) and links after the end of a record; what has neither type nor title is none.

The tags are those of the RIS specification (2011, and its older names) by rispy's table. Dialects
differ in where they put the title (TI, T1, CT), the abstract (AB, N2), the year (PY, Y1, DA), the
venue and the DOI (DO, a link, a note), in the spaces before the dash, in wrapped lines, and in
whether ER is there.
"""

import re
from collections.abc import Iterable, Iterator

from rispy.config import TAG_KEY_MAPPING
from rispy.parser import RisParser

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import by_semicolons
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, head_of, unwrap
from ingest.readers.tagged import Fields, Layout, TaggedRecord, parse_fields, read_records

_TYPE = r"TY {1,3}- ?\w"
_FIRST_TYPE = re.compile(r"^[\ufeff \t]*TY(?P<gap>[ \t]{1,3})- ?\w", re.MULTILINE)
_OTHER_TAG = re.compile(r"^[ \t]*[A-Z][A-Z0-9][ \t]{1,3}-", re.MULTILINE)
_GLUED = re.compile(rf"(?P<end>ER {{1,3}}-)[\ufeff\s]*(?P<start>{_TYPE}.*)")
_MAPPING = TAG_KEY_MAPPING | {
    "CT": "title",
    "BT": "book_title",
    "ED": "secondary_authors",
    "LK": "link",
    "L3": "link",
    "U1": "user_definable1",
}
_TITLES = ("title", "primary_title", "book_title", "short_title", "translated_title")
_AUTHORS = ("authors", "first_authors")
_DATES = ("year", "publication_year", "date")
_VENUES = (
    "alternate_title3",
    "secondary_title",
    "journal_name",
    "book_title",
    "custom3",
    "alternate_title2",
    "alternate_title1",
    "tertiary_title",
)
_LINKS = ("urls", "link", "file_attachments2", "file_attachments1")
_NOTES = ("notes", "note", "type_of_work", "id")
# SciELO writes an AB for each language.
_LANGUAGE_LABEL = re.compile(
    r"\s*(?:abstract|summary|resumo|resumen|r[ée]sum[ée]|zusammenfassung|riassunto)\b",
    re.IGNORECASE,
)
_ENGLISH_LABEL = re.compile(r"\s*(?:abstract|summary)\b", re.IGNORECASE)
# EBSCO says after each.
_LANGUAGE_MARK = re.compile(
    r"(?<=[.!?。])\s?\((?P<language>[A-Z][a-z]+)\)\s*\[ABSTRACT FROM AUTHOR\]\s*$"
)
# JSTOR has them in brackets.
_BRACKETED = re.compile(r"\s*\[([^\[\]]+)\]\s*")
# EndNote runs Lens's links together.
_BETWEEN_LINKS = re.compile(r"(?<![\s;])[\s;]+(?=https?://)|\s+|(?<=\w)(?=https?://)")
_E_MAIL = re.compile(r",? [^\s,@]+@\S+$")
_PMID_FIELDS = (("scopus", "custom2"), ("embase", "custom5"), ("pmc", "user_definable1"))
_PMID = re.compile(r"\d{1,9}(?:\[pmid\])?")
_PUBMED = re.compile(r"\b(?:pubmed|medline|nlm)\b", re.IGNORECASE)


class RisReader:
    """Reads RIS records as a stream."""

    name = "ris"

    def sniff(self, source: Source) -> float:
        """Sure when a line gives a type (TY) and other lines have tags."""
        head = head_of(source)
        first = _FIRST_TYPE.search(head)
        return 1.0 if first and _OTHER_TAG.search(head, first.end()) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        first = _FIRST_TYPE.search(head_of(source))
        layout = _layout(first["gap"] if first else "  ")
        lines = _unglue(source.lines())
        nothing = Failure(source.name, None, "no RIS record; each begins with a line 'TY  - '")
        return read_records(lines, layout, lambda r: self._paper(r, source), nothing)

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure | None:
        fields = parse_fields(record, _parser(), "  - ")
        if record.tagged_lines[0][0] != "TY" and not any(_all(fields, _TITLES)):
            return None
        links = [part for link in _all(fields, _LINKS) for part in _BETWEEN_LINKS.split(link)]
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            first_filled(_all(fields, _TITLES)),
            abstract=_abstract(fields),
            authors=_authors(fields),
            dates=_all(fields, _DATES),
            venue=first_filled(_all(fields, _VENUES)),
            url=_first_url(links),
            dois=_all(fields, ("doi",)),
            pmid=_pmid(fields) or next((v for tag, v in record.values if tag == "PMID"), ""),
            hidden=(*links, *_all(fields, _NOTES)),
            keywords=[w for k in fields.get("keywords", ()) for w in re.split(r"[;\n]", k)],
        )


def _layout(gap: str) -> Layout:
    """The layout of a file whose TY lines have this gap before the dash."""
    name = r"[\ufeff \t]{0,8}(?P<tag>[A-Z][A-Z0-9]{1,3})"
    tag = rf"{name}(?:{gap}-(?: ?(?P<value>.*))|(?<=ER) ?-?\s*)$"
    return Layout(re.compile(tag, re.DOTALL), frozenset({"TY"}), frozenset({"ER"}))


def _unglue(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Part an end from the start that follows it on one line, as joined files have it."""
    for number, line in lines:
        if glued := _GLUED.match(line):
            yield number, glued["end"]
            yield number, glued["start"]
        else:
            yield number, line


def _parser() -> RisParser:
    return RisParser(
        mapping=_MAPPING,
        list_tags=list(_MAPPING),
        delimiter_tags_mapping={},
        skip_unknown_tags=True,
    )


def _all(fields: Fields, names: Iterable[str]) -> list[str]:
    return [value for name in names for value in fields.get(name, ())]


def _abstract(fields: Fields) -> str:
    """All paragraphs; of abstracts in several languages, each labelled in its own, the English."""
    for name in ("abstract", "notes_abstract"):
        texts = [text for text in fields.get(name, ()) if text.strip()]
        if len(texts) > 1 and all(map(_LANGUAGE_LABEL.match, texts)):
            return unwrap(next(filter(_ENGLISH_LABEL.match, texts), texts[0]))
        if texts:
            return unwrap("\n\n".join(_in_one_language(texts)))
    return ""


def _in_one_language(texts: list[str]) -> list[str]:
    """Of abstracts that end in their language the English, else the first; any other as it is.

    What follows the last of them is a notice.
    """
    by_language: dict[str, list[str]] = {}
    part: list[str] = []
    for text in texts:
        mark = _LANGUAGE_MARK.search(text)
        part.append(text[: mark.start()] if mark else text)
        if mark:
            by_language[mark["language"]] = part
            part = []
    if by_language:
        return by_language.get("English") or next(iter(by_language.values()))
    bracketed = _BRACKETED.fullmatch(texts[0])
    return [bracketed[1]] if bracketed and len(texts) == 1 else texts


def _authors(fields: Fields) -> list[str]:
    """The authors; of an edited work without any, its editors."""
    names = (_names(_all(fields, tags)) for tags in (_AUTHORS, ("secondary_authors",)))
    return next(filter(None, names), [])


def _names(lines: Iterable[str]) -> list[str]:
    return [_E_MAIL.sub("", name) for line in lines for name in by_semicolons(line)]


def _first_url(links: Iterable[str]) -> str:
    return next((link for link in links if link.startswith(("http://", "https://"))), "")


def _pmid(fields: Fields) -> str:
    """The accession number if the database is PubMed; Scopus and Embase have PubMed's elsewhere."""
    database = " ".join(_all(fields, ("name_of_database", "database_provider")))
    for name, field in _PMID_FIELDS:
        if name in database.lower():
            return next(filter(_PMID.fullmatch, fields.get(field, ())), "")
    return first_filled(fields.get("accession_number", ())) if _PUBMED.search(database) else ""
