"""The ACL Anthology's own XML (https://github.com/acl-org/acl-anthology): volumes and their papers.

A volume's title, year and address stand once, before its papers.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import first_text, text_in, texts, xml_records

_MARK = re.compile(r"<collection\b[^>]*>\s*<volume\b")
_PAGE = "https://aclanthology.org"


class AclXmlReader:
    """Reads papers; what stands before them in their volume is kept while they are read."""

    name = "acl-xml"

    def sniff(self, source: Source) -> float:
        """Sure when a collection has a volume."""
        return 1.0 if _MARK.search(source.head_text) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the papers; front matter, which has a tag of its own, is none."""
        volume = Element("meta")
        found = False
        for item in xml_records(source, frozenset({"meta", "paper"})):
            if isinstance(item, Failure):
                yield item
                continue
            line, element = item
            if element.tag == "meta":
                volume = element
                continue
            found = True
            yield _paper(element, volume, SourceRef(file=source.name, line=line, reader=self.name))
        if not found:
            yield Failure(source.name, None, "no paper in this XML")


def _paper(paper: Element, volume: Element, ref: SourceRef) -> Paper | Failure:
    for formula in paper.iter("tex-math"):
        formula.text = f"${text_in(formula)}$"
    page = first_text(paper, "url")
    return build_paper(
        ref,
        first_text(paper, "title"),
        abstract=first_text(paper, "abstract"),
        authors=[" ".join(texts(a, "first", "last")) for a in paper.iterfind("author")],
        dates=[*texts(paper, "year"), *texts(volume, "year")],
        venue=first_text(volume, "booktitle"),
        url=page if page.startswith("http") or not page else f"{_PAGE}/{page}/",
        dois=texts(paper, "doi"),
    )
