"""MEDLINE as PubMed and its mirrors export it (.nbib, .txt, often named .ris).

Tags of up to four letters, a dash in the fifth column, values from the seventh; wrapped lines are
indented by six spaces (National Library of Medicine, "MEDLINE/PubMed Data Element (Field)
Descriptions").
"""

import re
from collections.abc import Iterator

from rispy.parser import RisParser

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, unwrap
from ingest.readers.tagged import Fields, Layout, TaggedRecord, parse_fields, tagged_records

_PMID_LINE = re.compile(r"^\ufeff?PMID *- ?\d", re.MULTILINE)
_OTHER_TAG = re.compile(r"^(?:TI  |AB  |OWN |STAT|FAU |JT  )- ", re.MULTILINE)
_TAG = re.compile(r"\ufeff?(?P<tag>(?=[A-Z0-9 ]{4}-)[A-Z][A-Z0-9]{1,3}) *-(?: (?P<value>.*))?$")
_DOI = re.compile(r"(10\.\S+)\s*\[doi\]")
_MAPPING = {
    "PMID": "pmid",
    "TI": "title",
    "BTI": "book_title",
    "TT": "transliterated_title",
    "AB": "abstract",
    "FAU": "full_authors",
    "AU": "authors",
    "CN": "corporate_authors",
    "DP": "date",
    "DEP": "electronic_date",
    "EDAT": "entry_date",
    "JT": "journal",
    "TA": "journal_abbreviation",
    "LID": "location",
    "AID": "article_id",
    "MH": "mesh",
    "OT": "keywords",
    "UK": "unknown_tag",
    "ER": "end",
}


class _MedlineParser(RisParser):
    """rispy's parser for four-letter tags; the end tag is ours, as MEDLINE has none."""

    START_TAG = "PMID"
    DEFAULT_MAPPING = _MAPPING
    DEFAULT_LIST_TAGS = list(_MAPPING)
    DEFAULT_DELIMITER_MAPPING: dict[str, str] = {}  # noqa: RUF012

    def parse_line(self, line: str) -> tuple[str, str]:
        """Part the tag from its value."""
        tag, _, value = line.partition("- ")
        return tag, value


class MedlineReader:
    """Reads MEDLINE records as a stream."""

    name = "medline"

    def sniff(self, source: Source) -> float:
        """Sure when a line gives a PubMed id and other lines have MEDLINE's tags."""
        head = source.head_text
        return 1.0 if _PMID_LINE.search(head) and _OTHER_TAG.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        numbered = _PMID_LINE.search(source.head_text) is not None
        layout = Layout(_TAG, frozenset({"PMID"}), blank_ends=not numbered)
        count = 0
        for count, record in enumerate(tagged_records(source.lines(), layout), 1):
            yield self._paper(record, source)
        if not count:
            yield Failure(source.name, None, "no MEDLINE record; each begins with a line 'PMID- '")

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        fields = parse_fields(record, _MedlineParser(skip_unknown_tags=True), "- ")
        pmid = first_filled(fields["pmid"])
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            _first(fields, "title", "book_title", "transliterated_title"),
            abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
            authors=[
                *(fields.get("full_authors") or fields.get("authors", ())),
                *fields.get("corporate_authors", ()),
            ],
            dates=[_first(fields, name) for name in ("date", "electronic_date", "entry_date")],
            venue=_first(fields, "journal", "journal_abbreviation"),
            url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else "",
            dois=[m[1] for m in map(_DOI.search, _locations(fields)) if m],
            pmid=pmid,
            keywords=[w.replace("*", "") for n in ("keywords", "mesh") for w in fields.get(n, ())],
        )


def _first(fields: Fields, *names: str) -> str:
    return first_filled(value for name in names for value in fields.get(name, ()))


def _locations(fields: Fields) -> list[str]:
    return [*fields.get("location", ()), *fields.get("article_id", ())]
