"""Words of a question whose opposite a paper says in their place."""

import re

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
hand/automatically annotators/automatically contradict/agree
"""
_LOOSE = """
many several most more less much few one high low best long short before after early late first last
similar different common simple difficult hard
"""
"""Words that stand for too many things to be opposites of each other."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _table() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        one, other = pair.split("/")
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table


_OPPOSITES = _table()


def opposite_word(question: str, near: str, text: str) -> str:
    """A word of the question that the whole text lacks, and whose opposite is in the near
    sentences; empty if there is none.
    """
    said = _words(question) - _words(text) - set(_LOOSE.split())
    held = _words(near)
    for word in sorted(said):
        if _OPPOSITES.get(word, set()) & held:
            return word
    return opposed_word(" ".join(sorted(said)), near)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
