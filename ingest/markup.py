"""JATS and HTML in the text of a field, made plain text.

Only formatting is markup here, by a closed list of names, and an inline name only where it is both
opened and closed. Everything else between angle brackets is text and stays: `p < 0.05`,
`<script>`, the tokens `<pad>` and `</s>` of language models, `<subject, relation, object>`.
"""

import re
from html.entities import html5

from ingest.mathml import math_to_text

_PAIRED = frozenset(
    {"a", "b", "i", "u", "em", "strong", "sub", "sup", "inf", "tt", "small", "big", "span", "font"}
    | {
        "italic",
        "bold",
        "sc",
        "title",
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
)
_ALONE = frozenset({"br", "hr"})
_BREAKING = frozenset(
    {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr"}
    | {"title", "sec", "list", "list-item", "disp-formula"}
)
_NAMESPACE = re.compile(r"(?:jats|mml|ns\d|html|xhtml):")
_TAG = re.compile(
    r"<(?:\s(?=(?:i|b|em|su[bp])>))?(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,30})"
    r"(?P<attributes>(?:\s+[\w:.-]{1,40}\s*=\s*(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>]{1,500}))*)"
    r"\s*/?>"
)
# No element of these holds another, so each search ends where the next one opens.
_ISLAND = re.compile(
    r"<(?P<name>(?:mml:)?math)\b[^<>]*>(?:(?!<(?:mml:)?math\b).)*?</(?P=name)>", re.DOTALL
)
_BOTH_FORMS = re.compile(
    r"(<jats:tex-math\b[^<>]*>(?:(?!<jats:tex-math\b).)*?</jats:tex-math>)\s*"
    r"<mml:math\b(?:(?!<mml:math\b).)*?</mml:math>",
    re.DOTALL,
)
_SCRIPT = re.compile(
    r"<\s?(?P<name>(?:jats:)?(?:sub|sup|inf))>(?P<text>[^<>]{0,80})</(?P=name)>", re.IGNORECASE
)
_LINK = re.compile(
    r"<a\s+href\s*=\s*[\"']?(?P<url>[^\s\"'<>]{1,500})[\"']?[^<>]{0,200}>(?P<text>[^<>]{0,300})</a>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#(?P<dec>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>\w{2,31}));")
_WRAPPED = re.compile(r"\s*<(?:(?:jats|ns\d):\w+|title|p|div)\b[^<>]*>.*</[\w:]+>\s*", re.DOTALL)
_ORDINAL = re.compile(r"st|nd|rd|th|TM|®|™|℠")
_TO_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_RAISED = re.compile(r"[0-9+\-−–]+")
# ISO 8879 "Greek letters" (isogrk1), which older publishers use and HTML doesn't know.
_GREEK_NAMES = (
    "agr bgr ggr dgr egr zgr eegr thgr igr kgr lgr mgr ngr xgr ogr pgr rgr sfgr sgr tgr ugr phgr"
    " khgr psgr ohgr"
)
_GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξοπρςστυφχψω", strict=True))
_GREEK |= {
    name.capitalize(): letter.upper() for name, letter in _GREEK.items() if name != "sfgr"
} | {"EEgr": "Η", "THgr": "Θ", "PHgr": "Φ", "KHgr": "Χ", "PSgr": "Ψ", "OHgr": "Ω"}


def remove_markup(text: str) -> str:
    """Formatting tags out; lines, sub- and superscripts kept readable; links kept in brackets."""
    if "<" not in text or ">" not in text:
        return text
    text = _BOTH_FORMS.sub(r"\1", text)
    text = _ISLAND.sub(lambda island: math_to_text(island.group()), text)
    text = _LINK.sub(_link, text)
    text = _SCRIPT.sub(_script, text)
    opened: dict[bool, set[str]] = {True: set(), False: set()}
    for tag in _TAG.finditer(text):
        opened[not tag["close"]].add(tag["name"].lower())
    removed = _ALONE | (_PAIRED & opened[True] & opened[False])
    return _TAG.sub(lambda tag: _replacement(tag, removed), text)


def decode_entities(text: str) -> str:
    """Named and numbered characters, once: `&amp;lt;` is the text `&lt;`."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def remove_escaped_markup(text: str) -> str:
    """Tags of a text that is marked up as a whole, as is left where it was escaped twice."""
    return remove_markup(text) if _WRAPPED.fullmatch(text) else text


def superscript(text: str) -> str:
    """Superscript digits and signs; `^n` for anything else."""
    return text.translate(_TO_SUPERSCRIPT) if _RAISED.fullmatch(text) else f"^{text}"


def _replacement(tag: re.Match[str], removed: frozenset[str]) -> str:
    name = tag["name"].lower()
    space = _NAMESPACE.match(name)
    if not space and name not in removed:
        return tag.group()
    return "\n" if name[space.end() if space else 0 :] in _BREAKING else ""


def _link(link: re.Match[str]) -> str:
    text = link["text"].strip()
    return text if link["url"] in text else f"{text} ({link['url']})"


def _script(script: re.Match[str]) -> str:
    """H2O; x², 10⁻³, x^n; 5th; x_max."""
    text = script["text"].strip()
    before = script.string[: script.start()][-1:]
    raised = script["name"].lower().endswith("sup")
    if not text or _ORDINAL.fullmatch(text):
        return text
    if raised:
        return superscript(text)
    return text if text[0].isdigit() or not before.isalpha() else f"_{text}"


def _character(entity: re.Match[str]) -> str:
    if entity["name"]:
        name = entity["name"]
        return html5.get(f"{name};") or _GREEK.get(name) or entity.group()
    code = int(entity["dec"]) if entity["dec"] else int(entity["hex"], 16)
    known = code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if known else entity.group()
