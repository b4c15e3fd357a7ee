"""Takes out of a model's answer what is no statement about the papers, and mends its lines.

Programs, pictures, where links lead to and a list of references can be held against no abstract.
The citations carry the papers; a link or a picture of the model's making could carry off what the
reader asked.
"""

import re

from assistant.citations import MARKER

CODE_LEFT_OUT = "a block of code in the model's answer was left out: it cannot be checked"

_FENCE = re.compile(r"^[ \t>]*(?:```+|~~~+)[ \t]*([\w+-]*)[ \t]*$")
_PROSE = frozenset({"", "text", "txt", "plaintext", "plain", "markdown", "md"})
_PICTURE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:<[^>\n]*>|[^()\s]*)(?:\s+[^)\n]*)?\)")
_ACTIVE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|big|blockquote|center|cite|code|div|em|font|h[1-6]|hr|i|iframe|img|kbd|li|mark|ol|p"
    r"|pre|script|small|span|strong|style|sub|sup|svg|table|td|th|tr|u|ul)\b[^<>\n]{0,300}>|<!--.*?-->",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"^[#*_ \t]*(?:references|sources|works cited|bibliography|citations|literature"
    r"|sources used|cited sources|quellen|literatur|références|referencias|参考文献)[:*_ \t]*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[ \t>]*(?:[-*+•–]|\(?\d{1,2}[.)])[ \t]")
_NEW_LINE = re.compile(r"^(?:[ \t>]*$|[ \t>]*(?:[-*+•–|#>]|\(?\d{1,2}[.)][ \t])|\[\d)")
_WRAPPED_END = re.compile(r"[\w,%)\]]$")
_LEAST_WRAPPED = 40


def tidied(text: str) -> tuple[str, tuple[str, ...]]:
    """The text to be checked, and warnings about what was left out of it."""
    lines, warnings = _without_code(_ACTIVE.sub("", text).split("\n"))
    lines = _without_references([_plain(line) for line in lines])
    return "\n".join(_unwrapped(lines)).strip(), warnings


def _plain(line: str) -> str:
    line = _BREAK.sub(" ", line)
    return _TAG.sub("", _LINK.sub(_words_of_link, _PICTURE.sub("", line)))


def _words_of_link(link: re.Match[str]) -> str:
    """The words that were linked; a number stays apart from what follows it."""
    return link[0] if link[1].isdecimal() else link[1]


def _without_code(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines without fences; what stands between those of a programming language goes too."""
    kept: list[str] = []
    fenced = code = left_out = False
    for line in lines:
        if fence := _FENCE.match(line):
            fenced = not fenced
            code = fenced and fence[1].casefold() not in _PROSE
            left_out = left_out or code
        elif not code:
            kept.append(line)
    return kept, (CODE_LEFT_OUT,) if left_out else ()


def _without_references(lines: list[str]) -> list[str]:
    """The lines before a list of references that ends the answer."""
    for at in range(len(lines) - 1, -1, -1):
        if _REFERENCES.match(lines[at]):
            listed = [line for line in lines[at + 1 :] if line.strip()]
            is_list = all(MARKER.search(line) or _BULLET.match(line) for line in listed)
            return lines[:at] if at and is_list else lines
    return lines


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that were broken in mid-sentence, as one."""
    whole: list[str] = []
    for line in lines:
        if whole and _continues(whole[-1], line):
            whole[-1] = f"{whole[-1].rstrip()} {line.lstrip()}"
        else:
            whole.append(line)
    return whole


def _continues(before: str, line: str) -> bool:
    """Whether a line goes on in small letters or figures where a long one ended without a stop."""
    return (
        len(before) >= _LEAST_WRAPPED
        and _WRAPPED_END.search(before.rstrip()) is not None
        and "|" not in before
        and not before.lstrip().startswith("#")
        and _NEW_LINE.match(line) is None
        and (line.lstrip()[0].islower() or line.lstrip()[0].isdecimal())
    )
