"""Writes a checked answer: each claim with the markers it has earned, or marked, or left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import MARKER
from assistant.naming import GIVEN
from assistant.sentences import RUN, Part

UNSUPPORTED_MARK = " [unsupported]"
_STRAY_MARKER = re.compile(rf"[ \t]*{MARKER.pattern}")
_EMPTY_ITEM = re.compile(r"^[ \t>]*(?:[-*+•–]|\(?\d{1,2}[.)])[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Marked:
    """A claim as it is shown: `text`, in which markers may stand, and `ending` behind it.

    A row's ending stands in its last cell, so that it stays a row: `text` lacks the last bar.
    """

    text: str
    ending: str

    @property
    def whole(self) -> str:
        """Both together."""
        return self.text + self.ending


def supported(
    part: Part, written: str, renewed: Mapping[int, int], earned: Sequence[int]
) -> Marked:
    """A claim that holds, as the model has `written` it.

    `renewed` gives for a marker of the model's the number it has earned, `earned` are all numbers.
    Where two papers have to be told apart, a marker in mid-sentence stays there. The others follow
    the sentence.
    """
    if len(earned) < 2:
        return _ended(part.text, _marks(earned))
    placed: list[int] = []

    def stay(run: re.Match[str]) -> str:
        last = not any(char.isalnum() for char in MARKER.sub("", written[run.end() :]))
        kept = [renewed[int(n)] for n in MARKER.findall(run[0]) if int(n) in renewed]
        if last and not part.is_row:
            return ""
        placed.extend(kept)
        return _marks(sorted(set(kept)))

    text = RUN.sub(stay, written).strip()
    return _ended(text, _marks([n for n in earned if n not in placed]))


def unsupported(part: Part) -> Marked:
    """A claim that is shown although nothing supports it."""
    return _ended(part.text, UNSUPPORTED_MARK)


def _ended(text: str, ending: str) -> Marked:
    if ending and text.endswith("|"):
        return Marked(text[:-1].rstrip(), f"{ending} |")
    return Marked(text, ending)


def rewritten(text: str, parts: Sequence[Part], shown: Mapping[int, Marked]) -> str:
    """The text with its claims as they are `shown`, by where they start; others are left out.

    What stands around the claims (headings, what is missing) has no quote, so it keeps no marker.
    """
    pieces: list[str] = []
    at = 0
    for part in parts:
        pieces.append(_STRAY_MARKER.sub("", text[at : part.start]))
        at = part.end
        if part.start in shown:
            joined = text[at : at + 1].isalnum()
            pieces.append(shown[part.start].whole + " " * joined)
        elif part.is_row:
            at += 1
    pieces.append(_STRAY_MARKER.sub("", text[at:]))
    whole = "".join(pieces).replace(GIVEN, "")
    return (_EMPTY_ITEM.sub("", whole) if len(shown) < len(parts) else whole).strip()


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)
