"""What speaks for and against a claim, as figures that a calibrated decision weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from assistant.verification.comparer import Comparer, Reading
from assistant.verification.contrasts import (
    asserts_denied,
    denies,
    holds_denial,
    opposed_word,
    sides_swapped,
)
from assistant.verification.exchanged import exchanged
from assistant.verification.figures import unfounded_count, unfounded_figure
from assistant.verification.modifiers import replaced_word
from assistant.verification.places import misplaced_figure, misplaced_name
from assistant.verification.polarity import opposed_direction
from assistant.verification.quotes import overlap
from assistant.verification.rivals import wrong_winner
from assistant.verification.surface import is_negated, missing_names, numbers
from assistant.verification.windows import with_title

_WRONG_WORDS = 3
_CLEARLY_LESS = 0.25
_COPIED = 0.6
_SURE = 1.0
_SURE_OF_NAMES = 1.5
"""Logits of the model for claims in people's own words from which it overrules some rules."""


@dataclass(frozen=True)
class Signals:
    """`figure`, `count`, `names` and `opposed` hold words of the claim: a figure, a number in words
    and names that the source lacks, and a word that a sentence has the opposite of. `reading` is
    the comparer's, and `in_own_words` the logit of the one that was trained on claims in people's
    own words.

    `misplaced` is a figure or name in whose place the source has another; `replaced` holds a word
    and the one that the source has in its place, or nothing.
    `apart` says that no sentence near the claim in words holds its figures; `wide` is the share of
    the claim's content stems in all that was read; `negated` compares the claim with the best
    sentence; `swapped` says that a comparison or two words stand the other way round.
    """

    reading: Reading
    in_own_words: float
    figure: str
    count: str
    misplaced: str
    names: tuple[str, ...]
    opposed: str
    replaced: tuple[str, str]
    apart: bool
    wide: float
    negated: bool
    swapped: bool
    denied: bool

    @property
    def refuted(self) -> str:
        """What a rule holds against the claim, whatever the model says; empty if nothing.

        What goes by words alone is left to the models where the one for people's own words is sure
        that the claim holds: a small count may sum up what the source only lists, and a name be
        short for what it spells out.
        """
        if self.figure:
            return f"figure not in the source: {self.figure}"
        if self.names and self.in_own_words < _SURE_OF_NAMES:
            return f"name not in the source: {self.names[0]}"
        if self.misplaced:
            return f"the source has something else in place of {self.misplaced}"
        if self.opposed or self.swapped:
            return "the source says the opposite"
        return "" if self.in_own_words >= _SURE else self._unlike

    @property
    def _unlike(self) -> str:
        """What the claim words otherwise than the source, if it bears on what is said."""
        if self.count:
            return f"figure not in the source: {self.count}"
        if all(self.replaced):
            return "the source says {1}, not {0}".format(*self.replaced)
        return "negation differs from the source" if self.denied else ""

    def features(self) -> tuple[float, ...]:
        """The figures in the order of the calibration, and after them their products by two.

        What one model says counts for more or less beside what the other does, and beside how much
        of the claim is in the source's words.
        """
        wrong = np.array(sorted((logit for _, _, logit in self.reading.wrong), reverse=True))
        odds = 1 / (1 + np.exp(-wrong)) if len(wrong) else np.zeros(1)
        told = (
            self.reading.support,
            float(odds[0]),
            float(odds[:_WRONG_WORDS].mean()),
            self.wide,
            float(self.apart),
            float(self.negated),
            self.in_own_words,
        )
        return (*told, *(a * b for a, b in combinations_with_replacement(told, 2)))


def signals(
    claim: str,
    title: str,
    abstract: str,
    sentences: Sequence[str],
    comparer: Comparer,
    in_own_words: Comparer,
) -> Signals:
    """Measure a claim against the sentences chosen from an abstract, and the whole of it where a
    rule is exact.
    """
    read = with_title(title, sentences)
    reading = comparer.read(claim, read)
    near = [overlap(claim, s) for s in sentences]
    best = sentences[int(np.argmax(near))]
    source = f"{title}\n{abstract}"
    return Signals(
        reading=reading,
        in_own_words=in_own_words.read(claim, read).support,
        figure=unfounded_figure(claim, source),
        count=unfounded_count(claim, source),
        misplaced=misplaced_figure(claim, [title, *sentences], source)
        or misplaced_name(claim, sentences, source),
        names=tuple(missing_names(claim, source)),
        opposed=opposed_word(claim, best) or opposed_direction(claim, sentences),
        replaced=replaced_word(claim, sentences, source, reading),
        apart=_figures_apart(claim, title, sentences, near),
        wide=overlap(claim, " ".join([title, *sentences])),
        negated=is_negated(claim) != is_negated(best),
        swapped=any(sides_swapped(claim, sentence) for sentence in sentences)
        or wrong_winner(claim, sentences, title)
        or exchanged(claim, sentences),
        denied=_unfounded_denial(claim, [title, *sentences], max(near))
        or asserts_denied(claim, sentences),
    )


def _unfounded_denial(claim: str, texts: Sequence[str], copied: float) -> bool:
    """Whether the claim denies what the source says in the same words, and nothing there is denied.

    In other words than the source's a denial tells nothing: what is not rare is common.
    """
    return copied >= _COPIED and denies(claim) and not any(holds_denial(t) for t in texts)


def _figures_apart(claim: str, title: str, sentences: Sequence[str], near: Sequence[float]) -> bool:
    """Whether each figure of the claim stands only in sentences that share clearly fewer words."""
    figures = numbers(claim) - numbers(title) - {1.0}
    close = max(near) - _CLEARLY_LESS
    held = [numbers(s) for s, share in zip(sentences, near, strict=True) if share >= close]
    return bool(figures - set().union(*held))
