"""PubMed's abstracts as plain text (Save, Format: Abstract).

A record is a number and the citation, then paragraphs: the title, the authors, their addresses,
notices, the abstract, and the ids. Lines are wrapped at 80 characters; records stand two blank
lines apart.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, head_of

_START = re.compile(r"\ufeff?\d{1,6}\. (?P<citation>\S.*)")
_IN_HEAD = re.compile(r"\A\s*\ufeff?\s*1\. \S")
_PMID = re.compile(r"^PMID: (\d+)", re.MULTILINE)
_DOI = re.compile(r"^DOI: (10\.\S+)", re.MULTILINE)
_CITED_DOI = re.compile(r"\bdoi: (10\.\S+)")
_AUTHORS = re.compile(
    r"[^\W\d_][\w'’ .-]* [A-ZÀ-Þ]{1,4}(?: (?:Jr|Sr|\dnd|\drd))?(?:\([^()]*\))*(?:[,;] .*|\.)?",
    re.DOTALL,
)
_AFTER_AUTHORS = ("Author information:", "Collaborators:")
_MARKS = re.compile(r"\([^()]*\)")
_NOTICE = re.compile(
    r"Author information:|Collaborators:"
    r"|(?:Comment|Erratum|Update|Retraction|Republished) (?:in|on|of)\b"
    r"|Expression of concern|Summary for patients|Corrected and republished|Copyright|©|\(c\)"
    r"|DOI:|PMC?ID:|Conflict of interest|Publisher:|\[(?:Article in|No authors) |PubMed Disclaimer",
    re.IGNORECASE,
)
_LONGEST_CITATION = 1_000
_CITATION = re.compile(r"(?P<venue>.+?)\. (?P<rest>.*(?:1[5-9]|20)\d\d.*)", re.DOTALL)


class _Paragraph(NamedTuple):
    line: int
    text: str


class PubmedTextReader:
    """Reads numbered records."""

    name = "pubmed-text"

    def sniff(self, source: Source) -> float:
        """Nearly sure when the text begins with number 1 and gives a PubMed id."""
        head = head_of(source)
        return 0.9 if _IN_HEAD.match(head) and _PMID.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        found = False
        for paragraphs in _records(source):
            found = True
            yield _paper(paragraphs, source)
        if not found:
            yield Failure(source.name, None, "no record; each begins with its number and journal")


def _records(source: Source) -> Iterator[list[_Paragraph]]:
    """The paragraphs of each record; a number opens one at the start or after two blank lines."""
    paragraphs: list[_Paragraph] = []
    held: list[str] = []
    start, blanks = 0, 2
    for number, line in source.lines():
        if not line.strip():
            if held:
                paragraphs.append(_Paragraph(start, "\n".join(held)))
            held, blanks = [], blanks + 1
            continue
        if blanks > 1 and _START.match(line):
            if paragraphs:
                yield paragraphs
            paragraphs = []
        start, blanks = start if held else number, 0
        held.append(line)
    if held:
        paragraphs.append(_Paragraph(start, "\n".join(held)))
    if paragraphs:
        yield paragraphs


def _paper(paragraphs: list[_Paragraph], source: Source) -> Paper | Failure:
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    first, *rest = paragraphs
    numbered = _START.match(first.text)
    citation = " ".join((first.text[numbered.start("citation") :] if numbered else "").split())
    title = rest[0].text if rest else ""
    authors = _authors_of([paragraph.text for paragraph in rest[1:4]])
    body = [p.text for p in rest[1:] if p.text != authors and not _NOTICE.match(p.text)]
    pmid, doi = _PMID.search(whole), _DOI.search(whole) or _CITED_DOI.search(citation)
    cited = _CITATION.match(citation[:_LONGEST_CITATION])
    return build_paper(
        SourceRef(file=source.name, line=first.line, reader=PubmedTextReader.name),
        " ".join(title.split()),
        abstract="\n".join(map(_joined, body)),
        authors=_names(authors),
        dates=[cited["rest"] if cited else citation],
        venue=cited["venue"] if cited else "",
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid[1]}/" if pmid else "",
        dois=[doi[1]] if doi else [],
        pmid=pmid[1] if pmid else "",
    )


def _authors_of(after_title: list[str]) -> str:
    """The paragraph of people's names, or the one before addresses, as of a group alone."""
    for text, following in zip(after_title[:2], (*after_title[1:], ""), strict=False):
        if _NOTICE.match(text):
            continue
        if _AUTHORS.fullmatch(" ".join(text.split())) or following.startswith(_AFTER_AUTHORS):
            return text
    return ""


def _names(authors: str) -> list[str]:
    """People, parted by commas, then groups, each after a semicolon; or a group alone."""
    first, *groups = _MARKS.sub("", authors).split(";")
    people = first.split(",") if _AUTHORS.fullmatch(" ".join(first.split())) else [first]
    return [" ".join(name.split()).strip(" .") for name in (*people, *groups)]


def _joined(paragraph: str) -> str:
    """A paragraph with its wrapped lines joined; labelled sections keep their lines."""
    lines: list[str] = []
    for line in paragraph.split("\n"):
        if lines and not re.match(r"[A-Z][A-Z /&,-]{3,60}: ", line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return "\n".join(lines)
