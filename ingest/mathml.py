"""MathML as a line of text: x^2, a_i, (a+b)/2, √(x).

Crossref's abstracts carry it (Physical Review, Springer); taking the tags out alone would make x2
of x squared.
"""

import re
from xml.etree import ElementTree

_PREFIX = re.compile(r"<(/?)[\w.-]+:")
_ATTRIBUTES = re.compile(r"(<[\w.-]+)\s[^<>]*?(/?>)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = {
    "msup": "^",
    "mover": "^",
    "msub": "_",
    "munder": "_",
    "msubsup": "_^",
    "munderover": "_^",
    "mfrac": "/",
}
_SIMPLE = re.compile(r"\w*|.", re.DOTALL)


def math_to_text(island: str) -> str:
    """The text of one <math> element; without its tags alone if it is not well-formed.

    Prefixes and attributes, which say nothing about the text, go first, so that an undeclared
    namespace or entity in them does no harm. An element cannot declare entities, so parsing one is
    safe.
    """
    plain = _ATTRIBUTES.sub(r"\1\2", _PREFIX.sub(r"<\1", island))
    try:
        return element_to_text(ElementTree.fromstring(plain))
    except (ElementTree.ParseError, ValueError):
        return _TAG.sub("", island)


def element_to_text(math: ElementTree.Element) -> str:
    """The text of a <math> element whose names have no prefix; its bare text if nested too deep."""
    try:
        return _text(math)
    except RecursionError:
        return "".join(math.itertext())


def _text(element: ElementTree.Element) -> str:
    if element.tag == "annotation":
        return ""
    parts = [_text(child) for child in element]
    tails = [(child.tail or "").strip() for child in element]
    own = (element.text or "").strip()
    joined = own + "".join(part + tail for part, tail in zip(parts, tails, strict=True))
    if element.tag == "msqrt":
        return f"√{_grouped(joined)}"
    marks = _MARKS.get(element.tag)
    if marks is None or len(parts) != len(marks) + 1:
        return joined
    first = _grouped(parts[0]) if element.tag == "mfrac" else parts[0]
    others = zip(marks, parts[1:], strict=True)
    return first + "".join(f"{mark}{_grouped(part)}" for mark, part in others)


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
