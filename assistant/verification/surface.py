"""Facts on the surface of a sentence that can be compared exactly: numbers, names, negation."""

import re

from assistant.extractive.question import content_stems, fold, mentions
from assistant.verification.spelled import Figure, spelled
from ingest.text import split_sentences

_THIN = "\u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"(?<![\w.])[-−]?(?:(?:\d{{1,3}}(?:(?:[,{_THIN}]| (?=0))\d{{3}})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
)
_SPACED = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?")
_SEPARATOR = re.compile(rf"[ ,{_THIN}]")
_LABEL = re.compile(
    r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]"
    r"|(?<![\w(])\(\d\)(?=\s)|(?:^|(?<=[:;,.] )|(?<=\band ))\d\)(?=\s)"
)
_WORD = re.compile(r"[^\W_](?:[\w.^{}+’'-]*[\w}+])?")
_LETTERS = re.compile(r"[A-Za-z]+")
_NEGATION = re.compile(
    r"\b(not|no|never|none|cannot|without|neither|nor|fails?|failed|lacks?|unable)\b|n['’]t\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s$")
_MEASURE = re.compile(r"\d[\d.,]*-?[a-z]+")
_SENTENCE_END = re.compile(r"(?<!\b(?:vs|al|cf|Dr|Mr|Ms|St|Eq|No))(?<=[\w)%][\w)%])[.!?]$")
_AFFIX = re.compile(
    r"^(?:pre|post|meta|multi|sub|semi|cross|inter|intra|anti)-|-(?:based|style|like|related|only"
    r"|(?:pre)?trained|dependent|specific|driven|guided|aware|enhanced|augmented|level|type"
    r"|positive|negative|infected|induced|mediated|associated)$"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,5}s?\b")
_BRACKETED = re.compile(r"\(([A-Z]{2,6}s?)\)")
_COMPOUND = re.compile(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)+")
_FROM = re.compile(r"(?:n|an|ian|ese|ish)s?$")
_TITLED = 0.85
_FEW = 3
_ROOT = 3
_VOWELS = "aeiouy"
_REACH = 40
_GENERIC = """
    sota approach approaches algorithm algorithms data dataset datasets framework frameworks method
    methods model models module modules network networks system systems task tasks technique
    techniques tool tools
"""
_NO_NAMES = frozenset(_GENERIC.split())
_STANDS_FOR = {
    "RL": "reinforcement", "GAN": "adversarial", "RNN": "recurrent", "CNN": "convolution",
    "NLP": "natural language", "VAE": "variational", "LSTM": "recurrent", "QA": "question",
    "NMT": "neural machine translation", "MT": "translation",
    "LM": "language model", "LLM": "language model", "ASR": "speech recognition",
    "NER": "named entity", "DNN": "neural network/deep neural", "NN": "neural network",
    "GNN": "graph neural",
    "POMDP": "partially observable", "MDP": "markov decision", "AI": "artificial intelligence",
    "ML": "machine learning", "RC": "reading comprehension", "GPU": "graphics",
    "SGD": "gradient descent", "DRL": "reinforcement", "UI": "interface", "FFT": "fourier",
}  # fmt: skip


def numbers(text: str) -> set[float]:
    """The figures in a text by value: `1,000` is 1000, `82.10` is 82.1, `seven` is 7.

    `10 100` may be one figure or two, so all three are in it: a source may mean either.
    """
    joined = {float(match.replace(" ", "")) for match in _SPACED.findall(text)}
    return written_numbers(text) | joined | {figure.value for figure in spelled(text)}


def written_numbers(text: str) -> set[float]:
    """The figures that stand in digits; `10 100` is two of them, `10 000` is one."""
    return {figure.value for figure in _written(text)}


def figures_of(text: str) -> list[Figure]:
    """The figures in digits and in words, in order.

    Labels of a list and marks of references, as in `(1)`, `2)` and `[3, 4]`, count nothing and are
    no figures here nor above.
    """
    return sorted([*_written(text), *spelled(text)])


def _written(text: str) -> list[Figure]:
    unlabelled = _LABEL.sub(lambda label: "_" * len(label.group()), text)
    return [
        Figure(m.start(), m.end(), abs(float(_SEPARATOR.sub("", m.group()).replace("−", "-"))))
        for m in _NUMBER.finditer(unlabelled)
    ]


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
    """Names of the claim that the source does not hold, neither in full nor as initials.

    A name stays one with a common affix: `RNN-based` names `RNN`. What the claim itself spells
    out, as in `mean squared error (MSE)`, is no name.
    """
    folded = fold(source)
    stems = set(content_stems(source))
    explained = _spelled_out(claim) | _abbreviated(claim, source)
    return [
        name
        for _, name in telling_names(claim)
        if name.removesuffix("s") not in explained
        and not any(_held(form, folded, stems) for form in {name, _AFFIX.sub("", name)})
    ]


def telling_names(text: str) -> list[tuple[int, str]]:
    """Names with their places, without capitals that a sentence or a title owes to its form, and
    measures such as `2-stage` and `5.6x`, which are figures.
    """
    found = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text)]
    words = [w for w in found if w[1].lower() not in _NO_NAMES and not _MEASURE.fullmatch(w[1])]
    headings = [s for s in split_sentences(text) if _is_title(text[s.start : s.end])]
    return [
        (start, word)
        for start, word in words
        if (
            _is_name(word) and not _COMPOUND.fullmatch(word)
            if any(s.start <= start < s.end for s in headings)
            else _is_name(word) or _is_capital(text, start, word)
        )
    ]


def _is_capital(claim: str, start: int, word: str) -> bool:
    return word[0].isupper() and not _opens(claim, start)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here."""
    before = text[max(0, start - _REACH) : start].rstrip(" \"'“‘(")
    return not before or _SENTENCE_END.search(before) is not None


def _is_title(text: str) -> bool:
    """Whether most of the longer words have a capital, as in a heading."""
    longer = [word for word in _LETTERS.findall(text) if len(word) > 3]
    return len(longer) > _FEW and sum(w[0].isupper() for w in longer) > _TITLED * len(longer)


def _spelled_out(claim: str) -> set[str]:
    """Capitals in brackets that are the initials of the words before them."""
    found = set()
    for match in _BRACKETED.finditer(claim):
        short = match.group(1).removesuffix("s")
        words = re.split(r"[\s-]+", claim[: match.start()].rstrip())[-len(short) :]
        if [w[:1].lower() for w in words] == list(short.lower()):
            found.add(short)
    return found


def _abbreviated(claim: str, source: str) -> set[str]:
    """Words of the claim that the source has as capitals: `Monte Carlo` for its `MC`."""
    shorts = {short.removesuffix("s") for short in _CAPITALS.findall(source)}
    if not shorts:
        return set()
    words = _LETTERS.findall(claim)
    found = {
        word.removesuffix("s")
        for start in range(len(words))
        for length in range(2, min(5, len(words) - start) + 1)
        if "".join(w[0] for w in words[start : start + length]).upper() in shorts
        for word in words[start : start + length]
    }
    hints = [hint for short in shorts for hint in _STANDS_FOR.get(short, "").split("/") if hint]
    return found | {w for w in words if any(hint in w.lower() for hint in hints)}


def _held(name: str, folded: str, stems: set[str]) -> bool:
    mentioned = mentions(folded, name) or mentions(folded, name.replace(".", ""))
    if mentioned or set(content_stems(name)) <= stems:
        return True
    return _abbreviates(name, folded) or _of_a_place(name, folded)


def _abbreviates(name: str, folded: str) -> bool:
    """Whether capitals such as `GNNs` stand for words of a folded text, by use or as initials."""
    capitals = name.removesuffix("s")
    if any(words in folded for words in _STANDS_FOR.get(capitals, "").split("/") if words):
        return True
    if f" {capitals.lower()} " in f" {folded} ":
        return True
    letters = capitals.lower()
    if not (2 <= len(letters) <= 6 and letters.isalpha() and capitals.isupper()):
        return False
    return letters in "".join(word[0] if len(word) > 3 else " " for word in folded.split())


def _of_a_place(name: str, folded: str) -> bool:
    """Whether it names what is of a place that a folded text names, or the place of such, as with
    `Korean` and `Korea`.
    """
    if not name.istitle() or not name.isalpha():
        return False
    forms = {name.lower(), _FROM.sub("", name.lower())}
    near = {word for word in folded.split() if word.startswith(name[:4].lower())}
    near |= {_FROM.sub("", word) for word in near}
    return any(_is_place(one, other) for one in forms for other in near)


def _is_place(one: str, other: str) -> bool:
    """Whether two such words are the same but for vowels at the end."""
    root = one.rstrip(_VOWELS)
    return len(root) >= _ROOT and root == other.rstrip(_VOWELS)


def is_negated(text: str) -> bool:
    """Whether a text holds an odd number of negations."""
    return len(_NEGATION.findall(text)) % 2 == 1
