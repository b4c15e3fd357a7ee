"""Cleaning of text fields, and sentences with their offsets."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n\s*")
_KEPT_CHARACTERS = 20_000


class Span(NamedTuple):
    """A piece of a text: `text[start:end]`."""

    start: int
    end: int


def visible(text: str) -> str:
    """The text without control, bidirectional and zero-width characters."""
    return _CONTROL.sub("", text)


def clean_text(text: str) -> str:
    """NFC; control, bidirectional and zero-width characters removed; white space collapsed.

    Markup stays as it is: it is shown as text, never interpreted.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = visible(text.replace("\t", " "))
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def encodable(text: str) -> str:
    """The text with lone surrogates, which no encoding can hold, replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Clean text without line breaks, for titles and names."""
    return clean_text(text).replace("\n", " ")


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences, in order, white space trimmed.

    Punkt (Kiss and Strunk 2006) with English parameters, which LlamaIndex ships, and the
    abbreviations of scientific prose. The latest texts' spans are kept.
    """
    return list(_kept_spans(text) if len(text) <= _KEPT_CHARACTERS else _spans(text))


def sentences_of(text: str) -> list[str]:
    """The sentences themselves, in order."""
    return [text[span.start : span.end] for span in split_sentences(text)]


def _spans(text: str) -> tuple[Span, ...]:
    spans = _punkt().span_tokenize(text)
    return tuple(piece for start, end in spans for piece in _lines(text, start, end))


_kept_spans = lru_cache(maxsize=2**12)(_spans)


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Cut a span at line breaks: a break in an abstract ends a sentence or a list item."""
    pieces = []
    at = start
    for part in text[start:end].split("\n"):
        left = at + len(part) - len(part.lstrip())
        right = at + len(part.rstrip())
        if right > left:
            pieces.append(Span(left, right))
        at += len(part) + 1
    return pieces


_ABBREVIATIONS = """
    al et e.g i.e eg ie cf fig figs eq eqs sec secs tab ref refs vs resp approx no nos dr prof st
    vol ch dept ca viz w.r.t wrt i.i.d a.k.a aka spp sp var subsp inc incl
"""


@lru_cache(maxsize=1)
def _punkt():  # type: ignore[no-untyped-def]
    import llama_index.core
    import nltk.data
    from nltk.tokenize.punkt import PunktSentenceTokenizer, load_punkt_params

    cache = Path(llama_index.core.__file__).parent / "_static/nltk_cache"
    nltk.data.path.append(str(cache))
    english = nltk.data.find("tokenizers/punkt_tab/english/", paths=[str(cache)])
    parameters = load_punkt_params(english)
    parameters.abbrev_types |= set(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)
