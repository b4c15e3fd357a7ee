"""The sentences of an answer and the sources that each of them cites."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Literal

from assistant.citations import MARKER
from assistant.headings import SURE_VERBS, is_heading
from assistant.missing import says_what_is_missing
from assistant.naming import GIVEN
from assistant.refusal import MISSING
from assistant.tables import cells_of, is_row, row_claim
from ingest.text import split_sentences

Kind = Literal["claim", "heading", "missing"]

_BULLET = re.compile(r"\s*(?:>\s*)*(?:(?:[-*+•–]|\(?\d{1,2}[.)])\s+)?")
_MARKERS = r"\[\d+\](?:[ \t]*(?:[,;&–-]|and\b|or\b)?[ \t]*\[\d+\])*"
_LABEL = r"(?:(?:sources?|see(?: also)?|cf|e\.g|refs?|references?|papers?|from|in)\b[.:,]*)"
RUN = re.compile(
    rf"[ \t{GIVEN}]*(?:[(\[][ \t]*(?:{_LABEL}[ \t]*)?{_MARKERS}[ \t]*[)\]]|{_MARKERS})",
    re.IGNORECASE,
)
"""Markers with nothing but glue between them, and the brackets that hold nothing else."""

_RUN_AND_STOP = re.compile(rf"({RUN.pattern})([.!?。！？]*)", re.IGNORECASE)
_NO_SPACE = re.compile(r"(?<=[a-z%\d)\]]{3})[.!?](?=[A-Z][a-z][\w-]*[\s,])")
_WIDE_STOP = re.compile(r"[。！？][”’」』）]*\s*")
_HAS_END = re.compile(r"[.!?。！？|][\"”’')\]*_\s]*(?:\[\d+\][\s.]*)*\Z")
_LONGEST_HEAD = 8
_RULE = re.compile(r"[\s:|=_*-]*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an answer, or what stands in a sentence's place.

    `answer[start:end]` is the part with its markers; `text` is it without them. `kind` is
    "heading" for what claims nothing (see `is_heading`; also a table's head), "missing" for a
    sentence that says what the sources leave open, else "claim". `head` is a row's table head;
    `item` says that it is an item of a list.
    """

    text: str
    citations: tuple[int, ...]
    kind: Kind
    start: int
    end: int
    head: str = ""
    item: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a Markdown table."""
        return is_row(self.text)

    @property
    def claim(self) -> str:
        """What is to be checked: the text, or a row's cells as a list."""
        if not self.is_row:
            return self.text
        return row_claim(self.text)


def cited_sentences(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    """The claims of an answer, in order, each with the numbers it cites."""
    return [(part.text, part.citations) for part in answer_parts(answer) if part.kind == "claim"]


def answer_parts(answer: str, vocabulary: Container[str] | None = None) -> list[Part]:
    """Split an answer with `[n]` markers into sentences, headings and table rows.

    Markers belong to the sentence they stand in; after a full stop, to the one before ("... is
    fast. [1] Next"); at the start of a line, to the sentence that follows; alone on a line, to
    the line before. Bullets and numbers of list items are no part of a sentence. `vocabulary` is
    what a heading may say (see `is_heading`).
    """
    parts: list[Part] = []
    lines = answer.split("\n")
    offset, head = 0, ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not _RULE.match(line):
            head = line if _RULE.match(following) and "|" in following else head
            head = head if "|" in line else ""
        for part in _line_parts(line, following, vocabulary):
            moved = replace(
                part, start=part.start + offset, end=part.end + offset, head=head.strip()
            )
            if part.text or not parts:
                parts.append(moved)
            else:
                parts[-1] = _with_markers(parts[-1], moved)
        offset += len(line) + 1
    return [part for part in parts if part.text]


def without_cut_end(answer: str) -> str:
    """An answer that was cut at a token limit, up to the last sentence that has its end.

    Half a sentence can say the opposite of the whole one.
    """
    parts = answer_parts(answer)
    if not parts or _HAS_END.search(answer[parts[-1].start : parts[-1].end]):
        return answer
    line = answer.rfind("\n", 0, parts[-1].start) + 1
    bullet = _BULLET.match(answer[line:])
    alone = bullet is not None and line + bullet.end() == parts[-1].start
    return answer[: line if alone else parts[-1].start].rstrip()


def _with_markers(part: Part, markers: Part) -> Part:
    numbers = tuple(dict.fromkeys(part.citations + markers.citations))
    return replace(part, citations=numbers, end=markers.end)


def _line_parts(line: str, following: str, vocabulary: Container[str] | None) -> list[Part]:
    if _RULE.match(line):
        return []
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    kind = _kind_of_line(line[start:], following, vocabulary)
    starts = [start] if kind else _sentence_starts(line, start)
    ends = [*starts[1:], len(line)]
    item = bullet is not None and bullet[0].strip(" >\t") != ""
    return [
        _part(line, *span, kind or "claim", item=item and n == 0)
        for n, span in enumerate(zip(starts, ends, strict=True))
    ]


def _part(line: str, start: int, end: int, kind: Kind, *, item: bool = False) -> Part:
    written = line[start:end].rstrip()
    text = RUN.sub("", written).strip()
    numbers = tuple(dict.fromkeys(int(number) for number in MARKER.findall(written)))
    has_words = any(char.isalnum() for char in text)
    if kind == "claim" and says_what_is_missing(text):
        kind = "missing"
    end = start + len(written)
    return Part(text if has_words else "", numbers, kind, start, end, item=item)


def _kind_of_line(body: str, following: str, vocabulary: Container[str] | None) -> Kind | None:
    """The kind of a line that stays whole; None for one that is split into sentences."""
    text = RUN.sub("", body).strip()
    if text.lstrip("*_ ").startswith(MISSING) and says_what_is_missing(text):
        return "missing"
    if is_row(text):
        is_head = "|" in following and _RULE.match(following) is not None
        return "heading" if is_head and not _claims(text) else "claim"
    cited = MARKER.search(body) is not None
    return "heading" if is_heading(text, cited=cited, vocabulary=vocabulary) else None


def _claims(head: str) -> bool:
    """Whether a cell of a table's head says something instead of naming it."""
    words = (cell.casefold().split() for cell in cells_of(head))
    return any(len(cell) > _LONGEST_HEAD or SURE_VERBS.intersection(cell) for cell in words)


def _sentence_starts(line: str, start: int) -> list[int]:
    """Where the sentences of a line begin, the first at `start`.

    The splitter sees blanks for markers, and a full stop after a marker in front of it; no
    sentence begins within what was so moved.
    """
    body = line[start:]
    plain = _RUN_AND_STOP.sub(lambda run: run[2] + " " * len(run[1]), body)
    spans = split_sentences(plain)
    wide = [stop.end() for stop in _WIDE_STOP.finditer(plain) if plain[stop.end() :].strip()]
    joined = (stop.end() for stop in _NO_SPACE.finditer(plain))
    later = {span.start for span in spans[1:]} | set(wide) | set(joined)
    for run in _RUN_AND_STOP.finditer(body):
        later = {run.end() if run.start() < at < run.end() else at for at in later}
    return [start, *sorted(start + at for at in later - {len(body)})]
