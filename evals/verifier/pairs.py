"""Training pairs of a claim and the sentences of a source, stored as word pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.verification.comparer import tokenizer
from assistant.verification.windows import MAX_SENTENCES, choose, sentences_near
from ingest.text import Span

UNKNOWN = -1
_SLOTS = MAX_SENTENCES + 1


@dataclass(frozen=True)
class Pair:
    """`wrong` marks what the source does not bear out in the claim; None where that is unknown."""

    kind: str
    claim: str
    window: tuple[str, ...]
    supported: bool
    wrong: tuple[Span, ...] | None = None


def window_for(claim: str, source: str, title: str = "") -> tuple[str, ...]:
    """The sentences that the verifier would hold the claim against, the title first."""
    spans = sentences_near(claim, source)
    return window_of(claim, [source[s.start : s.end] for s in spans], title)


def window_of(
    claim: str, sentences: Sequence[str], title: str = "", limit: int = MAX_SENTENCES
) -> tuple[str, ...]:
    """The same for an abstract that is cut into sentences already."""
    lead = [title] if title else []
    return (*lead, *(sentences[n] for n in choose(claim, sentences, limit)))


def save_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """Write every text's word pieces, one after the other, beside the pairs that point to them."""
    texts = list(dict.fromkeys(t for p in pairs for t in (p.claim, *p.window)))
    number = {text: n for n, text in enumerate(texts)}
    encoded = tokenizer().encode_batch(texts)
    windows = np.full((len(pairs), _SLOTS), -1, dtype=np.int32)
    for row, pair in enumerate(pairs):
        windows[row, : len(pair.window)] = [number[t] for t in pair.window]
    np.savez(
        path,
        ids=np.concatenate([e.ids for e in encoded]).astype(np.int32),
        starts=np.cumsum([0, *(len(e.ids) for e in encoded)]),
        claims=np.array([number[p.claim] for p in pairs], dtype=np.int32),
        windows=windows,
        labels=np.array([p.supported for p in pairs], dtype=np.int8),
        wrong=np.concatenate([_labels(p, encoded[number[p.claim]].offsets) for p in pairs]),
        wrong_starts=np.cumsum([0, *(len(encoded[number[p.claim]].ids) for p in pairs)]),
        kinds=np.array([p.kind for p in pairs]),
    )


def _labels(pair: Pair, offsets: Sequence[tuple[int, int]]) -> npt.NDArray[np.int8]:
    """1 for a claim's wrong word piece, 0 for a right one, UNKNOWN for special ones and others."""
    labels = np.full(len(offsets), UNKNOWN, dtype=np.int8)
    if pair.wrong is not None:
        for at, (start, end) in enumerate(offsets):
            if end > start:
                labels[at] = any(start < w.end and end > w.start for w in pair.wrong)
    return labels
