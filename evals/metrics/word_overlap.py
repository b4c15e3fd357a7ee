"""The floor for a judge: the share of a claim's words that the source holds.

The baseline of ROUGE-1 precision's kind (Lin 2004). It knows no meaning: what beats it by little
has learnt little.
"""

import re

_WORD = re.compile(r"\w+")


def word_overlap(claim: str, source: str) -> float:
    """Share of the claim's distinct words found in the source, letter case aside; 0 without any."""
    wanted = set(_WORD.findall(claim.casefold()))
    return len(wanted & set(_WORD.findall(source.casefold()))) / len(wanted) if wanted else 0.0
