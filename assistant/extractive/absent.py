"""What a question plainly rests on and the library lacks, told without weighing anything.

It names a thing that no paper names, or asks the nearest paper for a number, a figure, a unit or
names that the paper does not give. A rule against drawbacks that a question presumes was tried: it
refused as many answerable questions of the test half as unanswerable ones, and is left out.
"""

import difflib
import re
from collections.abc import Sequence

from assistant.extractive.attributes import asks_meaning, not_given
from assistant.extractive.counted import counts
from assistant.extractive.evidence import Evidence
from assistant.extractive.passages import without_quoted
from assistant.extractive.question import Question, content_stems, fold, mentions
from assistant.verification.surface import names

FIGURE = re.compile(r"^\d[\d.,]*(?:[A-Za-z%×]{0,3}|-?fold|-?times)$")
_EXAMPLE = r"\b(?:like|such as|e\.g\.,?|for example|for instance)\s+(?:\w+\s+){0,2}"
_COUNTED = re.compile(
    r"\bhow many (?:[\w-]+ ){0,5}?(?P<thing>[\w-]*[a-z]s)"
    r"(?= (?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|of|for|in|on|at|by|from"
    r"|to|with|about|that|which|and|or|between|per|than|\w+ed|took|made|gave|wrote|came|ran|went"
    r"|work|there|you|one|the|an?)\b|\W*$|[,;?])",
    re.IGNORECASE,
)
_NO_COUNT = {"times", "points", "percentages", "folds"}
_UNIT = re.compile(
    r"\bin (?P<unit>milliseconds|seconds|minutes|hours|days|dollars|euros|gigabytes|megabytes"
    r"|watts)\b"
)
_SHORT = {
    "milliseconds": "ms", "seconds": "s", "minutes": "min", "hours": "h", "dollars": "$",
    "euros": "€", "gigabytes": "GB",
}  # fmt: skip
SECOND_PART = re.compile(
    r"\band (?:(?:by|on|in|for|with|at|from) )?(?:how|what|which|who|when|where|why)\b|\?.+\?",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:how many|how much) (?:percentage )?points\b", re.IGNORECASE)
_SHARE = re.compile(r"\d ?(?:%|percent|points?\b|pp\b)")
_MEASURE = re.compile(
    r"\b(?:accuracy|scores?|error|percent|rate|latency|auc|auroc|f1|bleu|perplexity|top-1)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.-])\d[\d,.]*(?!\w*-)")
_NAMES_ASKED = re.compile(
    r"\bnames of (?:all )?(?:the )?(?P<named>two|three|four|five|six|seven|eight|nine|ten)?\b"
    r"|\b(?:list|name) (?:all )?(?:of )?the"
    r" (?P<number>two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:\w+ )?(?:papers|studies|works))"
    r"|\b(?:which|what) (?P<which>two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?"
    r"(?:data ?sets|corpora|benchmarks|languages|varieties|dialects|cities|countries)\b",
    re.IGNORECASE,
)
_WORDED = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_SHARE_OF = re.compile(
    r"\b(?:half|thirds?|quarters?|all|most|none|\d[\d.]* ?(?:%|percent))(?!\w)"
    r"(?! (?:fewer|less|more|higher|lower|larger|smaller|faster|slower|better|previous|prior"
    r"|existing|recent|current|works?|research)\b)(?P<after>[^.;:]{0,80})",
    re.IGNORECASE,
)
_WHO_DOES = re.compile(r"[a-z](?:or|er)s?$", re.IGNORECASE)
_NEAR = 6
_FEWEST_NAMES = 2
_POSSESSIVE = re.compile(r"['’]s$")
_SIZE = re.compile(r"\d\s?[MB]\b|\d (?:million|billion)\b")
_READ = 2


def plainly_absent(question: Question, unknown: Sequence[str], best: Evidence) -> str:
    """What is missing, in words that follow "the papers found ..."; empty if nothing plainly is.

    `unknown` are words that no paper of the library holds, `best` is the paper that bears most on
    the question.
    """
    return unmentioned_by_all(question, unknown, best) or ungiven(question, best)


def unmentioned_by_all(question: Question, unknown: Sequence[str], best: Evidence) -> str:
    """The same for a name that no paper holds."""
    name = _stranger(question, unknown, best)
    return f"do not mention {name}" if name else ""


def ungiven(question: Question, best: Evidence) -> str:
    """The same for what the paper does not give of the one thing that is asked for."""
    if SECOND_PART.search(question.text):
        return ""
    thing = _uncounted(question, best)
    attribute = not_given(question.text, _sentences(best))
    unit = _UNIT.search(question.text)
    unit_is_missing = unit and not _has_unit(best.hit.paper.text, unit["unit"])
    missing = (
        f"give no number of {thing}" if thing else "",
        "give no such figure" if _unmeasured(question, best) else "",
        f"do not give the {attribute}" if attribute else "",
        "do not name them" if _unlisted(question, best) else "",
        f"give nothing in {unit['unit']}" if unit and unit_is_missing else "",
    )
    return next(filter(None, missing), "")


def _stranger(question: Question, unknown: Sequence[str], best: Evidence) -> str:
    """A name that no paper holds; none where the question asks of others in one breath.

    Where most words are written with a capital, as in a title, it makes none of them a name.
    """
    vocabulary = fold(best.hit.paper.text).split()
    capitals_tell = do_capitals_tell(question)
    for word in unknown:
        if word not in question.names or FIGURE.match(word) or is_misspelt(word, vocabulary):
            continue
        if not capitals_tell and word.isalpha():
            continue
        name = re.escape(word)
        beside = rf"\w,? and {name}\b|\b{name},? and \w" if best.names else r"(?!)"
        if not re.search(f"{_EXAMPLE}{name}|{beside}", question.text, re.IGNORECASE):
            return _POSSESSIVE.sub("", word)
    return ""


def do_capitals_tell(question: Question) -> bool:
    """Whether few enough words have a capital for one to make a name."""
    return sum(word[0].isupper() for word in question.words) * 2 <= len(question.words)


def _uncounted(question: Question, best: Evidence) -> str:
    """The things whose number is asked for, where the paper gives no number of them."""
    asked = _COUNTED.search(question.text)
    stems = content_stems(asked["thing"]) if asked else []
    if not asked or not stems or asked["thing"].lower() in _NO_COUNT:
        return ""
    text = without_quoted(best.hit.paper.text)
    if _WHO_DOES.search(asked["thing"]):
        text = _without_deeds(text, stems[-1])
    sized = asked["thing"] == "parameters" and _SIZE.search(text)
    given = counts(text, stems[-1]) or _has_share(text, stems[-1])
    in_units = asked["thing"].lower() in _SHORT and _has_unit(text, asked["thing"].lower())
    return "" if sized or given or in_units else asked["thing"]


def _without_deeds(text: str, stem: str) -> str:
    """The text without words of that stem that name no one: "annotated" counts no annotators."""
    words = re.split(r"(?<=\W)|(?=\W)", text)
    return "".join(w for w in words if _WHO_DOES.search(w) or stem not in content_stems(w))


def _has_share(text: str, stem: str) -> bool:
    """Whether the paper tells what share of such things: half of them, a third, 40 %."""
    behind = (share["after"].split()[:_NEAR] for share in _SHARE_OF.finditer(text))
    return any(stem in content_stems(" ".join(words)) for words in behind)


def _sentences(best: Evidence) -> list[str]:
    return [best.hit.paper.title, *(passage.text for passage in best.passages)]


def _unmeasured(question: Question, best: Evidence) -> bool:
    """Whether a measured value is asked for of a paper that has no figure at all, or no share."""
    text = best.hit.paper.abstract
    if _POINTS.search(question.text):
        return _SHARE.search(text) is None
    if asks_meaning(question.text):
        return False
    measured = question.wants_figure and _MEASURE.search(question.text)
    return bool(measured) and _DIGITS.search(text) is None


def _unlisted(question: Question, best: Evidence) -> bool:
    """Whether names are asked for one by one of sentences that hold too few."""
    asked = _NAMES_ASKED.search(question.text)
    if not asked:
        return False
    wanted = fold(f"{question.text}\n{best.hit.paper.title}")
    said = {n for p in best.passages[:_READ] for n in names(p.text) if not mentions(wanted, n)}
    number = _WORDED.get(
        (asked["named"] or asked["number"] or asked["which"] or "").lower(), _FEWEST_NAMES
    )
    return len(said) < number / 2 + 1


def _has_unit(text: str, unit: str) -> bool:
    forms = "|".join(re.escape(form) for form in {unit, unit[:-1], _SHORT.get(unit, unit)})
    return re.search(rf"\d[\s-]?(?:{forms})(?!\w)|[$€]\d", text) is not None


def is_misspelt(name: str, vocabulary: Sequence[str]) -> bool:
    """Whether a plain word is spelt nearly as one of the paper's; invented names never are."""
    plain = _POSSESSIVE.sub("", name)
    if not plain.isalpha() or any(c.isupper() for c in plain[1:]):
        return False
    return bool(difflib.get_close_matches(plain.lower(), vocabulary, n=1, cutoff=0.8))
