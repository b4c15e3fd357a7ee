"""Makes spellings of one word meet before words are indexed or looked up."""

import re
import unicodedata

_VOWELLESS_PLURAL = re.compile(r"\b([b-df-hj-np-tv-xz0-9]{2,})s\b", re.IGNORECASE)
_RAISED = re.compile(r"[\^_]\s*\{?\\?([\w+-]+)\}?")
_LATEX_GREEK = re.compile(
    r"\\(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau"
    r"|upsilon|phi|chi|psi|omega)(?![a-z])",
    re.IGNORECASE,
)
_LATEX_LEFT = re.compile(r"[${}]|\\(?=[%_&#])|\\(text|math)[a-z]+(?![a-z])")
_GREEK = re.compile(r"[\u0370-\u03ff]")


def fold_spelling(text: str) -> str:
    """Fold what the index should not tell apart.

    `M^{2}UGen` and `M²UGen` become `M2UGen`, `$\\gamma$-MoD` and `γ-MoD` become `gamma-MoD`, and
    the plural of acronyms without a vowel (`MLPs`), which English stemmers leave alone, goes.
    """
    if not text.isascii():
        text = _GREEK.sub(_greek_name, unicodedata.normalize("NFKC", text))
    if "\\" in text or "$" in text or "{" in text or "^" in text:
        text = _LATEX_GREEK.sub(r"\1", text)
        text = _LATEX_LEFT.sub("", _RAISED.sub(r"\1", text))
    return _VOWELLESS_PLURAL.sub(r"\1", text)


def _greek_name(match: re.Match[str]) -> str:
    name = unicodedata.name(match.group(), "").rpartition(" LETTER ")[2]
    return name.split(" WITH ")[0].lower() or match.group()
