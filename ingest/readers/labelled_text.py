"""Plain-text exports that put a label before each value.

Ovid, Cochrane, ProQuest, EBSCO, RefWorks, CNKI and NoteExpress write them.

They differ in how a label is written and in what opens a record; what the labels mean is much the
same. Only labels that are known are taken for one, as sections of an abstract look alike
(`METHODS: ...`), but for those of two letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import by_semicolons, split_authors
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, head_of, unwrap
from ingest.readers.tagged import (
    Fields,
    Layout,
    TaggedRecord,
    first_of,
    name_fields,
    read_records,
)

_FIELDS = {
    "title": ("TI", "T1", "Title"),
    "book": ("T2",),
    "abstract": ("AB", "Abstract"),
    "full_authors": ("FA", "Authors Full Name"),
    "authors": ("AU", "A1", "Author", "Authors"),
    "year": ("YR", "PY", "Year of Publication", "Publication year", "Publication date"),
    "date": ("PD", "FD", "DP", "Publication Date", "Date of Publication"),
    "status": ("Status",),
    "journal": ("JN", "JF", "JT", "JO", "Publication title", "Journal Name"),
    "source": ("SO", "Source"),
    "doi": ("DO", "DI", "DOI", "DOI Number", "Digital Object Identifier", "ID"),
    "pmid": ("PM",),
    "accession": ("UI", "Unique Identifier", "Accession Number"),
    "database": ("DB", "Database"),
    "urls": ("UR", "US", "LK", "UL", "Document URL", "Link to the Ovid Full Text or citation"),
    "keywords": ("K1", "KW", "DE", "Subject", "Keyword Heading", "Key Words", "Author Keywords"),
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels}
# Labels of no use here, which yet end the value before them.
_OTHERS = (
    *("Institution", "Correspondence Address", "Publication Type", "Publication info", "Publisher"),
    *("Language", "Country of Publication", "Place of publication", "ISSN", "ISBN", "Links"),
    *(
        "Document type",
        "Copyright",
        "ProQuest document ID",
        "Last updated",
        "Company / organization",
    ),
    *("MeSH Subject Headings", "Subject Headings", "Entry Date", "Full text", "Volume", "Issue"),
    *("Journal Abbreviation", "Version ID", "Status", "Authors Email", "Date Created", "Pages"),
)
_LABELS = "|".join(
    sorted((label for label in (*_FIELD_OF, *_OTHERS) if len(label) > 2), key=len, reverse=True)
)
# Labels of CNKI and NoteExpress, which in the others' abstracts may be headings.
_FIELD_OF |= {
    "Summary": "abstract",
    "Year": "year",
    "PubTime": "date",
    "Journal": "journal",
    "URL": "urls",
    "Link": "urls",
    "Keyword": "keywords",
    "Keywords": "keywords",
}
_PUBMED = re.compile(r"pubmed|medline", re.IGNORECASE)
# `Kites. 3(1):1-9, 2019`, `Kites 3(1)`, `Kites January/February 2019;3(1)`, `Kites, 2019(1)`.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_JOURNAL = re.compile(
    rf"[^.(;]{{2,200}}?(?=[.(;]|$|,? (?:{_MONTH}\W){{0,2}}(?:19|20)\d\d(?:[.,;(]|$)| \d+\()"
)
_EDITORS = re.compile(r"\A.*\[Editor[^\[\]]*\]\. ", re.DOTALL)
# What Ovid adds to names and titles: roles, marks of affiliations, degrees, kinds of paper.
_ROLE = re.compile(r" ?\[(?:[^\[\]]*\b(?:Author|Inventor|Editor)\b|E-mail:)[^\[\]]*\]")
_AFFILIATION = re.compile(r" (?:[\d*+#,]|\[[A-Z]\])+$")
_DEGREE = r"(?:(?:M\.?D|Ph\.?D|FA[A-Z]{2,3})\b\.?)"
_DEGREES = re.compile(rf"(?<=, )([^,]*?[a-z.])(?:,? {_DEGREE})+$")
_FULL_STOP = re.compile(r"(?<![A-Z])\.$")
_KIND_OF_PAPER = re.compile(r"(?<=[.?!])\s*\[[A-Z][a-z]+(?:[ :/&-]{1,2}\w+){0,3}\]$")


_CNKI = re.compile(
    r"\ufeff?(?P<tag>DataType(?=: \d)|[A-Z][A-Za-z]+(?=-[^\x00-\x7f]+:|-DOI:))[^:]*: ?"
    r"(?P<value>.*)$"
)


@dataclass(frozen=True)
class Dialect:
    """A tool's way of writing labels; `mark` tells it."""

    mark: re.Pattern[str]
    layout: Layout


_DIALECTS = (
    Dialect(  # Ovid, "Reprint/Medline"
        re.compile(r"^VN  - Ovid", re.MULTILINE),
        Layout(
            re.compile(r"(?P<tag><(?=\d+\. >)|[A-Z][A-Z0-9](?=  - ))(?:  - )?(?P<value>.*)$"),
            frozenset({"VN"}),
            frozenset({"<"}),
        ),
    ),
    Dialect(  # Ovid, "Citation": a label on a line, its value on the next, indented
        re.compile(r"^<\d+>\s*\n[A-Z][^\n]*\n +\S", re.MULTILINE),
        Layout(
            re.compile(r"(?P<tag><(?=\d+>\s*$)|[A-Z][^.,:;]{1,50}\b(?=\W*$))(?P<value>)"),
            frozenset({"<"}),
        ),
    ),
    Dialect(  # Cochrane Library
        re.compile(r"^Record #\d+ of \d+\s*\n(?:ID|TI|AU): ", re.MULTILINE),
        Layout(
            re.compile(r"(?P<tag>Record #(?=\d)|[A-Z]{2,3}(?=: ))(?:: )?(?P<value>.*)$"),
            frozenset({"Record #"}),
        ),
    ),
    Dialect(  # ProQuest
        re.compile(r"^Document \d+ of \d+\s*$", re.MULTILINE),
        Layout(
            re.compile(
                rf"(?P<tag>Document(?= \d+ of \d+\s*$)|(?:{_LABELS})(?=:(?:\s|$)))(?::\s?)?"
                r"(?P<value>.*)$"
            ),
            frozenset({"Document"}),
        ),
    ),
    Dialect(  # RefWorks
        re.compile(r"^\ufeff?RT [A-Z].*\n(?:[A-Z][A-Z0-9] .*\n)+", re.MULTILINE),
        Layout(re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9]) (?P<value>.*)$"), frozenset({"RT"})),
    ),
    Dialect(  # EBSCO, "Generic bibliographic"
        re.compile(r"^TI- .*\n(?:[A-Z]{2}- .*\n)+", re.MULTILINE),
        Layout(re.compile(r"(?P<tag>[A-Z]{2})- (?P<value>.*)$"), frozenset(), blank_ends=True),
    ),
    Dialect(  # CNKI, "E-Study"
        re.compile(r"^\ufeff?DataType: \d+\s*\nTitle-题名:", re.MULTILINE),
        Layout(_CNKI, frozenset({"DataType"})),
    ),
    Dialect(  # CNKI, its own choice of fields
        re.compile(r"^\ufeff?SrcDatabase-来源库:.*\nTitle-题名:", re.MULTILINE),
        Layout(_CNKI, frozenset({"SrcDatabase"})),
    ),
    Dialect(  # NoteExpress, as CNKI, Wanfang and VIP write it
        re.compile(r"^\ufeff?\{Reference Type\}:", re.MULTILINE),
        Layout(
            re.compile(r"\ufeff?\{(?P<tag>[A-Z][\w/ ]*)\}: ?(?P<value>.*)$"),
            frozenset({"Reference Type"}),
        ),
    ),
)


class LabelledTextReader:
    """Reads the records of these tools as a stream."""

    name = "labelled-text"

    def sniff(self, source: Source) -> float:
        """Nearly sure where a tool's way of opening a record is met."""
        return 0.9 if _dialect(source) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        nothing = Failure(source.name, None, "no record with labels that are known")
        dialect = _dialect(source)
        if dialect is None:
            return iter((nothing,))
        return read_records(
            source.lines(), dialect.layout, lambda record: _paper(record, source), nothing
        )


def _dialect(source: Source) -> Dialect | None:
    head = head_of(source)
    return next((dialect for dialect in _DIALECTS if dialect.mark.search(head)), None)


def _paper(record: TaggedRecord, source: Source) -> Paper | Failure:
    fields = name_fields(record, _FIELD_OF)
    urls = fields.get("urls", [])
    return build_paper(
        SourceRef(file=source.name, line=record.line, reader=LabelledTextReader.name),
        _KIND_OF_PAPER.sub("", unwrap(first_of(fields, "title"))),
        abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
        authors=_authors(fields),
        dates=[first_of(fields, name) for name in ("year", "date", "source", "status")],
        venue=_venue(fields),
        url=next(iter(first_filled(urls).split()), ""),
        dois=fields.get("doi", []),
        pmid=_pmid(fields),
        hidden=urls,
        keywords=[w for k in fields.get("keywords", ()) for w in re.split(r"[;\n]", k)],
    )


def _authors(fields: Fields) -> list[str]:
    cells = fields.get("full_authors") or fields.get("authors", [])
    names = (_bare(name) for cell in cells for name in by_semicolons(_ROLE.sub("", cell)))
    return [part for name in names for part in split_authors(_closed(name))]


def _closed(name: str) -> str:
    """A semicolon after what holds one comma or none: it is one name, `van Dijk, Jan Willem`."""
    return name if name.count(",") > 1 else f"{name};"


def _bare(name: str) -> str:
    """A name without the marks of its affiliations and its degrees."""
    return _FULL_STOP.sub("", _DEGREES.sub(r"\1", _AFFILIATION.sub("", name)))


def _venue(fields: Fields) -> str:
    """The journal or book; else the citation from its editors as far as its volume or date."""
    cited = _JOURNAL.match(_EDITORS.sub("", first_of(fields, "source").strip()))
    return first_of(fields, "journal", "book") or (cited.group() if cited else "")


def _pmid(fields: Fields) -> str:
    in_pubmed = _PUBMED.search(first_of(fields, "database"))
    return first_of(fields, "pmid") or (first_of(fields, "accession") if in_pubmed else "")
