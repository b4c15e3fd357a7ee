"""MEDLINE as PubMed and its mirrors export it (.nbib, .txt, often named .ris).

Tags of up to four letters, a dash in the fifth column, values from the seventh; wrapped lines are
indented by six spaces (National Library of Medicine, "MEDLINE/PubMed Data Element (Field)
Descriptions"). ERIC writes the same without PubMed ids: `OWN - ERIC`.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, head_of, unwrap
from ingest.readers.tagged import Layout, TaggedRecord, first_of, name_fields, read_records

_PMID_LINE = re.compile(r"^\ufeff?PMID *- ?\d", re.MULTILINE)
_ERIC_LINE = re.compile(r"^\ufeff?OWN +- ERIC\s*$", re.MULTILINE)
_OTHER_TAG = re.compile(r"^(?:TI  |AB  |OWN |STAT|FAU |JT  )- ", re.MULTILINE)
_TAG = re.compile(r"\ufeff?(?P<tag>(?=[A-Z0-9 ]{4} ?-)[A-Z][A-Z0-9]{1,3}) *-(?: (?P<value>.*))?$")
_DOI = re.compile(r"(?<!\S)(10\.\S+)\s{0,3}\[doi\]")
_NAMES = {
    "PMID": "pmid",
    "TI": "title",
    "BTI": "book_title",
    "TT": "transliterated_title",
    "AB": "abstract",
    "OAB": "other_abstract",
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
}


class MedlineReader:
    """Reads MEDLINE records as a stream."""

    name = "medline"

    def sniff(self, source: Source) -> float:
        """Sure when a line gives a PubMed id or names ERIC and other lines have MEDLINE's tags."""
        head = head_of(source)
        owned = _PMID_LINE.search(head) or _ERIC_LINE.search(head)
        return 1.0 if owned and _OTHER_TAG.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        numbered = _PMID_LINE.search(head_of(source)) is not None
        start = "PMID" if numbered else "OWN"
        layout = Layout(_TAG, frozenset({start}), blank_ends=not numbered)
        nothing = Failure(source.name, None, "no MEDLINE record; each begins with a line 'PMID- '")
        return read_records(source.lines(), layout, lambda r: self._paper(r, source), nothing)

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        fields = name_fields(record, _NAMES)
        pmid = first_of(fields, "pmid")
        locations = fields.get("location", []) + fields.get("article_id", [])
        abstracts = fields.get("abstract") or fields.get("other_abstract", [])
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            first_of(fields, "title", "book_title", "transliterated_title"),
            abstract=unwrap("\n\n".join(abstracts)),
            authors=[
                *(fields.get("full_authors") or fields.get("authors", [])),
                *fields.get("corporate_authors", []),
            ],
            dates=[first_of(fields, name) for name in ("date", "electronic_date", "entry_date")],
            venue=first_of(fields, "journal", "journal_abbreviation"),
            url=_url(pmid, locations),
            dois=[m[1] for m in map(_DOI.search, locations) if m],
            pmid=pmid,
            hidden=locations,
            keywords=[w.replace("*", "") for n in ("keywords", "mesh") for w in fields.get(n, ())],
        )


def _url(pmid: str, locations: Iterable[str]) -> str:
    """The paper's page in PubMed, else the first link given for it."""
    if pmid.isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return next((link for link in locations if link.startswith(("http://", "https://"))), "")
