"""Whether a short claim says something that its source could hold.

Of a few words with a name among them, the name alone makes half of what claim and source share, and
a verifier that weighs likeness is then soon content: "PetalMixer is great" is near to anything that
is said of PetalMixer. At least half of its other words must stand in the source.
"""

import re

from assistant.extractive.question import content_stems
from assistant.headings import FRAME
from assistant.verification.surface import names

_SHORT = 4
_FIGURE = re.compile(r"(?<![\w-])\d")
_TOP = re.compile(r"top-\d+", re.IGNORECASE)
_FRAMING = frozenset(content_stems(" ".join(FRAME)))


def is_grounded(claim: str, source: str) -> bool:
    """False for a short claim more than half of whose words, names and figures aside, are new.

    True for one of figures and names alone: those are compared exactly elsewhere.
    """
    said = _plain_stems(claim)
    if not said or len(said) > _SHORT:
        return True
    held = set(content_stems(source))
    return 2 * len(said & held) >= len(said)


def says_little(fragment: str, asked: frozenset[str]) -> bool:
    """Whether a fragment without a verb adds no figure, no name and hardly a word to a question.

    `asked` are the question's stems.
    """
    if _FIGURE.search(fragment):
        return False
    named = [name for name in names(fragment) if not _TOP.fullmatch(name)]
    if any(not set(content_stems(name)) <= asked for name in named):
        return False
    return len(_plain_stems(fragment) - asked) < 2


def _plain_stems(text: str) -> set[str]:
    """Stems of the content words that are no names, no figures and no mere frame."""
    named = set(content_stems(" ".join(names(text))))
    return {stem for stem in content_stems(text) if not stem.isdecimal()} - named - _FRAMING
