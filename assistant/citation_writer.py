"""Write text and citations, so that a removed citation leaves no trace."""

from dataclasses import dataclass, field

import regex

from assistant.citation_pieces import Marker, Piece, PieceOutput

_MAX_SPACE = 64
_LEAD = regex.compile(r"\s*+(?:[(（][ \t]*+)?")
_GLUE = regex.compile(
    r"[ \t]*+(?:[,;&][ \t]*+)?(?:(?:and|or|und|et|y)\b[ \t]*+)?"
    r"|[ \t]*+(?:[-‐‑‒–—−~…]|\.{2,3}+|through\b)[ \t]*+"
)

_DASHES = frozenset("-‐‑‒–—−~….")
_CLOSING = frozenset(".,;:!?)]}。，、；：）")
_ROUND = {"(": ")", "（": "）"}
_DANGLING = frozenset(" \t,;:")


@dataclass(slots=True)
class _Run:
    """Citations with nothing between them but glue (spaces, a comma, an "and", a dash).

    `last` is the number that the last citation ended with. `gap` is the glue, or the lead, before a
    citation that was removed; None where the last one was kept.
    """

    lead: str
    seen: set[int] = field(default_factory=set)
    glue: str = ""
    last: int | None = None
    gap: str | None = None


class CitationWriter:
    """Numbers sources in order of first appearance and mends the text around removed citations.

    A citation is removed when its number is unknown or already in the same run. With it goes the
    space before it, the glue to its neighbour, and round brackets that only it had filled.
    """

    def __init__(self, known: int) -> None:
        self._known = known
        self._numbers: dict[int, int] = {}
        self._out = PieceOutput()
        self._lead = ""
        self._run: _Run | None = None
        self._trim = False

    @property
    def order(self) -> tuple[int, ...]:
        """Source numbers in order of first appearance."""
        return tuple(self._numbers)

    def take(self) -> list[Piece]:
        """Hand over what was written since the last call."""
        return self._out.take()

    def text(self, char: str) -> None:
        """Write one character; white space and an opening bracket wait for what follows."""
        run = self._run
        if run is None:
            self._plain(char)
        elif len(run.glue) < _MAX_SPACE and _GLUE.fullmatch(run.glue + char, partial=True):
            run.glue += char
        elif not self._empties_bracket(run, char):
            self._close(run, char)
            self._plain(char)

    def cite(self, numbers: tuple[int, ...]) -> None:
        """Write a citation; the unknown among `numbers` are left out."""
        run = self._run or _Run(self._lead)
        self._run, self._lead = run, ""
        numbers = self._filled(run, numbers)
        fresh = [n for n in dict.fromkeys(numbers) if self._is_known(n) and n not in run.seen]
        if fresh:
            self._out.write(run.glue if run.seen else run.lead)
            for source in fresh:
                number = self._numbers.setdefault(source, len(self._numbers) + 1)
                self._out.mark(Marker(number, source))
            run.seen.update(fresh)
            run.gap = None
            self._trim = False
        elif run.gap is None:
            run.gap = run.glue if run.seen else run.lead
        run.glue = ""

    def _filled(self, run: _Run, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers, with those between them and the last where a dash stands: `[1]-[3]`."""
        first, last = run.last, numbers[0] if numbers else None
        run.last = numbers[-1] if numbers else None
        if first is None or last is None or first >= last or not _is_dash(run.glue):
            return numbers
        run.glue = ""
        return (*range(first + 1, min(last, self._known + 1)), *numbers)

    def finish(self) -> None:
        """Write what was waiting for more text."""
        if self._run:
            self._close(self._run, "")
        self._out.write(self._lead)
        self._lead = ""

    def _is_known(self, number: int) -> bool:
        return 1 <= number <= self._known

    def _empties_bracket(self, run: _Run, char: str) -> bool:
        """Whether `char` closes a bracket that held removed citations only; drops the bracket."""
        lead = run.lead.rstrip(" \t")
        if run.seen or run.glue.strip() or _ROUND.get(lead[-1:]) != char:
            return False
        self._run = _Run(lead[:-1], gap=lead[:-1])
        return True

    def _close(self, run: _Run, following: str) -> None:
        """End a run because of the character `following`, or the text's end."""
        self._run = None
        self._lead = ""
        if run.gap is not None:
            self._mend(run, run.glue + following)
        for char in run.glue:
            self._plain(char)

    def _mend(self, run: _Run, rest: str) -> None:
        """Write as much of the gap before a removed citation as the text around it needs."""
        gap = run.gap or ""
        parted = not rest or rest[0] in _CLOSING or rest[0].isspace()
        if run.seen:
            self._out.write("" if parted else gap and " ")
        elif "\n" in gap or gap.strip() or self._out.at_line_start:
            self._out.write(gap)
            self._trim = True
        elif not parted:
            self._out.write(gap)

    def _plain(self, char: str) -> None:
        if self._trim and char in _DANGLING:
            return
        self._trim = False
        if len(self._lead) < _MAX_SPACE and _LEAD.fullmatch(self._lead + char):
            self._lead += char
            return
        self._out.write(self._lead)
        self._lead = char if _LEAD.fullmatch(char) else ""
        if not self._lead:
            self._out.write(char)


def _is_dash(glue: str) -> bool:
    between = glue.strip()
    return between == "through" or (bool(between) and _DASHES.issuperset(between))
