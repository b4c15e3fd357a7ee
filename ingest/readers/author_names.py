"""The names in one cell or string that holds all authors of a paper, however they are parted."""

import ast
import re

from ingest.markup import decode_entities

_LIST_SEPARATOR = re.compile(r"[;|\n]")
_SEMICOLON = re.compile(r"[;；\n]")
_AND = re.compile(r",?\s+(?:and|&)\s+")
# "Centers for Disease Control and Prevention" is one author.
_INSTITUTION = re.compile(r"[^,;|\n]*\b(?:of|for)\b[^,;|\n]*\s(?:and|&)\s[A-ZÀ-Þ]\w+")
_WRAPPED = re.compile(r"(?:,|\s(?:and|&))[^\S\n]*\n|\n[^\S\n]*(?:and|&)\s")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]{0,2}\.[\s‐-]?|[A-ZÀ-Þ][\s‐-]?){1,5}")
_GIVEN = re.compile(r"[^\W\d_][\w.'’‐ -]*")
_AND_OTHERS = re.compile(r"et\.? al\.?|…|\.{3}", re.IGNORECASE)
_NO_NAME = re.compile(
    rf"\[?no authors? (?:name |listed)?.*|\[?anon(?:ymous)?\.?\]?|{_AND_OTHERS.pattern}",
    re.IGNORECASE,
)
# Google Scholar cuts a list short ("C Ng…"); where no given name is known, RefWorks has "Lee,null"
# and Lens "null Lee". Scopus has initials before a name: "A.B., Lee, Ann B.".
_AROUND_NAME = re.compile(
    r"^null\s+|^(?:[A-ZÀ-Þ][a-z]?\.-?){1,6},\s(?=[^,]+,[^,]+$)"
    r"|\s*(?:\(\d+\)|…|\.{3}|,\s?null|\s[Ee]t\.? al\.?)$"
)
_SURNAME = re.compile(r"(?!(?:[JSD]r|Md)$)(?:[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+[-'’‐]?)+")
_LIST_END = re.compile(r"(?<=[A-Z]{2})\.$|(?<=[^\W\d_]{4})\.$")
_LITERAL = re.compile(r"\[.*\]|\{.*\}", re.DOTALL)
_LONGEST_LITERAL = 200_000
_NAME_KEYS = ("name", "display_name", "full_name", "fullName")
_GLUE = re.compile(
    r"(?<=[^\W\d_A-Z.])(?<!\bMc)(?<!\bMac)(?<!\b[DL][aeiou])(?<!\bVan)(?=[A-ZÀ-Þ])"
    r"|(?<=\bIII)(?=[A-ZÀ-Þ][^\W\d_A-Z])"
)


def split_authors(cell: str) -> list[str]:
    """The names in a cell.

    Semicolons, bars and line breaks part names, and so does `and`, whose lists may be wrapped; a
    list as Python or JSON write it gives its members. Commas do only where what they part are names
    themselves (`Smith J, Doe A.`, `Ann Lee, Bo Li and Cy Ng`, an odd number of surnames) or pairs
    of them (`Smith, J., Doe, A.`): in `Smith, John` and `Smith, John and Lee, Ann` they stand
    within names.
    """
    lines = (" ".join(line.split()) for line in decode_entities(cell).split("\n"))
    names = _members(cell.strip()) or _parted("\n".join(filter(None, lines)))
    plain = (_AROUND_NAME.sub("", name.strip()).strip() for name in names)
    return _without_full_stop([name for name in plain if name and not _NO_NAME.fullmatch(name)])


def by_semicolons(cell: str) -> list[str]:
    """The names as a format writes them that parts names by semicolons or lines and by no else."""
    return [name for name in map(str.strip, _SEMICOLON.split(decode_entities(cell))) if name]


def unglue(cell: str) -> str:
    """Names that Springer's search results run together (`Ann LeeBo Li`), parted by semicolons."""
    return _GLUE.sub(";", cell)


def _parted(cell: str) -> list[str]:
    if ";" in cell or "|" in cell:
        return _LIST_SEPARATOR.split(cell)
    if _INSTITUTION.fullmatch(cell):
        return [cell]
    names = [name for name in _AND.split(cell) if name.strip() != "others"]
    if "\n" in cell and (len(names) == 1 or not _WRAPPED.search(cell)):
        return cell.split("\n")
    if (len(names) > 2 and "," in "".join(names[1:])) or (len(names) > 1 and "," in names[-1]):
        return [name for group in names for name in _by_twos(group)]
    return [name for group in names for name in _by_commas(group, alone=len(names) == 1)]


def _by_twos(text: str) -> list[str]:
    """`Smith, J., Doe, A.` as it stands before `& Lee, B.`; anything else is a name."""
    parts = [part.strip() for part in text.split(",")]
    return (_pairs(parts) if len(parts) > 3 else []) or [text]


def _by_commas(text: str, *, alone: bool) -> list[str]:
    """Names parted by commas; `alone`: the text is the whole cell, and may be `Smith, John`."""
    every = map(str.strip, text.split(","))
    parts = [part for part in every if part and not _AND_OTHERS.fullmatch(part)]
    if pairs := _pairs(parts):
        return pairs
    surnames = len(parts) % 2 == 1 and all(map(_SURNAME.fullmatch, parts))
    parted = not alone or surnames or all(" " in part for part in parts)
    return parts if parted else [", ".join(parts)]


def _without_full_stop(names: list[str]) -> list[str]:
    """PubMed ends its list by a full stop: `Lee A, Ng BC.`; those of initials stay."""
    *others, last = names or [""]
    if "," in "".join(names) or "." in "".join(others):
        return names
    ended = last.removesuffix(".") if others else _LIST_END.sub("", last)
    return [*others, ended] if ended else others


def _pairs(parts: list[str]) -> list[str]:
    """`Smith, J., Doe, A.` by twos; a part that no initials follow is a name alone."""
    with_initials = [
        bool(_INITIALS.fullmatch(after)) and not _INITIALS.fullmatch(part)
        for part, after in zip(parts, [*parts[1:], ""], strict=False)
    ]
    if sum(with_initials) > 1 or (len(parts) > 2 and any(with_initials)):
        taken = [False, *with_initials[:-1]]
        return [
            f"{part}, {parts[at + 1]}" if with_initials[at] else part
            for at, part in enumerate(parts)
            if not taken[at]
        ]
    by_twos = len(parts) > 3 and len(parts) % 2 == 0 and not any(" " in p for p in parts[::2])
    if by_twos and all(map(_GIVEN.fullmatch, parts[1::2])):
        return [", ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return []


def _members(cell: str) -> list[str]:
    """The names in a list as `str()` or JSON write it: of strings, or of objects with a name."""
    if len(cell) > _LONGEST_LITERAL or not _LITERAL.fullmatch(cell):
        return []
    try:
        value = ast.literal_eval(cell.replace(": null", ": None"))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    members = value if isinstance(value, list) else [value]
    return [name for member in members if (name := _name(member))]


def _name(member: object) -> str:
    if isinstance(member, dict):
        return next((str(member[key]) for key in _NAME_KEYS if member.get(key)), "")
    return member if isinstance(member, str) else ""
