"""Zotero's RDF: items, and beside them the journals that they name by reference.

The vocabularies are bibo's forerunner (`bib:`), Dublin Core and FOAF. An item's DOI stands with the
issue of its journal.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import first_text, texts, xml_records

_MARK = re.compile(r"<rdf:RDF\b(?=[\s\S]{0,2000}zotero\.org)")
_ITEMS = frozenset(
    {"Article", "Document", "Book", "BookSection", "Thesis", "Report", "Manuscript", "Description"}
    | {"Recording", "Letter", "Patent", "Legislation", "Data", "Image", "Illustration"}
)
_VENUES = frozenset({"Journal", "Series", "Newspaper", "Periodical", "Issue", "CourtReporter"})
_NO_PAPERS = frozenset({"attachment", "note", "annotation"})
_PARTS = ("isPartOf/*", "presentedAt/*")
_PERSONS = "Seq/li/Person"
_NO_ITEM = "no item in this RDF; export it from Zotero as Zotero RDF, CSL JSON or RIS"


class ZoteroRdfReader:
    """Reads items; the whole file is held, since journals may follow their articles."""

    name = "zotero-rdf"

    def sniff(self, source: Source) -> float:
        """Sure when RDF names Zotero's vocabulary."""
        return 1.0 if _MARK.search(source.head_text) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the items; one failure if there is none."""
        items: list[tuple[int, Element]] = []
        venues: dict[str, Element] = {}
        failures: list[Failure] = []
        for found in xml_records(source, _ITEMS | _VENUES):
            if isinstance(found, Failure):
                failures.append(found)
            elif found[1].tag in _VENUES:
                venues[found[1].get("about", "")] = found[1]
            elif first_text(found[1], "itemType") not in _NO_PAPERS:
                items.append(found)
        for line, item in items:
            ref = SourceRef(file=source.name, line=line, reader=self.name)
            yield _paper(item, [item, *_parts(item, venues)], ref)
        yield from failures
        if not items and not failures:
            yield Failure(source.name, None, _NO_ITEM)


def _parts(item: Element, venues: dict[str, Element]) -> list[Element]:
    """The journal or book of an item: within it, or by reference."""
    named = (part.get("resource", "") for part in item.iterfind("isPartOf"))
    within = [part for path in _PARTS for part in item.iterfind(path)]
    return [*within, *(venues[name] for name in named if name in venues)]


def _paper(item: Element, places: list[Element], ref: SourceRef) -> Paper | Failure:
    """Make a paper; edited works without authors have their editors."""
    people = item.findall(f"authors/{_PERSONS}") or item.findall(f"editors/{_PERSONS}")
    identifiers = [text for place in places for text in texts(place, "identifier")]
    return build_paper(
        ref,
        first_text(item, "title"),
        abstract=unwrap(first_text(item, "abstract")),
        authors=[_name(person) for person in people],
        dates=texts(item, "date", "dateSubmitted"),
        venue=next((t for place in places[1:] for t in texts(place, "title")), ""),
        url=first_text(item, "identifier/URI/value"),
        dois=[text for text in identifiers if text.startswith("DOI")],
        hidden=[*identifiers, item.get("about", ""), *texts(item, "description")],
        keywords=texts(item, "subject"),
    )


def _name(person: Element) -> str:
    return " ".join(texts(person, "givenName", "givenname", "surname"))
