"""The pieces of a parsed answer, and the output that keeps text from posing as a marker."""

from dataclasses import dataclass

_LINE_MARKS = frozenset(" \t>-*+.)0123456789")


@dataclass(frozen=True, slots=True)
class Text:
    """Text without citations."""

    text: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation: its number in the answer, and that of its source in the prompt."""

    number: int
    source: int

    @property
    def text(self) -> str:
        """The marker as it stands in the answer."""
        return f"[{self.number}]"


Piece = Text | Marker


class PieceOutput:
    """The pieces written, with text that could be mistaken for markup of a marker kept apart.

    In plain text, a space parts a bracket from a number that it would turn into `[n]`, and a
    marker from what would make a Markdown link (`[1](...)`) or link definition (`[1]: ...`) of it.
    """

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._text: list[str] = []
        self._bracketed: int | None = None
        self._after_marker = False
        self._marker_led_line = False
        self._only_marks = True
        self.at_line_start = True

    def take(self) -> list[Piece]:
        self._flush()
        pieces, self._pieces = self._pieces, []
        return pieces

    def mark(self, marker: Marker) -> None:
        self._flush()
        self._pieces.append(marker)
        self._bracketed = None
        self._after_marker = True
        self._marker_led_line = self._only_marks
        self.at_line_start = self._only_marks = False

    def write(self, text: str) -> None:
        for char in text:
            if self._needs_space(char):
                self._text.append(" ")
            self._text.append(char)
            self._note(char)

    def _needs_space(self, char: str) -> bool:
        if self._after_marker and (char == "(" or (char == ":" and self._marker_led_line)):
            return True
        return char == "]" and bool(self._bracketed)

    def _note(self, char: str) -> None:
        """Remember what matters for the next character."""
        if char == "[":
            self._bracketed = 0
        elif self._bracketed is not None:
            self._bracketed = self._bracketed + 1 if char.isdecimal() else None
        self._after_marker = False
        self.at_line_start = char == "\n" or (self.at_line_start and char in " \t>")
        self._only_marks = char == "\n" or (self._only_marks and char in _LINE_MARKS)

    def _flush(self) -> None:
        if self._text:
            self._pieces.append(Text("".join(self._text)))
            self._text.clear()
