"""Citation numbers in a text.

ALCE's evaluation reads them by a regular expression for one number in brackets, so that the 3 of
`[2, 3]` and all of `[1-3]` are lost. Here every number in a bracket counts, and a range all of its
numbers.
"""

import re

_BRACKET = re.compile(r"\[(\s*\d{1,4}(?:\s*(?:[,;&–-]|and)\s*\d{1,4})*\s*)\]")
_NUMBER_OR_RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_LONGEST_RANGE = 50


def cited_numbers(text: str) -> tuple[int, ...]:
    """The numbers cited in a text, each once, in order of first appearance."""
    numbers: dict[int, None] = {}
    for bracket in _BRACKET.findall(text):
        for first, last in _NUMBER_OR_RANGE.findall(bracket):
            numbers.update(dict.fromkeys(_between(int(first), int(last or first))))
    return tuple(numbers)


def without_markers(text: str) -> str:
    """The text without its citations and the blanks before them."""
    return re.sub(rf"[ \t]*{_BRACKET.pattern}", "", text)


def _between(first: int, last: int) -> range:
    return range(first, last + 1) if last - first < _LONGEST_RANGE else range(first, first + 1)
