"""Training pairs of a claim or question and the sentences of a source, stored as word pieces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding

from assistant.verification.comparer import MAX_LENGTH, tokenizer
from assistant.verification.windows import MAX_SENTENCES, choose, sentences_near
from ingest.text import Span

UNKNOWN = -1
Origin = Literal["scripted", "question", "narrowed", "claim"]


@dataclass(frozen=True)
class Pair:
    """`wrong` marks what the source does not bear out in the claim; None where that is unknown.

    `answer` marks, in each text of the window, what answers a question; None where that is unknown.
    `origin` tells what was written by hand, `about` names its abstract, and `held_out` keeps it out
    of training. A question that is held against other sentences than the nearest is `narrowed`. Two
    pairs with the same `twin` are one that holds and one in its form that does not.
    """

    kind: str
    claim: str
    window: tuple[str, ...]
    supported: bool
    wrong: tuple[Span, ...] | None = None
    answer: tuple[tuple[Span, ...], ...] | None = None
    origin: Origin = "scripted"
    about: str = ""
    held_out: bool = False
    twin: str = ""


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


def save_pairs(pairs: Sequence[Pair], bias: npt.NDArray[np.float32], path: Path) -> None:
    """Write the pairs one after the other as the comparer reads them: claim, then sentences."""
    texts = list(dict.fromkeys(t for p in pairs for t in (p.claim, *p.window)))
    encoded = dict(zip(texts, tokenizer().encode_batch(texts), strict=True))
    flat = [_flat(pair, encoded) for pair in pairs]
    ids, sides, marks = (np.concatenate([part[n] for part in flat]) for n in range(3))
    np.savez(
        path,
        ids=ids.astype(np.int32),
        sides=sides.astype(np.int8),
        marks=marks.astype(np.int8),
        starts=np.cumsum([0, *(len(part[0]) for part in flat)]),
        labels=np.array([p.supported for p in pairs]),
        kinds=np.array([p.kind for p in pairs]),
        origins=np.array([p.origin for p in pairs]),
        held_out=np.array([p.held_out for p in pairs]),
        twins=np.array(_numbered([p.twin for p in pairs])),
        bias=bias,
    )


def _numbered(twins: Sequence[str]) -> list[int]:
    """The row of the first pair of each two; of any other its own."""
    first: dict[str, int] = {}
    return [first.setdefault(name, row) if name else row for row, name in enumerate(twins)]


def _flat(pair: Pair, encoded: Mapping[str, Encoding]) -> tuple[list[int], list[int], list[int]]:
    """Ids, sides and marks of a pair's word pieces, cut where the comparer stops reading."""
    said = encoded[pair.claim]
    ids = list(said.ids)
    marks = _marks(said, pair.wrong, beside=UNKNOWN)
    for number, text in enumerate(pair.window):
        held = encoded[text]
        ids += held.ids[1:]
        answer = None if pair.answer is None else pair.answer[number]
        marks += _marks(held, answer, beside=0)[1:]
    sides = [0] * len(said.ids) + [1] * (len(ids) - len(said.ids))
    return ids[:MAX_LENGTH], sides[:MAX_LENGTH], marks[:MAX_LENGTH]


def _marks(text: Encoding, spans: Sequence[Span] | None, beside: int) -> list[int]:
    """1 for a word piece that touches a span, else 0; `beside` for pieces that are no words."""
    if spans is None:
        return [UNKNOWN] * len(text.ids)
    return [
        int(any(start < s.end and end > s.start for s in spans)) if end > start else beside
        for start, end in text.offsets
    ]
