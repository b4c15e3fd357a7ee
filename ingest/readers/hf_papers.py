"""The text of a saved Hugging Face *Papers* page.

Paragraphs are parted by blank lines: page furniture (buttons, names, dates), then the title of a
paper and its abstract in turn. An abstract is told by its length and its sentences; the title is
the short paragraph before it; whatever stands elsewhere is furniture.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.paper import Paper, SourceRef, derive_id, normalise_arxiv_id
from ingest.readers.base import Failure, Source
from ingest.text import clean_text, one_line

MIN_ABSTRACT_CHARACTERS = 200
MAX_TITLE_CHARACTERS = 300
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*(\s|$)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class _Paragraph(NamedTuple):
    line: int
    text: str

    @property
    def is_abstract(self) -> bool:
        return len(self.text) >= MIN_ABSTRACT_CHARACTERS and bool(_SENTENCE_END.search(self.text))

    @property
    def is_title(self) -> bool:
        return len(self.text) <= MAX_TITLE_CHARACTERS and bool(_LETTERS.search(self.text))


class HfPapersReader:
    """Reads titles and abstracts that follow each other as paragraphs."""

    name = "hf-papers"

    def sniff(self, source: Source) -> float:
        """Likely when short and abstract-long paragraphs follow each other at least once."""
        text = source.head_text.lstrip()
        if text.startswith(("{", "[", "<", "@", "TY  -")):
            return 0.0
        pairs = list(_pairs(_paragraphs(enumerate(source.head_text.split("\n"), 1))))
        return 0.5 if pairs else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the papers; one failure for the whole page if it holds none."""
        found = False
        for title, abstract in _pairs(_paragraphs(source.lines())):
            found = True
            name = one_line(title.text)
            arxiv_id = normalise_arxiv_id(name) if "arxiv" in name.lower() else None
            yield Paper(
                id=derive_id(name, arxiv_id=arxiv_id),
                title=name,
                abstract=clean_text(abstract.text),
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
    held: list[str] = []
    start = 0
    for number, line in lines:
        if line.strip():
            start = start if held else number
            held.append(line.strip())
        elif held:
            yield _Paragraph(start, " ".join(held))
            held = []
    if held:
        yield _Paragraph(start, " ".join(held))


def _pairs(paragraphs: Iterator[_Paragraph]) -> Iterator[tuple[_Paragraph, _Paragraph]]:
    """(title, abstract) of each paper; an abstract of several paragraphs is joined."""
    title: _Paragraph | None = None
    abstract: _Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.is_abstract:
            if abstract is not None:
                abstract = _Paragraph(abstract.line, f"{abstract.text}\n{paragraph.text}")
            elif title is not None:
                abstract = paragraph
        else:
            if title is not None and abstract is not None:
                yield title, abstract
                title, abstract = None, None
            if paragraph.is_title:
                title = paragraph
    if title is not None and abstract is not None:
        yield title, abstract
