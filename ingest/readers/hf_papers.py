"""The text of a saved Hugging Face *Papers* page.

Paragraphs are parted by blank lines, or by line breaks where an abstract is on one line: page
furniture, then the title of a paper and its abstract in turn. An abstract is told by its length and
its sentences; the title is the short paragraph before it that is no furniture, or, where authors
or a date stand between the two, the one before those.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.paper import Paper, SourceRef, derive_id, normalise_arxiv_id
from ingest.readers.base import Failure, Source
from ingest.readers.hf_furniture import (
    authors_in,
    comes_after_title,
    heads_summary,
    is_furniture,
    says_submitter,
    year_in,
)
from ingest.text import clean_text, one_line

MIN_ABSTRACT_CHARACTERS = 200
MAX_TITLE_CHARACTERS = 300
_MIN_SHORT_ABSTRACT = 80
_MIN_SHORT_ABSTRACT_WORDS = 12
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*(\s|$)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ARXIV = re.compile(r"arxiv:\s?\S+", re.IGNORECASE)
_HEADING = re.compile(r"^(?:#{1,6} \S|```)", re.MULTILINE)


class _Paragraph(NamedTuple):
    line: int
    text: str

    @property
    def is_abstract(self) -> bool:
        if len(self.text) >= MIN_ABSTRACT_CHARACTERS:
            return bool(_SENTENCE_END.search(self.text))
        words = len(self.text.split())
        long = len(self.text) >= _MIN_SHORT_ABSTRACT and words >= _MIN_SHORT_ABSTRACT_WORDS
        return long and self.text.endswith(".")

    @property
    def is_title(self) -> bool:
        return len(self.text) <= MAX_TITLE_CHARACTERS and bool(_LETTERS.search(self.text))


@dataclass
class _Entry:
    """What a page says of one paper so far; `fixed`: what comes next is not its title."""

    title: _Paragraph | None = None
    abstract: str = ""
    authors: list[str] = field(default_factory=list)
    year: int | None = None
    arxiv_id: str | None = None
    fixed: bool = False

    def take(self, paragraph: _Paragraph) -> None:
        """Note what a short paragraph says."""
        text = paragraph.text
        self.year = self.year or year_in(text)
        if _ARXIV.fullmatch(text):
            self.arxiv_id = self.arxiv_id or normalise_arxiv_id(text)
        names = authors_in(text, after_mark=self.fixed) if self.title else []
        if names:
            self.authors += names
            self.fixed = True
        elif self.title and comes_after_title(text):
            self.fixed = True
        elif paragraph.is_title and not self.fixed and not is_furniture(text):
            self.title = paragraph


class HfPapersReader:
    """Reads titles and abstracts that follow each other as paragraphs."""

    name = "hf-papers"

    def sniff(self, source: Source) -> float:
        """Likely when short and abstract-long paragraphs follow each other at least once."""
        text = source.head_text.lstrip("\ufeff \t\n")
        if text.startswith(("{", "[", "<", "@", "TY  -")) or _HEADING.search(text):
            return 0.0
        entries = _entries(_paragraphs(enumerate(source.head_text.split("\n"), 1)))
        return 0.5 if next(entries, None) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the papers; one failure for the whole page if it holds none."""
        found = False
        for entry, title in _entries(_paragraphs(source.lines())):
            found = True
            name = one_line(title.text)
            in_title = normalise_arxiv_id(name) if "arxiv" in name.lower() else None
            arxiv_id = entry.arxiv_id or in_title
            yield Paper(
                id=derive_id(name, arxiv_id=arxiv_id),
                title=name,
                abstract=clean_text(entry.abstract),
                authors=tuple(entry.authors),
                year=entry.year,
                arxiv_id=arxiv_id,
                sources=(SourceRef(file=source.name, line=title.line, reader=self.name),),
            )
        if not found:
            yield Failure(
                source.name,
                None,
                "no title followed by an abstract on this page;"
                " save the page's text with its papers expanded",
            )


def _paragraphs(lines: Iterator[tuple[int, str]]) -> Iterator[_Paragraph]:
    held: list[_Paragraph] = []
    for number, line in lines:
        if line.strip("\ufeff \t\r"):
            held.append(_Paragraph(number, line.strip("\ufeff \t\r")))
            continue
        yield from _joined(held)
        held = []
    yield from _joined(held)


def _joined(lines: list[_Paragraph]) -> list[_Paragraph]:
    """Wrapped lines are one paragraph; where one is an abstract or furniture, each is its own."""
    alone = any(
        len(line.text) >= MIN_ABSTRACT_CHARACTERS or is_furniture(line.text) for line in lines
    )
    if alone or len(lines) < 2:
        return lines
    return [_Paragraph(lines[0].line, " ".join(line.text for line in lines))]


def _entries(paragraphs: Iterator[_Paragraph]) -> Iterator[tuple[_Entry, _Paragraph]]:
    """Each paper with its title; an abstract of several paragraphs is joined.

    What follows an abstract belongs to its paper, if it says when that was published.
    """
    entry = _Entry()
    for paragraph in _without_asides(paragraphs):
        if paragraph.is_abstract and not authors_in(paragraph.text, after_mark=False):
            if entry.title is not None:
                entry.abstract = "\n".join(filter(None, (entry.abstract, paragraph.text)))
            continue
        if entry.title is not None and entry.abstract:
            if is_furniture(paragraph.text) and not _ARXIV.fullmatch(paragraph.text):
                entry.year = entry.year or year_in(paragraph.text)
                continue
            yield entry, entry.title
            entry = _Entry()
        entry.take(paragraph)
    if entry.title is not None and entry.abstract:
        yield entry, entry.title


def _without_asides(paragraphs: Iterator[_Paragraph]) -> Iterator[_Paragraph]:
    """Leave out who submitted a paper, and the summary that a model wrote of it."""
    for paragraph in paragraphs:
        yield paragraph
        if says_submitter(paragraph.text) or heads_summary(paragraph.text):
            after = next(paragraphs, None)
            wanted = heads_summary(paragraph.text)
            if after is not None and after.is_abstract != wanted:
                yield after
