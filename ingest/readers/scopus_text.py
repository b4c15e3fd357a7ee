"""Scopus's export as plain text: the head of a record by position, the rest by labels.

Authors, since 2023 with a line of their full names, their ids, the title, the citation that begins
with the year in brackets; then `DOI:`, `ABSTRACT:` and other labels, at last `SOURCE: Scopus`.
"""

import re
from collections.abc import Iterator

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, head_of

_HEAD = re.compile(r"\ufeff?Scopus\s*\nEXPORT DATE:", re.IGNORECASE)
_END = re.compile(r"SOURCE: Scopus\s*", re.IGNORECASE)
# A venue may have commas; what follows it is a volume or says what it is.
_CITATION = re.compile(
    r"\((?P<year>(?:1[5-9]|20)\d\d)\) (?P<venue>.+?)"
    r"(?:\.?\s*$|, (?:[^ ,]*\d|\.|Article in |Part |art\. no|pp?\. |Cited ).*)"
)
_LONGEST_CITATION = 1_000
_LABEL = re.compile(r"(?P<label>[A-Z][A-Z ]{2,60}): ?(?P<value>.*)")
_FULL_NAMES = re.compile(r"AUTHOR FULL NAMES: (?P<names>.*)")
_IDS = re.compile(r"[\d;,\s]+")


class ScopusTextReader:
    """Reads records as a stream."""

    name = "scopus-text"

    def sniff(self, source: Source) -> float:
        """Sure by the two lines with which the file begins; Scopus's BibTeX begins so, too."""
        head = head_of(source)
        return 1.0 if _HEAD.match(head) and "\n@" not in head else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        found = False
        for line, lines in _records(source):
            found = True
            yield _paper(lines, SourceRef(file=source.name, line=line, reader=self.name))
        if not found:
            yield Failure(source.name, None, "no record; each ends with 'SOURCE: Scopus'")


def _records(source: Source) -> Iterator[tuple[int, list[str]]]:
    start, held = 0, list[str]()
    for number, line in source.lines():
        text = line.strip("\ufeff \t")
        if _END.fullmatch(text):
            yield start, held
            held = []
        elif text and not (number < 3 and _HEAD.match(f"{text}\nEXPORT DATE:")):
            if text.startswith("EXPORT DATE:") and not held:
                continue
            start = start if held else number
            held.append(text)
    if held:
        yield start, held


def _paper(lines: list[str], ref: SourceRef) -> Paper | Failure:
    cited = [_CITATION.match(line[:_LONGEST_CITATION]) for line in lines]
    at = next((n for n, found in enumerate(cited) if found), 0)
    citation = cited[at]
    head = [line for line in lines[: max(at - 1, 0)] if not _IDS.fullmatch(line)]
    full_names = next(filter(None, map(_FULL_NAMES.match, head)), None)
    labelled = {m["label"]: m["value"] for m in map(_LABEL.match, lines[at:]) if m}
    return build_paper(
        ref,
        lines[at - 1] if at else "",
        abstract=labelled.get("ABSTRACT", ""),
        authors=split_authors(f"{full_names['names']};" if full_names else "".join(head[:1])),
        dates=[citation["year"]] if citation else [],
        venue=citation["venue"] if citation else "",
        url=next((line for line in lines if line.startswith("http")), ""),
        dois=[labelled.get("DOI", "")],
        keywords=labelled.get("AUTHOR KEYWORDS", "").split(";"),
    )
