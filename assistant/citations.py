"""Citations read from a stream: known numbers kept and renumbered, unknown ones removed."""

import re

from assistant.citation_lexer import CitationLexer, Cite
from assistant.citation_pieces import Marker, Piece, Text
from assistant.citation_writer import CitationWriter

__all__ = ["MARKER", "CitationParser", "Marker", "Piece", "Text", "parse_citations"]

MARKER = re.compile(r"\[(\d+)\]")
"""A citation in an answer's text. Whatever this finds in parsed text is a known citation."""


class CitationParser:
    """Turns what a model streams into text and markers.

    `known` is how many sources the prompt numbered, from 1. The pieces' texts joined are the
    answer; they do not depend on how the stream was cut into chunks. In that text every `[n]` is a
    citation of a known source, numbered anew in order of first appearance; a half-written one is
    never given out. `CitationLexer` says what is read as a citation; `CitationWriter` what
    becomes of the text around a removed one. Little more than `MAX_HELD` characters are ever kept
    back.
    """

    def __init__(self, known: int) -> None:
        self._lexer = CitationLexer(known)
        self._writer = CitationWriter(known)

    @property
    def order(self) -> tuple[int, ...]:
        """Original source numbers in order of first appearance: `order[n - 1]` is source n."""
        return self._writer.order

    def feed(self, chunk: str) -> list[Piece]:
        """Take the next chunk; give what is certain by now."""
        for token in self._lexer.feed(chunk):
            self._write(token)
        return self._writer.take()

    def finish(self) -> list[Piece]:
        """Give the rest, once the stream has ended."""
        for token in self._lexer.finish():
            self._write(token)
        self._writer.finish()
        return self._writer.take()

    def _write(self, token: str | Cite) -> None:
        if isinstance(token, Cite):
            self._writer.cite(token.numbers)
        else:
            self._writer.text(token)


def parse_citations(text: str, known: int) -> tuple[str, tuple[int, ...]]:
    """Parse a whole text; gives it with normalised markers, and the parser's `order`."""
    parser = CitationParser(known)
    pieces = parser.feed(text) + parser.finish()
    return "".join(piece.text for piece in pieces), parser.order
