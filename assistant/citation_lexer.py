"""Tell the citations in a stream of text from the rest of it."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citation_grammar import (
    BRACKETS,
    MAX_HELD,
    OPENERS,
    ROUND_OPENERS,
    WORD_OPENERS,
    Reading,
    read_link,
    read_marker,
    read_round,
    read_worded,
)

_CONTEXT = 48
_CITED_BEFORE = re.compile(r"""(?:\S\s|[.!?"'”’)\]】*_\u3040-\u30ff\u4e00-\u9fff])\Z""")
_LINE_START = re.compile(r"(?:^|\n)[\s>*+#|•–-]*\Z")
_LABELLED = re.compile(
    r"(?:\b(?:eqs?|eqn|equations?|tables?|figs?|figures?|steps?|items?|parts?|stages?|phases?"
    r"|sections?|propert(?:y|ies)|conditions?|cases?|types?|theorems?|lemmas?|groups?|class(?:es)?"
    r"|versions?|levels?|points?)\.?|:)\s*\Z",
    re.IGNORECASE,
)
_INTERVAL_BEFORE = re.compile(
    r"(?:\b(?:intervals?|ranges?|scales?|bounds?|between|within|domain|\\in|(?:clipped|scaled"
    r"|rescaled|mapped|normali[sz]ed) to)(?: (?:is|of|from|in))?\s*|[=∈∼]\s*)\Z",
    re.IGNORECASE,
)
_INTERVAL = re.compile(r"\[\s*\d+\s*,\s*\d+\s*\]")
_NAMED_BEFORE = re.compile(
    r"(?:(?:^|[\n.!?:;,(*>]|\b(?:to|from|in|by|and|or|with|of|see|than|unlike|while|but|whereas"
    r"|that|as))[ \t*]*)\Z",
    re.IGNORECASE,
)
_ENDS_CLAUSE = frozenset(".,;!?)]}\n[【［(（|。，、；")


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as the model wrote it; the numbers may be unknown, or none."""

    numbers: tuple[int, ...]


class CitationLexer:
    """Cuts a stream into single characters of text and citations.

    It looks at one character at a time and never at how the stream was cut. What may become a
    citation is held back, at most `MAX_HELD` characters of it.

    Square and lenticular brackets always cite, even straight after a word ("MLPs[1]"), except in
    inline code (between backticks on one line) and for an interval that is called one ("in the
    range [1, 5]"). Round brackets stand for many things, so
    bare numbers in them cite only where all are known and the place is a citation's: after a
    word and a space, or after a full stop, and before punctuation, a line's or the text's end.
    Hence "(1) first, (2) second", "(2020)", "O(1)" and "equation (1)" stay text. The bare words
    "source 1" cite where they can be the name of one, so not in "open source 2.0".
    """

    def __init__(self, known: int) -> None:
        self._known = known
        self._held = ""
        self._context = "\n"
        self._in_code = False
        self._after_cite = False
        self._raised = False

    def feed(self, chunk: str) -> Iterator[str | Cite]:
        """Yield what `chunk` decides, in order."""
        waiting = deque(chunk)
        while waiting:
            char = waiting.popleft()
            if self._held:
                yield from self._grow(char, waiting)
            elif char == "^" and self._raised:
                self._raised = False
            elif char in OPENERS and not self._in_code:
                self._held = char
            else:
                yield self._text(char)

    def finish(self) -> Iterator[str | Cite]:
        """Yield what the end of the text decides; a half-written citation is dropped."""
        held, self._held = self._held, ""
        numbers = self._unmarked(held, "")
        if numbers:
            yield self._cite(held, numbers)
        elif held[:1] in ROUND_OPENERS and read_round(held, self._known).numbers:
            yield from map(self._text, held)
        elif BRACKETS.intersection(held):
            yield Cite(())
        else:
            yield from map(self._text, held)

    def _grow(self, char: str, waiting: deque[str]) -> Iterator[str | Cite]:
        held = self._held + char
        reading = self._read(held)
        if reading.numbers is not None and self._is_interval(held):
            yield from self._give_up(char, waiting)
        elif reading.numbers is not None:
            self._held = ""
            yield self._cite(held, reading.numbers)
        elif reading.growing and len(held) < MAX_HELD:
            self._held = held
        else:
            yield from self._give_up(char, waiting)

    def _read(self, held: str) -> Reading:
        """Read `held` as any citation; one without a mark of its own grows until its end shows."""
        if held[0] in WORD_OPENERS:
            worded = read_worded(held, self._known)
            return Reading(growing=worded.growing or worded.numbers is not None)
        reading = read_marker(held, self._known)
        if held[0] not in ROUND_OPENERS or reading.numbers is not None:
            return reading
        if self._after_cite and (link := read_link(held)) != Reading():
            return link
        bare = read_round(held, self._known)
        return Reading(growing=reading.growing or bare.growing or bare.numbers is not None)

    def _give_up(self, char: str, waiting: deque[str]) -> Iterator[str | Cite]:
        """`char` shows that what is held is no citation, or one that ends before it."""
        held, self._held = self._held, ""
        numbers = self._unmarked(held, char)
        if numbers:
            bracket = held.rstrip()
            waiting.extendleft(reversed(held[len(bracket) :] + char))
            yield self._cite(bracket, numbers)
        else:
            waiting.extendleft(reversed(held[1:] + char))
            yield self._text(held[0])

    def _unmarked(self, held: str, following: str) -> tuple[int, ...] | None:
        """The numbers of a bare round or worded citation that `following` ends; None: no such."""
        if held[:1] in WORD_OPENERS:
            numbers = read_worded(held, self._known).numbers
            named = _NAMED_BEFORE.search(self._context) is not None
            return numbers if named and not following.isalnum() and following != "." else None
        numbers = read_round(held, self._known).numbers if held[:1] in ROUND_OPENERS else None
        return numbers if numbers and self._round_cites(numbers, following) else None

    def _is_interval(self, held: str) -> bool:
        return (
            _INTERVAL.fullmatch(held) is not None
            and _INTERVAL_BEFORE.search(self._context) is not None
        )

    def _round_cites(self, numbers: tuple[int, ...], following: str) -> bool:
        before = self._context
        return (
            all(1 <= number <= self._known for number in numbers)
            and (not following or following in _ENDS_CLAUSE)
            and _CITED_BEFORE.search(before) is not None
            and _LINE_START.search(before) is None
            and _LABELLED.search(before) is None
        )

    def _text(self, char: str) -> str:
        if char == "`":
            self._in_code = not self._in_code
        elif char == "\n":
            self._in_code = False
        self._context = (self._context + char)[-_CONTEXT:]
        self._after_cite = self._raised = False
        return char

    def _cite(self, written: str, numbers: tuple[int, ...]) -> Cite:
        self._context = (self._context + written)[-_CONTEXT:]
        self._after_cite = True
        self._raised = written.startswith("^")
        return Cite(numbers)
