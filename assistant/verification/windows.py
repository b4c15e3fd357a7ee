"""Chooses the few sentences of an abstract that a claim is held against."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.extractive.question import content_stems
from ingest.text import Span, split_sentences

MAX_SENTENCES = 3
_LONG = 12_000
_BLOCK = 1_500
_BLOCKS = 6
_WORD = re.compile(r"\w+")


def sentences_near(claim: str, abstract: str) -> list[Span]:
    """The abstract's sentences; of a very long text those in the blocks nearest to the claim.

    Splitting 200,000 characters takes over a second, so blocks are chosen by shared words first.
    """
    if len(abstract) <= _LONG:
        return split_sentences(abstract)
    wanted = set(_WORD.findall(claim.lower()))
    starts = range(0, len(abstract), _BLOCK)
    words = [Counter(_WORD.findall(abstract[s : s + _BLOCK].lower())) for s in starts]
    held = Counter(word for block in words for word in wanted & block.keys())
    rarity = {word: math.log(1 + len(words) / count) for word, count in held.items()}
    gains = [math.fsum(rarity[w] for w in wanted & block.keys()) for block in words]
    best = sorted(range(len(words)), key=lambda n: -gains[n])[:_BLOCKS]
    found: set[Span] = set()
    for number in best:
        start, end = _widened(abstract, starts[number])
        pieces = split_sentences(abstract[start:end])
        found |= {Span(start + p.start, start + p.end) for p in pieces}
    return sorted(found)


def _widened(text: str, start: int) -> tuple[int, int]:
    """A block moved out to sentence ends, where some stand within a block's length."""
    before = max(text.rfind(". ", max(0, start - _BLOCK), start), text.rfind("\n", 0, start))
    after = text.find(". ", start + _BLOCK, start + 2 * _BLOCK)
    left = before + 1 if before >= max(0, start - _BLOCK) else start
    return left, after + 1 if after >= 0 else start + _BLOCK


def choose(claim: str, sentences: Sequence[str], limit: int = MAX_SENTENCES) -> list[int]:
    """Indices, in order, of the sentences that together cover most of the claim's words.

    The first is the one that covers most, words that few sentences hold weighing more; each next
    one adds most to what is covered, or where nothing is left to add, stands nearest in the text.
    """
    stems = [set(content_stems(s)) for s in sentences]
    frequency = Counter(stem for held in stems for stem in held)
    wanted = {s: math.log(1 + len(stems) / n) for s in content_stems(claim) if (n := frequency[s])}
    chosen: list[int] = []
    left = set(wanted)
    while len(chosen) < min(limit, len(sentences)):
        anchor = chosen[0] if chosen else 0
        rest = [n for n in range(len(sentences)) if n not in chosen]
        best = max(
            rest,
            key=lambda n: (math.fsum(wanted[s] for s in left & stems[n]), -abs(n - anchor)),
        )
        chosen.append(best)
        left -= stems[best]
    return sorted(chosen)


def with_title(title: str, sentences: Sequence[str]) -> list[str]:
    """What the comparer reads: the title first, where there is one."""
    return [title, *sentences] if title.strip() else list(sentences)
