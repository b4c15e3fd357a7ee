"""arXiv's API answers (Atom) and its daily announcements (RSS), by feedparser.

Abstracts come with hard line breaks; a new paragraph is indented by two spaces
(https://info.arxiv.org/help/api/user-manual.html).
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure, Source
from ingest.readers.json_fields import arxiv_id_of, authors_of, doi_of, line_of, tidy, year_of
from ingest.readers.json_reader import whole_bytes
from ingest.readers.text_encoding import WESTERN

_FEED = re.compile(r"<(?:\w+:)?(?:feed|rss)[\s>]|\bpurl\.org/rss/1\.0/[\"']")
_ENTRY = re.compile(r"<(?:entry|item)[\s>]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_WRAP = re.compile(r"\n(?! {2})\s*")
_ANNOUNCED = re.compile(r"^arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*", re.IGNORECASE)
_DATES = ("published", "updated", "date", "prism_publicationdate")
_KEPT = ("arxiv_comment", "updated", "published")


class ArxivAtomReader:
    """Reads feeds of arXiv.

    The text is decoded here and its XML declaration dropped, so that no declared encoding can hide
    anything; entities are refused, as feedparser expands those that share a line with the DOCTYPE.
    """

    name = "arxiv-atom"

    def sniff(self, source: Source) -> float:
        """Sure for a feed that names arXiv; others, as of bioRxiv, are read alike."""
        head = source.head_text
        if not head.lstrip("\ufeff \t\r\n").startswith("<") or not _FEED.search(head):
            return 0.0
        return 0.95 if "arxiv.org" in head else 0.5

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the entries; XML that breaks off gives what stands before the break."""
        data, damage = whole_bytes(source)
        text = _DECLARATION.sub(_blank, data.decode(source.encoding, errors=WESTERN))
        if "<!ENTITY" in text:
            reason = "the XML defines entities, which can hide an attack; download the feed again"
            yield Failure(source.name, None, reason)
            return
        feed = feedparser.parse(
            io.BytesIO(text.encode()), sanitize_html=False, resolve_relative_uris=False
        )
        lines = _entry_lines(text)
        numbered = len(lines) == len(feed.entries)
        for number, entry in enumerate(feed.entries):
            line = lines[number] if numbered else None
            where = "" if numbered else f"entry {number + 1}: "
            yield self._paper(
                entry, SourceRef(file=source.name, line=line, reader=self.name), where
            )
        if feed.bozo:
            damage = damage or f"not well-formed XML ({feed.bozo_exception})"
        if damage:
            kept = f"{len(feed.entries)} entries were read; download the feed again"
            yield Failure(source.name, None, f"{damage}; {kept}")
        elif not feed.entries:
            yield Failure(source.name, None, "the feed has no entries")

    def _paper(self, entry: Any, ref: SourceRef, where: str) -> Paper | Failure:
        title = line_of(entry.get("title"))
        link = line_of(entry.get("link") or entry.get("id"))
        if "/api/errors" in line_of(entry.get("id")):
            answer = line_of(entry.get("summary"))
            return Failure(ref.file, ref.line, f"{where}arXiv answered with an error: {answer}")
        if not title:
            return Failure(ref.file, ref.line, f"{where}no title; every paper needs one")
        doi = doi_of(entry.get("arxiv_doi"), entry.get("prism_doi"), entry.get("dc_identifier"))
        arxiv_id = arxiv_id_of(entry.get("id"), link)
        extra = {name: value for name in _KEPT if (value := dict.get(entry, name))}
        return Paper(
            id=derive_id(title, doi, arxiv_id),
            title=title,
            abstract=tidy(_ANNOUNCED.sub("", _WRAP.sub(" ", entry.get("summary", "").strip()))),
            authors=_authors(entry),
            year=year_of(next(filter(None, (dict.get(entry, name) for name in _DATES)), None)),
            venue=line_of(entry.get("arxiv_journal_ref")) or None,
            url=link or None,
            doi=doi,
            arxiv_id=arxiv_id,
            sources=(ref,),
            extra={**extra, "categories": [line_of(t.get("term")) for t in entry.get("tags", ())]},
        )


def _authors(entry: Any) -> tuple[str, ...]:
    """One element an author in Atom; all of them in one element in RSS."""
    names = [author.get("name") for author in entry.get("authors", ())]
    return authors_of(names[0] if len(names) == 1 and names[0] else names)


def _blank(match: re.Match[str]) -> str:
    """The line breaks of what is taken out, so that lines stay where they are."""
    return "\n" * match.group().count("\n")


def _entry_lines(text: str) -> list[int]:
    """The 1-based line of each entry; comments, which may hold any text, count for lines only."""
    shown = _COMMENT.sub(_blank, text)
    lines, line, at = [], 1, 0
    for match in _ENTRY.finditer(shown):
        line += shown.count("\n", at, match.start())
        at = match.start()
        lines.append(line)
    return lines
