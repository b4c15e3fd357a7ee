"""How models write citations: the shapes that are read as one, and the numbers in them.

The patterns are matched against text that is still growing, so they use `regex`, whose partial
matches tell "not yet" from "never" (`re` cannot).
"""

from typing import NamedTuple, cast

import regex

MAX_HELD = 600
"""Longest text, in characters, that is held back while it may still become a citation."""

_SPACE = r"[ \t\u00a0\u00ad\u200b-\u200d\u202f\u2060\ufeff]"
_LABEL = (
    r"(?:(?:sources?|papers?|references?|refs?|citations?|cited?|cit|documents?|docs?|abstracts?"
    r"|passages?|articles?|stud(?:y|ies)|see|cf|e\.g|quellen?|fuentes?|fontes?"
    r"|bronnen|bron|kilder?|källor|zdroje?|źródł[oa]|kaynak|источники?|المصدر|مصدر|स्रोत"
    r"|来源|來源|参考文献|參考文獻|参考資料|文献|文獻|文档|文檔|参考|參考|資料|出典|論文|论文|출처|논문|문서)"
    r"[.,:]{0,2}[-_]?)"
)
_DASH = rf"{_SPACE}*+(?:[-‐‑‒–—−~]|to\b){_SPACE}*+"
_NUMBER = rf"{_SPACE}*+[#^]?{_SPACE}*+\d++"
_ITEM = rf"(?:{_LABEL})?{_NUMBER}(?:{_DASH}(?:{_LABEL})?{_NUMBER})?"
_WORD = r"(?:(?:and|or|und|et|y|e|и)\b|[和及])"
_COMMA = r"[,;，、；/&+]"
_SEPARATOR = rf"{_SPACE}*+(?:{_COMMA}{_SPACE}*+(?:{_WORD}{_SPACE}*+)?|{_WORD}{_SPACE}*+)"
_LIST = rf"{_SPACE}*+(?P<list>{_ITEM}(?:{_SEPARATOR}{_ITEM})*+){_SPACE}*+"
_NAMED = rf"{_SPACE}*+(?P<list>{_LABEL}{_LIST.replace('?P<list>', '?:')})"
_TITLE = r"(?::[ \t]++\S[^\[\]\n]{0,200}+)?"
_PLACE = (
    r"(?:[,;:][ \t]*+(?:pp?|pages?|sec(?:tion|t)?s?|tab(?:le)?s?|fig(?:ure)?s?|lines?|ch(?:apter)?"
    r"|eqs?|title|§)\b[^\[\]\n]{0,60}+)?"
)


_MARKUP = (
    ("[*]{3}", "[*]{3}"),
    ("[*]{2}", "[*]{2}"),
    ("[*]", "[*]"),
    ("`", "`"),
    (r"\^", ""),
    ("<sup>", "</sup>"),
)
"""What models put around brackets, to set them bold or high."""

_SHAPES = (
    rf"\[{_LIST}{_PLACE}{_TITLE}\]",
    rf"\[\[{_LIST}\]\]",
    rf"\\\[{_LIST}\\\]",
    rf"［{_LIST}］",
    rf"[〔〖⟦]{_LIST}[〕〗⟧]",
    rf"【{_LIST}(?:†[^】\n]{{0,200}}+)?】",
    r"【\d++:\d++†[^】\n]{0,200}+】",
    rf"<sup>{_LIST}</sup>",
    *(rf"{opening}\[{_LIST}\]{closing}" for opening, closing in _MARKUP),
)
_SQUARE = regex.compile("|".join(_SHAPES), regex.IGNORECASE)
_ROUND_NAMED = regex.compile(rf"[(（]{_NAMED}[)）]", regex.IGNORECASE)
_ROUND_BARE = regex.compile(rf"[(（]{_LIST}[)）]{_SPACE}{{0,8}}+", regex.IGNORECASE)
_WORDED = regex.compile(rf"source{_SPACE}++#?(?P<list>\d++)", regex.IGNORECASE)
_LINK = regex.compile(r"\((?:https?:|mailto:|www\.|[#/.])[^()\s]{0,300}+\)", regex.IGNORECASE)
_RANGES = regex.compile(rf"(\d++)(?:{_DASH}(?:{_LABEL})?{_SPACE}*+[#^]?(\d++))?", regex.IGNORECASE)

ROUND_OPENERS = frozenset("(（")
BRACKETS = ROUND_OPENERS | frozenset("[［【〔〖⟦")
WORD_OPENERS = frozenset("Ss")
OPENERS = BRACKETS | WORD_OPENERS | frozenset("*`^<\\")


class Reading(NamedTuple):
    """What a growing text is so far.

    `growing`: it may become a citation (or a link target) with more text. `numbers`: it is a
    complete citation of these. Neither: it is ordinary text and always will be.
    """

    growing: bool = False
    numbers: tuple[int, ...] | None = None


def read_marker(text: str, known: int) -> Reading:
    """Read `[1]`, `【1†source】`, `(Source 1)` and their like; bare `(1)` is `read_round`'s.

    `【4:0†source】` names a message and a file, not one of our sources: it cites nothing.
    """
    return _read(_ROUND_NAMED if text[0] in ROUND_OPENERS else _SQUARE, text, known)


def read_round(text: str, known: int) -> Reading:
    """Read `(1)` with the spaces after it; whether it cites depends on its surroundings."""
    return _read(_ROUND_BARE, text, known)


def read_worded(text: str, known: int) -> Reading:
    """Read `Source 1`, as our prompt calls them, which ends where its digits do."""
    return _read(_WORDED, text, known)


def read_link(text: str) -> Reading:
    """Read the target of a Markdown link, `(https://...)` or `(#...)`, which cites nothing."""
    match = _LINK.fullmatch(text, partial=True)
    if match is None:
        return Reading()
    return Reading(growing=True) if match.partial else Reading(numbers=())


def _read(pattern: "regex.Pattern[str]", text: str, known: int) -> Reading:
    match = pattern.fullmatch(text, partial=True)
    if match is None:
        return Reading()
    if match.partial:
        return Reading(growing=True)
    listed = cast(str | None, match.group("list"))
    return Reading(numbers=_expand(listed, known) if listed else ())


def _expand(listed: str, known: int) -> tuple[int, ...] | None:
    """The numbers listed, ranges clipped to the known ones.

    None for a list that holds 0: sources count from 1, so it is an interval such as [0, 1].
    """
    numbers: list[int] = []
    for first, last in _RANGES.findall(listed):
        low, high = sorted((int(first), int(last or first)))
        numbers += range(low, min(high, known) + 1) if last and low <= known else [low]
    return None if 0 in numbers and len(numbers) > 1 else tuple(numbers)
