"""The sentences of an answer and the sources that each of them cites."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.citations import MARKER
from assistant.headings import is_heading
from assistant.refusal import MISSING
from ingest.text import split_sentences

Kind = Literal["claim", "heading", "missing"]

_BULLET = re.compile(r"\s*(?:>\s*)*(?:(?:[-*+•–]|\(?\d{1,2}[.)])\s+)?")
_RUN = re.compile(r"[ \t]*\[\d+\](?:[ \t]*(?:[,;&]|and\b|or\b)?[ \t]*\[\d+\])*")
_RUN_AND_STOP = re.compile(rf"({_RUN.pattern})([.!?。！？]*)")
_WIDE_STOP = re.compile(r"[。！？][”’」』）]*\s*")
_RULE = re.compile(r"[\s:|=_*-]*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an answer, or what stands in a sentence's place.

    `answer[start:end]` is the part with its markers; `text` is it without them. `kind` is
    "heading" for what claims nothing (see `is_heading`; also a table's head), "missing" for the
    line that says what the sources leave open, else "claim".
    """

    text: str
    citations: tuple[int, ...]
    kind: Kind
    start: int
    end: int

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a Markdown table."""
        return self.text.startswith("|")

    @property
    def claim(self) -> str:
        """What is to be checked: the text, or a row's cells as a list."""
        if not self.is_row:
            return self.text
        return ", ".join(cell for cell in map(str.strip, self.text.split("|")) if cell)


def cited_sentences(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    """The claims of an answer, in order, each with the numbers it cites."""
    return [(part.text, part.citations) for part in answer_parts(answer) if part.kind == "claim"]


def answer_parts(answer: str) -> list[Part]:
    """Split an answer with `[n]` markers into sentences, headings and table rows.

    Markers belong to the sentence they stand in; after a full stop, to the one before ("... is
    fast. [1] Next"); at the start of a line, to the sentence that follows; alone on a line, to
    the line before. Bullets and numbers of list items are no part of a sentence.
    """
    parts: list[Part] = []
    lines = answer.split("\n")
    offset = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        for part in _line_parts(line, following):
            moved = replace(part, start=part.start + offset, end=part.end + offset)
            if part.text or not parts:
                parts.append(moved)
            else:
                parts[-1] = _with_markers(parts[-1], moved)
        offset += len(line) + 1
    return [part for part in parts if part.text]


def _with_markers(part: Part, markers: Part) -> Part:
    numbers = tuple(dict.fromkeys(part.citations + markers.citations))
    return replace(part, citations=numbers, end=markers.end)


def _line_parts(line: str, following: str) -> list[Part]:
    if _RULE.match(line):
        return []
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    kind = _kind_of_line(line[start:], following)
    starts = [start] if kind else _sentence_starts(line, start)
    ends = [*starts[1:], len(line)]
    return [_part(line, *span, kind or "claim") for span in zip(starts, ends, strict=True)]


def _part(line: str, start: int, end: int, kind: Kind) -> Part:
    written = line[start:end].rstrip()
    text = _RUN.sub("", written).strip()
    numbers = tuple(dict.fromkeys(int(number) for number in MARKER.findall(written)))
    has_words = any(char.isalnum() for char in text)
    return Part(text if has_words else "", numbers, kind, start, start + len(written))


def _kind_of_line(body: str, following: str) -> Kind | None:
    """The kind of a line that stays whole; None for one that is split into sentences."""
    text = _RUN.sub("", body).strip()
    if text.lstrip("*_ ").startswith(MISSING):
        return "missing"
    if body.startswith("|"):
        is_head = "|" in following and _RULE.match(following) is not None
        return "heading" if is_head else "claim"
    return "heading" if is_heading(text, cited=MARKER.search(body) is not None) else None


def _sentence_starts(line: str, start: int) -> list[int]:
    """Where the sentences of a line begin, the first at `start`.

    The splitter sees blanks for markers, and a full stop after a marker in front of it; no
    sentence begins within what was so moved.
    """
    body = line[start:]
    plain = _RUN_AND_STOP.sub(lambda run: run[2] + " " * len(run[1]), body)
    spans = split_sentences(plain)
    wide = [stop.end() for stop in _WIDE_STOP.finditer(plain) if plain[stop.end() :].strip()]
    later = {span.start for span in spans[1:]} | set(wide)
    for run in _RUN_AND_STOP.finditer(body):
        later = {run.end() if run.start() < at < run.end() else at for at in later}
    return [start, *sorted(start + at for at in later - {len(body)})]
