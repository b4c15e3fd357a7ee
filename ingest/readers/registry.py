"""The list of readers and the choice among them."""

import re
from collections.abc import Mapping, Sequence

from ingest.errors import SourceError
from ingest.readers.acl_xml import AclXmlReader
from ingest.readers.arxiv_atom import ArxivAtomReader
from ingest.readers.base import Reader, Source
from ingest.readers.bibtex import BibtexReader
from ingest.readers.crossref_xml import CrossrefXmlReader
from ingest.readers.csl_json import CslJsonReader
from ingest.readers.csv_table import CsvReader
from ingest.readers.dblp_xml import DblpXmlReader
from ingest.readers.embase_rows import EmbaseRowsReader
from ingest.readers.endnote_xml import EndNoteXmlReader
from ingest.readers.europepmc_xml import EuropePmcXmlReader
from ingest.readers.hf_papers import HfPapersReader
from ingest.readers.jats import JatsReader
from ingest.readers.jsonl import JsonlReader
from ingest.readers.labelled_text import LabelledTextReader
from ingest.readers.marc_xml import MarcXmlReader
from ingest.readers.medline import MedlineReader
from ingest.readers.mods import ModsReader
from ingest.readers.oai import OaiReader
from ingest.readers.openalex import OpenAlexReader
from ingest.readers.openreview import OpenReviewReader
from ingest.readers.plain_json import PlainJsonReader
from ingest.readers.pubmed_text import PubmedTextReader
from ingest.readers.pubmed_xml import PubmedXmlReader
from ingest.readers.refer import ReferReader
from ingest.readers.ris import RisReader
from ingest.readers.scopus_text import ScopusTextReader
from ingest.readers.semantic_scholar import SemanticScholarReader
from ingest.readers.tei import TeiReader
from ingest.readers.wos import WosReader
from ingest.readers.zotero_json import ZoteroJsonReader
from ingest.readers.zotero_rdf import ZoteroRdfReader

_XML_ROOT = re.compile(r"[\ufeff\s]*(?:<[?!][^<>]*>\s*)*<([\w:.-]{1,60})[\s/>]")
_WEB_PAGE = re.compile(r"[\ufeff\s]*(?:<!doctype html|<html)\b", re.IGNORECASE)

READERS: tuple[Reader, ...] = (
    JsonlReader(),
    ZoteroJsonReader(),
    CslJsonReader(),
    OpenAlexReader(),
    SemanticScholarReader(),
    OpenReviewReader(),
    PlainJsonReader(),
    ArxivAtomReader(),
    PubmedXmlReader(),
    EndNoteXmlReader(),
    JatsReader(),
    EuropePmcXmlReader(),
    ModsReader(),
    MarcXmlReader(),
    TeiReader(),
    OaiReader(),
    CrossrefXmlReader(),
    DblpXmlReader(),
    AclXmlReader(),
    ZoteroRdfReader(),
    RisReader(),
    MedlineReader(),
    WosReader(),
    ReferReader(),
    LabelledTextReader(),
    PubmedTextReader(),
    ScopusTextReader(),
    BibtexReader(),
    EmbaseRowsReader(),
    CsvReader(),
    HfPapersReader(),
)


def readers_for(columns: Mapping[str, str] | None) -> tuple[Reader, ...]:
    """All readers, the one of CSV with columns named by field; SourceError if no such field."""
    if not columns:
        return READERS
    csv = CsvReader(columns)
    return tuple(csv if reader.name == csv.name else reader for reader in READERS)


def reader_named(name: str, readers: Sequence[Reader] = READERS) -> Reader:
    """The reader of that name; SourceError lists the names there are."""
    for reader in readers:
        if reader.name == name:
            return reader
    raise SourceError(f"no format {name!r}; known: auto, {', '.join(r.name for r in READERS)}")


def detect(source: Source, readers: Sequence[Reader] = READERS) -> Reader:
    """The reader whose sniff is surest; SourceError if the source is empty, binary or unknown."""
    if not source.head.strip():
        raise SourceError(f"{source.name}: the file is empty")
    if source.looks_binary:
        raise SourceError(
            f"{source.name}: binary data; export the papers as text (JSONL, for example) instead"
        )
    if _WEB_PAGE.match(source.head_text):
        raise SourceError(f"{source.name}: a web page; save its text, or export the papers from it")
    best = max(readers, key=lambda reader: reader.sniff(source))
    if best.sniff(source) <= 0:
        names = ", ".join(r.name for r in READERS)
        if root := _XML_ROOT.match(source.head_text):
            raise SourceError(
                f"{source.name}: XML of <{root[1]}>, which no reader takes; export the papers as"
                f" RIS or BibTeX, or name the format with --format ({names})"
            )
        raise SourceError(
            f"{source.name}: no papers recognised; name the format with --format ({names})"
        )
    return best
