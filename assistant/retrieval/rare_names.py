"""The rare names of a query, and the papers that hold them.

"The DESMOND program", "mRNA bound by AM404": a word that is spelt as a name and that hardly any
paper holds says more than BM25 gives it for, whose share of a long query's score is small, and
which an embedding of words it was never trained on misses. Rare words that are not names
("plagued", "condescending") say nothing of the kind: counted so, they harm.
"""

import math
import re
from collections.abc import Container

from ingest.library.lexical import LexicalIndex

_WORD = re.compile(r"[^\W_][\w’'.-]*")
_CAPITAL_OR_DIGIT = re.compile(r"[A-Z0-9\u0370-\u03ff]")
_SENTENCE_END = ".?!:"
_EXAMPLES = re.compile(
    r"\b(?:such as|like|e\.g\.|for example|including|particularly)\W", re.IGNORECASE
)
_RARE = 0.005
"""Share of the papers that may hold a rare name."""
_MOST_HOLDERS = 1000


def holders(index: LexicalIndex, query: str, among: Container[int]) -> dict[int, float]:
    """How telling the rarest name is that each paper holds, in (0, 1]: 1 if no other holds it.

    Papers without a rare name of the query, or not `among` those asked for, are left out.
    """
    found: dict[int, float] = {}
    least = -math.log(_RARE)
    most = -math.log(1 / max(index.count, 2))
    for term in index.terms(" ".join(names_in(query))):
        held = index.document_frequency(term)
        if not 0 < held <= min(max(_RARE * index.count, 1), _MOST_HOLDERS) or most <= least:
            continue
        worth = (math.log(index.count / held) - least) / (most - least)
        for key in index.holding(term, held):
            if worth > found.get(key, 0.0) and key in among:
                found[key] = worth
    return found


def names_in(query: str) -> list[str]:
    """Words with a capital or digit after their first letter, or a capital inside a sentence.

    What comes after "such as", "like" and their kind is only an example of what is asked about.
    """
    point = _EXAMPLES.split(query, maxsplit=1)[0]
    return [
        word.group()
        for word in _WORD.finditer(point)
        if _CAPITAL_OR_DIGIT.search(word.group(), 1)
        or (word.group()[0].isupper() and _inside(query[: word.start()]))
    ]


def _inside(before: str) -> bool:
    """Whether a word after this text stands inside a sentence."""
    said = before.rstrip()
    return bool(said) and said[-1] not in _SENTENCE_END
