"""The comparer as a torch module: a claim's word pieces held against those of a source.

It reads the frozen sentence encoder's states. Every piece is first aligned softly with the other
side and compared with what it was aligned to (decomposable attention, Parikh et al. 2016; ESIM,
Chen et al. 2017); pieces that are the same word attract each other, more so where their neighbours
are the same too. Two transformer layers over both sides follow. One head judges the claim, one each
of its pieces (token-level supervision tells the layers where to look).
"""

import torch
from torch import Tensor, nn

STATES, ALIGNED, HIDDEN, INNER, HEADS = 384, 192, 128, 256, 4
MATCHES = 3
_FIRST_WORD = 999  # ids below are special or unused in BERT's vocabulary


class Layer(nn.Module):
    """A transformer layer whose attention is biased towards the same word on the other side."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.split = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.joined = nn.Linear(HIDDEN, HIDDEN)
        self.pull = nn.Parameter(torch.ones(HEADS, MATCHES) * 0.5)
        self.first_norm = nn.LayerNorm(HIDDEN)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.second_norm = nn.LayerNorm(HIDDEN)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, matches: Tensor, hidden: Tensor) -> Tensor:
        """States (batch, length, 128), matches (batch, 3, length, length), hidden: padding."""
        batch, length, _ = states.shape
        parts = self.split(states).reshape(batch, length, 3, HEADS, HIDDEN // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) / (HIDDEN // HEADS) ** 0.5
        scores = scores + torch.einsum("hk,bkij->bhij", self.pull, matches)
        scores = scores.masked_fill(hidden[:, None, None, :], -1e4)
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        states = self.first_norm(states + self.dropout(self.joined(mixed)))
        inner = self.down(nn.functional.gelu(self.up(states)))
        normed: Tensor = self.second_norm(states + self.dropout(inner))
        return normed


class Comparer(nn.Module):
    """Some 0.6 million weights; the encoder's 22 million are not among them."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.enter = nn.LayerNorm(STATES)
        self.project = nn.Linear(STATES, ALIGNED)
        self.sharpness = nn.Parameter(torch.tensor(4.0))
        self.pull = nn.Parameter(torch.ones(MATCHES) * 2.0)
        self.side = nn.Embedding(2, HIDDEN)
        self.compare = nn.Linear(4 * ALIGNED + MATCHES + 1, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(2))
        self.pair_inner = nn.Linear(4 * HIDDEN, HIDDEN)
        self.pair_head = nn.Linear(HIDDEN, 1)
        self.word_head = nn.Linear(HIDDEN, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, claim: Tensor, claim_ids: Tensor, source: Tensor, source_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits of support (batch,), and of each claim piece being wrong (batch, pieces).

        States are (batch, pieces, 384), ids (batch, pieces); padding is the id 0.
        """
        matches = same_words(claim_ids, source_ids)
        one, other = (self.project(self.enter(states)) for states in (claim, source))
        scores = _cosines(one, other) * self.sharpness
        scores = scores + torch.einsum("k,bkij->bij", self.pull, matches)
        no_claim, no_source = claim_ids == 0, source_ids == 0
        to_source = scores.masked_fill(no_source[:, None, :], -1e4).softmax(-1)
        to_claim = scores.transpose(1, 2).masked_fill(no_claim[:, None, :], -1e4).softmax(-1)
        flipped = matches.transpose(2, 3)
        left = self._compared(one, to_source @ other, matches, 0)
        right = self._compared(other, to_claim @ one, flipped, 1)
        states = torch.cat([left, right], dim=1)
        both = _on_both_sides(matches, flipped)
        hidden = torch.cat([no_claim, no_source], dim=1)
        for layer in self.layers:
            states = layer(states, both, hidden)
        pieces = claim_ids.shape[1]
        return self._heads(states[:, :pieces], states[:, pieces:], no_claim, no_source)

    def _compared(self, own: Tensor, aligned: Tensor, matches: Tensor, side: int) -> Tensor:
        held = matches.amax(-1).transpose(1, 2)
        near = nn.functional.cosine_similarity(own, aligned, dim=-1).unsqueeze(-1)
        parts = torch.cat([own, aligned, own - aligned, own * aligned, held, near], dim=-1)
        made: Tensor = self.norm(nn.functional.gelu(self.compare(parts)) + self.side.weight[side])
        return self.dropout(made)

    def _heads(
        self, claim: Tensor, source: Tensor, no_claim: Tensor, no_source: Tensor
    ) -> tuple[Tensor, Tensor]:
        pooled = [_mean(claim, no_claim), _most(claim, no_claim)]
        pooled += [_mean(source, no_source), _most(source, no_source)]
        inner = nn.functional.gelu(self.pair_inner(torch.cat(pooled, dim=-1)))
        return self.pair_head(inner).squeeze(-1), self.word_head(claim).squeeze(-1)


def same_words(claim_ids: Tensor, source_ids: Tensor) -> Tensor:
    """(batch, 3, claim, source): the same piece; and with the same before it; and after it."""
    words = claim_ids > _FIRST_WORD
    same = ((claim_ids[:, :, None] == source_ids[:, None, :]) & words[:, :, None]).float()
    before = same * nn.functional.pad(same, (1, 0, 1, 0))[:, :-1, :-1]
    after = same * nn.functional.pad(same, (0, 1, 0, 1))[:, 1:, 1:]
    return torch.stack([same, before, after], dim=1)


def _on_both_sides(matches: Tensor, flipped: Tensor) -> Tensor:
    """Matches between sides as one square over claim and source together."""
    pieces, others = matches.shape[2], matches.shape[3]
    top = nn.functional.pad(matches, (pieces, 0))
    bottom = nn.functional.pad(flipped, (0, others))
    return torch.cat([top, bottom], dim=2)


def _cosines(one: Tensor, other: Tensor) -> Tensor:
    one, other = (nn.functional.normalize(s, dim=-1) for s in (one, other))
    return one @ other.transpose(1, 2)


def _mean(states: Tensor, hidden: Tensor) -> Tensor:
    kept = (~hidden).float().unsqueeze(-1)
    return (states * kept).sum(1) / kept.sum(1)


def _most(states: Tensor, hidden: Tensor) -> Tensor:
    return states.masked_fill(hidden.unsqueeze(-1), -1e4).amax(1)
