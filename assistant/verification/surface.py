"""Facts on the surface of a sentence that can be compared exactly: numbers, names, negation."""

import re

from assistant.extractive.question import content_stems, fold, mentions

_NUMBER = re.compile(r"(?<![\w.])[-−]?(?:(?:\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)")
_WORD = re.compile(r"[^\W_](?:[\w.^{}+’'-]*[\w}+])?")
_NEGATION = re.compile(
    r"\b(not|no|never|none|cannot|without|neither|nor|fails?|failed|lacks?|unable)\b|n['’]t\b",
    re.IGNORECASE,
)
_WORDED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip


def numbers(text: str) -> set[float]:
    """The figures in a text by value: `1,000` is 1000, `82.10` is 82.1, `seven` is 7."""
    found = {float(re.sub(r"[ ,]", "", m).replace("−", "-")) for m in _NUMBER.findall(text)}
    words = re.findall(r"[a-z]+", text.lower())
    return {abs(n) for n in found} | {float(_WORDED[w]) for w in words if w in _WORDED}


def written_numbers(text: str) -> set[float]:
    """The figures that stand in digits."""
    return {abs(float(re.sub(r"[ ,]", "", m).replace("−", "-"))) for m in _NUMBER.findall(text)}


def names(text: str) -> list[str]:
    """Words with a capital past their first letter, letters and digits mixed, or a capital first.

    The first word of the text counts only for what stands inside it: its capital says nothing.
    """
    words = _WORD.findall(text)
    return [w for i, w in enumerate(words) if _is_name(w) or (i > 0 and w[0].isupper())]


def _is_name(word: str) -> bool:
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return mixed or any(c.isupper() for c in word[1:])


def missing_names(claim: str, source: str) -> list[str]:
    """Names of the claim that the source does not hold."""
    folded = fold(source)
    stems = set(content_stems(source))
    return [
        name
        for name in names(claim)
        if not mentions(folded, name) and not set(content_stems(name)) <= stems
    ]


def is_negated(text: str) -> bool:
    """Whether a text holds an odd number of negations."""
    return len(_NEGATION.findall(text)) % 2 == 1
