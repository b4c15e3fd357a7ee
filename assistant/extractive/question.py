"""What a question asks for: its kind, its content words and names, whether it wants a figure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from ingest.library.spelling import fold_spelling
from ingest.paper import normalise_title


class Kind(StrEnum):
    """The kinds of question that are answered differently."""

    FACT = "fact"
    LIST = "list"
    COMPARE = "compare"
    EXPLAIN = "explain"


ALTERNATIVES = re.compile(r"\bor\b", re.IGNORECASE)
"""Where a question puts them, each may stand in a paper of its own."""
_LIST = re.compile(
    r"^\W*(which|what|list|name|find|show|give)\b.{0,40}?\b(papers?|works?|studies|articles|methods"
    r"|models|approaches|benchmarks|datasets|surveys|frameworks|architectures|systems|techniques"
    r"|tools|libraries|backbones|algorithms|works)\b"
    r"|\b(are there|is there (any )?(work|paper|research|study))\b"
    r"|^\W*(papers?|works?|research|studies|anything) (on|about|that|which)\b"
    r"|\b(which|what) (papers|works)\b|\bpapers\W*$|\bhave been (proposed|studied|suggested)\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(compare[ds]?|comparison|versus|vs\.?|differ(s|ence|ences|ent)?|better than|worse than"
    r"|gain(s)? over|advantage over|(dis)?agree)\b",
    re.IGNORECASE,
)
_EXPLAIN = re.compile(r"^\W*(how|why|explain|describe|in what way)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\bhow (many|much|fast|large|big|long|often|accurate|far|high|well)\b|\bby how much\b"
    r"|\bwhat (\w+ ){0,3}(accuracy|score|percentage|percent|speed-?up|number|rate|size|improvement"
    r"|gain|reduction|error|f1|auc|miou|map|bleu|perplexity|throughput|latency|fraction|share"
    r"|proportion|factor|cost|count|level|performance)\b|\b(accuracy|score|speed-?up|percentage)\b",
    re.IGNORECASE,
)
_NOT_A_FIGURE = re.compile(r"^\W*how (do|does|did|is|are|can|was|were)\b", re.IGNORECASE)
_FOCUS = re.compile(
    r"\b(?:how (?:many|much)|what(?: is| was| are| were|'s)?|which|in what)"
    r" (?:the |exact |average )*"
    r"(?P<phrase>(?:[\w%+-]+ ?){1,6})",
    re.IGNORECASE,
)
_FOCUS_END = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|of|for|in|on|at|by|from|to"
    r"|with|when|that|than|the|a|an|as|be|between|and|or|used|needed)\b.*",
    re.IGNORECASE,
)
_ABOUT_RECORD = re.compile(
    r"\b(who (wrote|are the authors|is the (first |lead )?author)|^\W*((list|name|give) )?"
    r"(the )?authors? of|written by"
    r"|affiliat\w+|first author|(when|where) (was|were|is) .{0,60}\bpublished"
    r"|which (journal|conference|venue)|how many (authors|citations)|cited by)\b",
    re.IGNORECASE,
)
_NAME_SUFFIX = re.compile(r"[-‐-―](style|based|like|only|free|type|level|aware|driven)$", re.I)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_](?:[\w.^{}+'’-]*[\w}+])?")
_ASKING = """
    paper papers work works study studies article articles research publication publications library
    author authors propose proposes proposed present presents presented introduce introduces
    introduced describe describes described report reports reported discuss discusses show shows
    shown use uses used using do does did done make makes made get gets give gives given tell find
    list name explain compare what which who whom whose when where why how many much there any some
    please can could would should may might will about between among than more most other others
    also me i you we us our my your it its they them their this that these those have has had been
    being was were is are am be so such very each every all both either neither one ones thing
    things way ways kind kinds type types exactly actually reach reaches achieve achieves obtain
    obtains method methods approach approaches against over on in at by from with without
"""


@dataclass(frozen=True)
class Question:
    """An analysed question. `terms` are stems of the content words, `names` as written.

    `focus` are the stems of what is asked for ("how many *parameters*"); `about_record` says that
    authors, venue or date are asked for, which no abstract tells.
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    content: frozenset[str]
    words: tuple[str, ...]
    names: tuple[str, ...]
    focus: tuple[str, ...]
    wants_figure: bool
    about_record: bool


def analyse(text: str) -> Question:
    """Read a question; it is never changed, only measured."""
    words = _WORD.findall(text)
    stems = content_stems(text)
    return Question(
        text=text,
        kind=_kind(text),
        terms=tuple(dict.fromkeys(stems)),
        content=frozenset(content_words(text)),
        words=tuple(words),
        names=tuple(
            dict.fromkeys(
                _NAME_SUFFIX.sub("", w) for i, w in enumerate(words) if _is_name(w, first=i == 0)
            )
        ),
        focus=tuple(dict.fromkeys(_focus(text))),
        about_record=bool(_ABOUT_RECORD.search(text)),
        wants_figure=bool(_FIGURE.search(text)) and not _wants_mechanism(text),
    )


def _kind(text: str) -> Kind:
    if _COMPARE.search(text):
        return Kind.COMPARE
    if _LIST.search(text):
        return Kind.LIST
    if _EXPLAIN.search(text) and not _FIGURE.search(text):
        return Kind.EXPLAIN
    return Kind.FACT


def _focus(text: str) -> list[str]:
    match = _FOCUS.search(text)
    return content_stems(_FOCUS_END.sub("", match["phrase"])) if match else []


def _wants_mechanism(text: str) -> bool:
    return bool(_NOT_A_FIGURE.search(text)) and not re.search(r"\bhow (many|much)\b", text, re.I)


def _is_name(word: str, first: bool) -> bool:
    """Capitals or digits inside a word make a name; a leading capital only past the first word."""
    inner_capital = any(c.isupper() for c in word[1:])
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    leading = word[0].isupper() and not first and len(word) > 1
    asked = normalise_title(word) in _ASKING.split()
    return (inner_capital or mixed or leading) and not asked


def _analyser(stem: bool) -> TextAnalyzer:
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(64))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stopword("english"))
        .filter(Filter.custom_stopword(_ASKING.split()))
    )
    return (builder.filter(Filter.stemmer("english")) if stem else builder).build()


_STEMS = _analyser(stem=True)
_WORDS = _analyser(stem=False)


def content_stems(text: str) -> list[str]:
    """Stems of the content words, as the lexical index has them."""
    stems: list[str] = _STEMS.analyze(fold_spelling(text))
    return stems


def content_words(text: str) -> list[str]:
    """The content words, folded but not stemmed."""
    words: list[str] = _WORDS.analyze(fold_spelling(text))
    return words


def fold(text: str) -> str:
    """A text as `mentions` expects it."""
    return normalise_title(fold_spelling(text))


def mentions(folded_text: str, name: str) -> bool:
    """Whether a folded text holds a name as words, a plural s and spaces inside it aside."""
    wanted = fold(name)
    forms = {wanted, wanted.replace(" ", ""), f"{wanted}s", fold(_HUMP.sub(" ", name))}
    if name.endswith("s") and len(name) > 2:
        forms |= {wanted[:-1], wanted[:-1].replace(" ", "")}
    padded = f" {folded_text} "
    return any(f" {form} " in padded for form in forms if form)
