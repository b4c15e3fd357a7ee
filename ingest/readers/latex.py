"""LaTeX in the fields of BibTeX, turned into the text it stands for.

pylatexenc does the work. It reads text as LaTeX does, which exports don't write: most leave `%`,
`&`, `#` and `$` unescaped, and LaTeX would drop the rest of a line after `50%`. So the characters
that can't be meant as LaTeX are escaped first. Mathematics stays as it is written; a command that
is not known stays too, for it may be no command (`C:\\Users`).
"""

import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalkerError

_HAS_LATEX = re.compile(r"[\\{}~]|--|``|''")
_MARKS = re.compile(
    r"(?P<math>\$\$[^$]+\$\$|\$[\\^_][^\s$]{0,40}(?<!\\)\$"
    r"|\$(?=[^\s$])[^$]{0,400}?(?<![\s\\])\$(?!\d)"
    r"|\\\([^$]{1,400}?\\\)|\\\[[^$]{1,400}?\\\])"
    r"|(?P<link>\\href\s*\{[^{}]*\})|\\(?P<spacing>[~^])\{\s*\}"
    # Of JSON: "and\/or"; LaTeX's own `\/` stands at a word's end or parts f from f, i and l.
    r"|(?P<slash>(?<!f)\\/(?=\w|\\/))"
    r"|(?P<escaped>\\.)|(?P<plain>[%&#$])|(?P<tilde>(?<![^\s(\[=<>])~)",
    re.DOTALL,
)
_SIMPLE_URL_ESCAPE = re.compile(r"\\([_%&#~$])|[{}]|\\url(?=\{)")
# Mendeley escapes the `\\n` that it holds for a line's end, but also commands of LaTeX.
_BACKSLASH = r"$\backslash$"
_ESCAPED_BREAK = re.compile(r"\$\\backslash\$n(?!(?:u|e|eq|ot|otin|abla)\b)")
_SYMBOLS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
    "textasteriskcentered": "*",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "slash": "/",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "pounds": "£",
    "euro": "€",
    "texteuro": "€",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "linebreak": " ",
    "newline": " ",
    "url": "%s",
    "cprime": "ʹ",
    "textbackslashtextasciitilde": "~",
}
_DROPPED = (
    *("newblock", "protect", "relax", "/"),
    *("em", "it", "bf", "sc", "sl", "tt", "rm", "sf"),
    *("cite", "citep", "citet"),
)
# Besides its own error, pylatexenc lets these escape at commands whose arguments are missing.
_DECODING_ERRORS = (
    *(LatexWalkerError, RecursionError),
    *(AttributeError, IndexError, KeyError, TypeError, ValueError),
)
_POWER = re.compile(r"\{\s*[+\-−–]?\d+\s*\}")


def latex_to_unicode(text: str) -> str:
    """Decode LaTeX; text that pylatexenc cannot parse comes back as it is."""
    if not _HAS_LATEX.search(text):
        return text
    if _BACKSLASH in text:
        text = _ESCAPED_BREAK.sub("\n", text).replace(_BACKSLASH, r"\textbackslash{}")
    try:
        decoded: str = _decoder().latex_to_text(_MARKS.sub(_escape, text))
    except _DECODING_ERRORS:
        return text
    return decoded


def plain_url(text: str) -> str:
    """Undo the escapes of a URL or an identifier, which holds no LaTeX otherwise."""
    return _SIMPLE_URL_ESCAPE.sub(lambda match: match[1] or "", text).strip()


def _escape(match: re.Match[str]) -> str:
    """Escape what LaTeX would take for a comment, a column, a parameter, mathematics or a tie."""
    if match["math"]:
        return re.sub(r"(?<!\\)%", r"\\%", match["math"])
    if match["plain"]:
        return f"\\{match['plain']}"
    if match["slash"]:
        return "/"
    if match["tilde"] or match["spacing"]:
        return r"\textasciicircum{}" if match["spacing"] == "^" else r"\textasciitilde{}"
    return match["escaped"] or ""


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, symbol) for name, symbol in _SYMBOLS.items()]
    macros += [MacroTextSpec(name, "") for name in _DROPPED]
    macros.append(MacroTextSpec("textsuperscript", _superscript))
    context.add_context_category("exports", macros=macros, prepend=True)
    context.set_unknown_macro_spec(MacroTextSpec("", _unknown))
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=False)


def _superscript(node: Any) -> str:
    """A power of a number keeps its mark: 10 to the third is not 103. The group itself follows."""
    source = node.parsing_state.s
    is_power = _POWER.match(source, node.pos + node.len) and source[: node.pos][-1:].isdigit()
    return "^" if is_power else ""


def _unknown(node: Any, l2tobj: LatexNodes2Text) -> str:
    """Keep a command that is not known, unless it has an argument, which is kept alone."""
    after = node.macro_post_space or node.parsing_state.s[node.pos + node.len :][:1]
    if arguments := _arguments(node, l2tobj):
        return arguments
    return "" if after == "{" else str(node.latex_verbatim())


def _arguments(node: Any, l2tobj: LatexNodes2Text) -> str:
    given = [n for n in (node.nodeargd.argnlist if node.nodeargd else ()) if n is not None]
    text: str = l2tobj.nodelist_to_text(given)
    return text
