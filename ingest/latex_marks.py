r"""LaTeX in running text: accents, symbols and commands decoded one by one, mathematics untouched.

Abstracts are text with some LaTeX in it, not LaTeX: parsed as a whole, `50%` would hide the rest
of the line and an unknown command would vanish. So only what is surely LaTeX is matched, each piece
decoded by pylatexenc, and everything else stays as it is. `$O(n^2)$` stays too, as do unknown
commands and paths.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

from ingest.markup import superscript

_MATH = re.compile(
    r"\$\$[^$]{1,2000}\$\$|(?<!\\)\$(?=[^\s$])[^$]{0,1000}?(?<=[^\s\\])\$(?!\d)"
    r"|\\\((?:(?!\\\().){1,1000}?\\\)|\\\[(?:(?!\\\[).){1,1000}?\\\]",
    re.DOTALL,
)
_HELD = re.compile("\ufdd0(\\d+)\ufdd1")
_DOCUMENT = re.compile(
    r"\\documentclass(?:(?!\\documentclass).){0,1000}?\\begin\{document\}"
    r"((?:(?!\\documentclass).){0,2000}?)\\end\{document\}",
    re.DOTALL,
)
_ACCENT = re.compile(
    r"""\{\\["'`^~=.]\s*\{?(?:\\[ij]|[A-Za-z])\}?\}"""
    r"""|\\["'`^~=.]\{(?:\\[ij]|[A-Za-z])\}"""
    r"""|(?<=[A-Za-z])\\(?:'(?!(?:s|t|re|ll|ve|d|m)\b)[acegilnorsuyz]|["`^][aeiouy]|~[ano]|\.z)"""
    r"""|\{\\[uvHckr]\s[A-Za-z]\}|\\[uvHcdbrk]\{[A-Za-z]\}"""
    r"""|\{\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])\}|\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])\{\}"""
)
_ARROWS = (
    "longrightarrow longleftarrow leftrightarrow Leftrightarrow rightarrow leftarrow Rightarrow"
    " Leftarrow uparrow downarrow"
)
_SYMBOLS = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi"
    " pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma"
    " Upsilon Phi Psi Omega times cdot pm mp div leq le geq ge neq ne approx sim simeq equiv propto"
    " ll gg to mapsto in notin subset subseteq cup cap forall exists neg land lor wedge vee infty"
    " partial nabla sum prod ell ldots cdots dots circ bullet star dagger ddagger oplus otimes"
    " log exp max min arg sup inf lim sin cos tan tanh langle rangle"
    " textasciitilde textless textgreater textbar textperthousand textdegree textpm"
    " textmu pounds euro texteuro LaTeX TeX"
)
_SYMBOL = re.compile(
    rf"\{{\\(?P<inner>{'|'.join((_ARROWS + ' ' + _SYMBOLS).split())})\}}"
    rf"|\\(?P<bare>(?:{'|'.join(_ARROWS.split())})|(?:{'|'.join(_SYMBOLS.split())})(?![a-z]))(?:\{{\}})?"
)
_DEGREE = re.compile(r"\^(?:\{\\circ\}|\\circ(?![a-z]))")
_SIZED = re.compile(r"\\(?:left|right)(?=\\?[()\[\]{}|.])")
_SYNONYMS = {"ne": "neq", "neg": "lnot", "land": "wedge", "lor": "vee"}
_CITATION = re.compile(
    r"[~ ]?\\(?:cite|citep|citet|citealp|ref|eqref|autoref)\*?(?:\[[^\[\]]*\]){0,2}\{([^{}]*)\}"
)
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_FOOTNOTE = re.compile(r"\s?\\footnote\{([^{}]*)\}")
_RAISED = re.compile(r"\\textsuperscript\{([^{}]*)\}")
_WRAPPER = re.compile(
    r"\\{1,2}(?:text(?:it|bf|tt|sc|rm|sf|up|sl|md|normal|subscript)?|emph|underline|uline"
    r"|url|mbox|hbox|math(?:rm|bf|cal|bb|it|sf|tt|frak)|boldsymbol|bm|operatorname|ensuremath"
    r"|em|it|bf|sc|sl|tt|rm|sf)"
    r"\s?\{([^{}]*)\}"
)
_GROUP = re.compile(r"(?<![A-Za-z])\{\\(?:em|it|bf|sc|sl|tt|rm|sf)(?![A-Za-z])\s*([^{}]*)\}")
_SWITCH = re.compile(r"\\(?:em|it|bf|sc|sl|tt|rm|sf)(?![A-Za-z])\s?")
_ESCAPED = re.compile(r"\\{1,2}([%&#_])|\\([{}$])|(?<=\w)\\( )(?=\w)")
_TIE = re.compile(r"\b([A-Za-z]{2,}|[A-Z]?[a-z]*\.|\d[\d.]{0,9}(?=~(?:[a-z]{2}|\()))~(?=[\w(\\])")
_QUOTES = re.compile(r"(?<!`)``(?=[^`\s])([^`\n]{1,300}?)(?:''|\")")
_MAX_NESTING = 8


def decode_latex(text: str) -> str:
    """Decode what is surely LaTeX outside of mathematics."""
    if not ("\\" in text or "``" in text or "~" in text) or "\ufdd0" in text:
        return text
    text = _DOCUMENT.sub(lambda document: document[1].strip(), text)
    held: list[str] = []

    def hold(formula: re.Match[str]) -> str:
        held.append(formula.group())
        return f"\ufdd0{len(held) - 1}\ufdd1"

    text = _MATH.sub(hold, text)
    for decode in _DECODERS:
        text = decode(text)
    return _HELD.sub(lambda place: held[int(place[1])], text)


def _accents(text: str) -> str:
    return _ACCENT.sub(lambda accent: _decoded(accent.group()), text)


def _symbols(text: str) -> str:
    return _SYMBOL.sub(_symbol, _SIZED.sub("", _DEGREE.sub("°", text)))


def _symbol(match: re.Match[str]) -> str:
    name = match["inner"] or match["bare"]
    decoded = _decoded(f"\\{_SYNONYMS.get(name, name)}")
    return match.group() if decoded.startswith("\\") else decoded


def _commands(text: str) -> str:
    text = _LINK.sub(r"\2 (\1)", _CITATION.sub(r" [\1]", text))
    text = _RAISED.sub(lambda raised: superscript(raised[1]), text)
    for _ in range(_MAX_NESTING):
        plain = _GROUP.sub(r"\1", _WRAPPER.sub(r"\1", text))
        if plain == text:
            break
        text = plain
    return _SWITCH.sub("", _FOOTNOTE.sub(r" (\1)", text))


def _escapes(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: escaped[1] or escaped[2] or escaped[3], text)


def _ties(text: str) -> str:
    return _TIE.sub(r"\1 ", text) if "~" in text else text


def _quotes(text: str) -> str:
    return _QUOTES.sub(r"“\1”", text) if "``" in text else text


_DECODERS: tuple[Callable[[str], str], ...] = (
    _accents,
    _symbols,
    _commands,
    _ties,
    _escapes,
    _quotes,
)


@lru_cache(maxsize=4096)
def _decoded(piece: str) -> str:
    """One accent or symbol as pylatexenc has it; the piece itself if it has none."""
    decoded: str = _decoder().latex_to_text(piece)
    return decoded.strip() or piece


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim")
