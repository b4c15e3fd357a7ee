"""DBLP's XML: its dump, a person's page, one record, a search. No abstracts, but ids and venues.

DBLP writes letters by HTML's names (`&uuml;`), as its DTD declares them
(https://dblp.org/xml/docu/dblpxml.pdf).
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, texts


class DblpXmlReader(XmlReader):
    """Reads publications."""

    name = "dblp-xml"
    mark = re.compile(r"<dblp(?:person)?\b|<hits\b[^>]*>\s*<hit\b[^>]*>\s*<info>")
    records = frozenset(
        {"article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book"}
        | {"info"}
    )

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper; a link cut by a space may end in the DOI of a whole book, and is none."""
        links = [link for link in texts(record, "ee") if " " not in link]
        return build_paper(
            ref,
            first_text(record, "title").removesuffix("."),
            authors=texts(record, "author", "authors/author"),
            dates=texts(record, "year"),
            venue=first_text(record, "journal", "booktitle", "school", "venue"),
            url=next(iter(links), ""),
            dois=texts(record, "doi"),
            hidden=links,
        )
