"""Words of a question whose opposite a paper says in their place."""

import re
from collections.abc import Iterable, Sequence

from assistant.extractive.question import content_stems
from assistant.verification.contrasts import opposed_word

_PAIRS = """
closed/open closed-source/open-source manually/automatically manual/automatic human/automatic
same/different same/changes identical/different single/multiple early/late fixed/adaptive
expensive/cheap costly/cheap worse/par worse/match worse/matches worse/comparable inferior/par
inferior/comparable slower/speed-ups slower/speed-up slower/speedup slower/speedups slower/faster
lost/preserved lost/maintained lost/maintaining lost/without loses/outperforms lose/outperform
loses/outperform lose/outperforms hurt/improves hurts/improves hurt/improve hurt/improved
easy/difficult easy/challenging easy/struggle insensitive/responsive insensitive/sensitive
sensitive/resilience sensitive/resilient sensitive/robust scratch/without fails/generalize
fail/generalize fails/generalizes fail/generalizes only/both ignore/consider ignores/considers
ignore/incorporate ignores/incorporates drop/incorporate drops/incorporates private/public
closed/released sparse/dense sparse/densely worst/better easier/difficult easier/harder
experts/automatically hand/automatically annotators/automatically contradict/agree
"""
_STEMMED = """
raise/reduce raise/lower raise/decrease increase/reduce increase/decrease increase/shrink
increase/lower grow/shrink improve/degrade improve/worsen improve/hurt improve/ruin help/hurt
helpful/hurt helpful/harm helpful/useless useful/useless valuable/useless benefit/harm benefit/hurt
strengthen/weaken simplify/complicate expensive/cheaper cheap/expensive
succeed/fail preserve/lose save/waste
"""
"""Words whose every form is the opposite of every form of the other."""
_LOOSE = """
many several most more less much few one high low best long short before after early late first last
similar different common simple difficult hard
"""
"""Words that stand for too many things to be opposites of each other."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _table(pairs: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for one, other in pairs:
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table


_OPPOSITES = _table(pair.split("/") for pair in _PAIRS.split())
_OF_STEMS = _table(content_stems(pair) for pair in _STEMMED.split())


def opposite_word(question: str, near: str, text: str) -> str:
    """A word of the question that the whole text lacks, and whose opposite is in the near
    sentences; empty if there is none.
    """
    said = _words(question) - _words(text) - set(_LOOSE.split())
    held = _words(near)
    for word in sorted(said):
        if _OPPOSITES.get(word, set()) & held:
            return word
    stems, all_stems = set(content_stems(near)), set(content_stems(text))
    for stem in content_stems(" ".join(sorted(said))):
        if stem not in all_stems and _OF_STEMS.get(stem, set()) & stems:
            return stem
    return opposed_word(" ".join(sorted(said)), near)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
