"""Attributes of a study that questions ask for by name, and what an abstract that gives one holds.

"Which optimizer was used?" is answered by a text that says "optimizer" or names one. A question is
recognised by its words, its answer by a pattern in the text; where the pattern is nowhere, the
paper does not give the attribute. Only attributes whose giving is plain to see are listed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NO_NOUN = (
    r"(?!(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|of|for|in|on|at|by|from|to"
    r"|with|when|that|than|and|or)\b)"
)
_ASKS = rf"\b(?:which|what)(?: is| was| are| were)?(?:\W+{_NO_NOUN}[\w@.'’-]+){{0,4}}?\W+"
"""The words that ask, and what stands between them and the noun that is asked for."""
_ASKS_MEANING = re.compile(r"\bmeasures?\W*$|\bmean\W*$", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.-])\d[\d.,]*|(?<![\w.])\.\d+")


@dataclass(frozen=True)
class Attribute:
    """`asked` finds it in a question, `given` in a text; `name` is how a refusal calls it.

    With `figure` its value is a figure, which must stand in the sentence that holds `given`.
    """

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]
    figure: bool = False


def _attribute(
    name: str, asked: str, given: str = "", *, whole: bool = False, figure: bool = False
) -> Attribute:
    """An attribute asked for after an asking word, or with `whole` by a pattern of the question."""
    question = re.compile(asked if whole else rf"{_ASKS}(?:{asked})\b", re.IGNORECASE)
    return Attribute(name, question, re.compile(given or asked, re.IGNORECASE), figure)


def _measure(name: str, words: str) -> Attribute:
    """A measured value, given by a figure beside the measure's name; "G-MAP" names something."""
    word = rf"(?<!\w)(?:{words})(?!\w)"
    pattern = re.compile(rf"{_ASKS}(?<!\b[A-Z]-)(?:{words})(?!\w)", re.IGNORECASE)
    return Attribute(name, pattern, re.compile(word, re.IGNORECASE), figure=True)


_TIME = (
    r"\b(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|half)"
    r"[ -]?(?:hours?|minutes?|days?|weeks?|months?|years?|seconds?|ms\b|s\b|h\b)|\b(?:19|20)\d\d\b"
)
_MONEY = r"[$€£]\s?\d|\b(?:dollars?|euros?|USD|EUR)\b|\bcosts? (?:of )?\d|\bfree of charge\b"

ATTRIBUTES = (
    _attribute("optimizer", r"optimi[sz]ers?", r"optimi[sz]er|\badam\w*\b|\bsgd\b|\blion\b"),
    _attribute("learning rate", r"learning rates?(?! (?:schedul|decay|warm))", figure=True),
    _attribute("batch size", r"batch sizes?", r"batch", figure=True),
    _attribute("dropout rate", r"dropout"),
    _attribute("random seed", r"(?:random )?seeds?"),
    _attribute("temperature", r"temperature"),
    _attribute("beam width", r"beam (?:width|size)s?", r"beam (?:width|size)|\bbeams? of\b"),
    _attribute("hardware", r"hardware|gpus?|tpus?|graphics cards?|processors?",
               r"hardware|\b[gtc]pus?\b|\b[avh]100s?\b|\brtx\b|processor|raspberry|\bboard\b|laptop"),
    _attribute("licence", r"licen[cs]es?", r"licen[cs]e|\bmit\b|apache|creative commons|\bcc\b"),
    _attribute("resolution", r"resolutions?", r"resolution|pixel|\d\s?[x×]\s?\d"),
    _attribute("funding", r"\bwho (?:\w+ )?(?:funded|funds|paid for|financed|sponsored)\b",
               r"\bfund|\bgrant|sponsor|financ", whole=True),
    _attribute("place of collection", r"\b(?:which|what) (?:[\w-]+ ){0,3}(?:newspapers?|websites?"
               r"|web sites?|social media|social network|crowdsourcing \w+|conferences?|venues?"
               r"|journals?|forums?|outlets?)\b",
               r"newspaper|website|web site|social media|social network|twitter|tweet|reddit"
               r"|facebook|weibo|wikipedia|wiktionary|youtube|stack\s?(?:exchange|overflow)|quora"
               r"|mechanical turk|mturk|crowd|prolific|conference|\bacl\b|iclr|neurips|openreview"
               r"|journal|forum|times\b|guardian|bbc|cnn|huggingface|hugging face|github|kaggle",
               whole=True),
    _attribute("company", r"compan(?:y|ies)|firms?|vendors?|corporations?",
               r"compan|\binc\b|google|microsoft|amazon|alibaba|meta\b|baidu|tencent|huawei|apple"
               r"|openai|ibm|nvidia|samsung|facebook|twitter|linkedin|yahoo|kuaishou|bytedance"),
    _attribute("number of epochs", r"epochs", r"epoch"),
    _attribute("vocabulary size", r"vocabulary sizes?", r"vocabular", figure=True),
    _attribute("context length", r"context (?:length|window)s?",
               r"context (?:length|window)|\btokens?\b"),
    _attribute("agreement of annotators", r"agreement|kappa", r"agree|kappa"),
    _attribute("price", r"\b(?:how much (?:\w+ ){0,4}(?:paid|costs?|pay)\b|what (?:is|was|were) the"
               r" (?:\w+ )?(?:price|fee|cost in dollars)\b|what did [^?]* cost\b"
               r"|(?:cost|costs) in (?:dollars|euros)\b)", _MONEY, whole=True),
    _attribute("age", r"\bhow old\b|\bwhat age\b", r"\bage[ds]?\b|\byears?[ -]old\b", whole=True),
    _attribute("duration", r"\bhow long (?:did|does|was|were|is|are)\b(?!.*\b(?:text|sequence|input"
               r"|document|context|sentence|prompt)s?\b)", _TIME, whole=True),
    _attribute("human performance", r"human (?:performance|baseline|accuracy)",
               r"human (?:performance|baseline|accuracy|level)|humans? (?:\w+ )?(?:score|reach)"),
    _attribute("country", r"countr(?:y|ies)",
               r"countr|\b(?:usa?|uk|united (?:states|kingdom)|china|india|germany|france|japan"
               r"|korea|italy|spain|canada|brazil|australia|switzerland|netherlands|sweden|kenya"
               r"|nigeria)\b"),
    _attribute("languages", r"(?:language pairs?|languages)(?! models?)",
               r"english|german|french|spanish|italian|portuguese|dutch|russian|polish|czech|greek"
               r"|finnish|swedish|danish|norwegian|turkish|arabic|hebrew|persian|farsi|hindi|urdu"
               r"|bengali|tamil|telugu|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai"
               r"|indonesian|swahili|yoruba|hausa|amharic|welsh|irish|basque|catalan|latin"
               r"|romanian|hungarian|ukrainian|serbian|croatian|bulgarian|python|java\b"),
    _measure("F1", r"f1|f-?scores?|f1-?scores?"),
    _measure("accuracy", r"accurac(?:y|ies)|top-1"),
    _measure("BLEU", r"(?:sacre)?bleu(?:-\d)?"),
    _measure("ROUGE", r"rouge(?:-\w+)?"),
    _measure("METEOR", r"meteor"),
    _measure("perplexity", r"perplexit(?:y|ies)"),
    _measure("error rate", r"(?:\w+ )?error rates?|wer|cer|per|aer"),
    _measure("AUC", r"auc|auroc|auprc"),
    _measure("kappa", r"kappa|qwk"),
    _measure("correlation", r"(?:pearson|spearman|kendall)(?:['’]s)?(?: \w+)?|correlations?|tau"),
    _measure("IoU", r"m?iou"),
    _measure("TER", r"ter|chrf|comet"),
    _measure("squared error", r"mse|rmse|mae|mean (?:squared|absolute) error"),
    _measure("win rate", r"win rates?"),
    _measure("exact match", r"exact match(?: score)?|em"),
    _measure("MRR", r"mrr|ndcg(?:@\d+)?|mean average precision|map"),
)  # fmt: skip


def not_given(question: str, sentences: Sequence[str]) -> str:
    """An attribute that a question asks for and none of a paper's sentences gives, by its name."""
    if asks_meaning(question):
        return ""
    for attribute in ATTRIBUTES:
        if attribute.asked.search(question) and not any(_gives(s, attribute) for s in sentences):
            return attribute.name
    return ""


def asks_meaning(question: str) -> bool:
    """Whether a question about a measure asks what it measures, not for its value."""
    return _ASKS_MEANING.search(question) is not None


def _gives(sentence: str, attribute: Attribute) -> bool:
    if attribute.given.search(sentence) is None:
        return False
    return not attribute.figure or _FIGURE.search(sentence) is not None
