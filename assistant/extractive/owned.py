"""What a paper says of its own subject, what of others, and what it says that is not so."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.extractive.question import content_stems, fold, mentions
from assistant.retrieval.lookup import given_names
from assistant.verification.surface import names
from ingest.paper import Paper

_OTHERS = re.compile(
    r"\b(?:existing|previous\w*|prior|earlier|most|many|some|other works?|current\w*|traditional\w*"
    r"|conventional\w*|recent\w*|these (?:methods|approaches|models|works)|however|nevertheless"
    r"|although|despite|while|often|usually|typical\w*|generally|they)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\(([A-Z][\w-]*[A-Z0-9]\w*?)s?\)")
_DENIED = re.compile(
    r"(?<![\w-])(?:avoid\w*|without|instead of|rather than|no(?: longer)?|not|neither|nor|unlike"
    r"|eliminat\w*|remov\w*|replac\w*|free of|beyond|overcom\w*|prevent\w*|circumvent\w*|bypass\w*"
    r"|dispens\w*|obviat\w*|discard\w*|independent\w*|never|as opposed to|in contrast to)(?![\w-])"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_DENIAL_ENDS = re.compile(r"[.;:,()]|\b(?:but|and (?:we|it|then)|while|using|by|to|via)\b")
_DENIAL_WORDS = 7
_LEAST_SHOWN = 2
_SHORTEST = 3


def own_names(paper: Paper, is_rare: Callable[[str], bool]) -> set[str]:
    """The names that a paper gives to what it is about.

    Those that its title gives, the abbreviation of its title's words, and names with a capital
    inside that it says twice; only those that few papers of the library hold.
    """
    initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", paper.title)).lower()
    found = {name for name in given_names(paper.title) if name.strip()}
    found |= {a for a in _ABBREVIATION.findall(paper.abstract) if a.lower() in initials}
    said = Counter(names(paper.abstract))
    found |= {n for n, times in said.items() if times >= _LEAST_SHOWN and _stands_out(n)}
    return {name for name in found if is_rare(name)}


def _stands_out(name: str) -> bool:
    capital_inside = any(letter.isupper() for letter in name[1:])
    return capital_inside and len(name) >= _SHORTEST and not name[0].isdigit()


def is_of_others(sentence: str, own: Sequence[str]) -> bool:
    """Whether a sentence speaks of other work, and not of the paper's own."""
    return _OTHERS.search(sentence) is not None and not is_own(sentence, own)


def is_own(sentence: str, own: Sequence[str]) -> bool:
    """Whether a sentence says "we", or has one of the paper's own names."""
    folded = fold(sentence)
    return _WE.search(sentence) is not None or any(mentions(folded, name) for name in own)


def only_denied(sentences: Sequence[str]) -> set[str]:
    """Stems of the words that an abstract has only where it denies something.

    "We avoid expensive image encoders" denies `expens`, `imag` and `encod`.
    """
    denied: set[str] = set()
    stated: set[str] = set()
    for sentence in sentences:
        at = 0
        for match in _DENIED.finditer(sentence):
            if match.start() < at:
                continue
            stated.update(content_stems(sentence[at : match.start()]))
            end = match.end() + _denial_length(sentence[match.end() :])
            denied.update(content_stems(sentence[match.end() : end]))
            at = end
        stated.update(content_stems(sentence[at:]))
    return denied - stated


def _denial_length(rest: str) -> int:
    """How far into what follows a denial reaches: some words, and not beyond its clause."""
    end = _DENIAL_ENDS.search(rest, 2)
    words = len(" ".join(rest.split()[:_DENIAL_WORDS])) + 1
    return min(end.start() if end else len(rest), words)
