"""The comparer as a torch module: one encoder over a claim and the sentences it is held against.

A cross-encoder (Nogueira and Cho 2019) with the shape of the embedded MiniLM (Wang et al. 2020) and
its weights to begin with. Besides its word pieces it sees which of them stand on the other side
too, alone and with the same neighbour. One head judges the claim, one each piece: on the claim's
side whether it is wrong, on the source's whether it answers a question. Supervision by piece tells
the layers where to look.
"""

import torch
from torch import Tensor, nn

HIDDEN, INNER, HEADS, LAYERS = 384, 1536, 12, 6
PIECES, PLACES, MATCHES = 30_522, 512, 3
_FIRST_WORD = 999  # ids below are special or unused in BERT's vocabulary
_JUDGED = 128


class SharedDropout(nn.Module):
    """Drops the same features of every word piece of a pair, anew at each step of training.

    As Gal and Ghahramani 2016 ("A Theoretically Grounded Application of Dropout") do over time; one
    mask a pair costs next to nothing on a CPU, one a piece a third of the speed.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, states: Tensor) -> Tensor:
        """States (batch, ..., features); as they are when nothing is trained."""
        if not self.training or not self.share:
            return states
        shape = (states.shape[0], *[1] * (states.dim() - 2), states.shape[-1])
        kept = (torch.rand(shape) >= self.share).to(states.dtype)
        return states * (kept / (1 - self.share))


class Layer(nn.Module):
    """A transformer layer, normalised after each part as BERT's are."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = SharedDropout(dropout)
        self.query, self.key, self.value, self.output = (
            nn.Linear(HIDDEN, HIDDEN) for _ in range(4)
        )
        self.first_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.second_norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def attend(self, query: Tensor, key: Tensor, value: Tensor, hidden: Tensor) -> Tensor:
        """Values (batch, heads, length, 32) mixed by attention; in one kernel while training, four
        times as fast, and in plain steps to be exported.
        """
        if self.training:
            return nn.functional.scaled_dot_product_attention(query, key, value, hidden)
        scores = query @ key.transpose(-1, -2) / (HIDDEN // HEADS) ** 0.5 + hidden
        return scores.softmax(-1) @ value

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """States (batch, length, 384); `hidden` (batch, 1, 1, length) is added to the scores."""
        batch, length, _ = states.shape
        split = (batch, length, HEADS, HIDDEN // HEADS)
        query, key, value = (
            part(states).reshape(split).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = self.attend(query, key, value, hidden).transpose(1, 2)
        mixed = mixed.reshape(batch, length, HIDDEN)
        states = self.first_norm(states + self.dropout(self.output(mixed)))
        inner = nn.functional.gelu(self.up(states))
        normed: Tensor = self.second_norm(states + self.dropout(self.down(inner)))
        return normed


class Comparer(nn.Module):
    """22 million weights, more than half of them the word pieces', which learn only if asked to."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = SharedDropout(dropout)
        self.words, self.places = nn.Embedding(PIECES, HIDDEN), nn.Embedding(PLACES, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.match = nn.Linear(MATCHES, HIDDEN, bias=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.pair_inner = nn.Linear(3 * HIDDEN, _JUDGED)
        self.pair_head = nn.Linear(_JUDGED, 1)
        self.word_head = nn.Linear(HIDDEN, 1)
        nn.init.zeros_(self.match.weight)
        self.words.requires_grad_(requires_grad=False)
        self.places.requires_grad_(requires_grad=False)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and so many lower layers as they are; a step costs less then."""
        for part in (self.words, self.places, self.types, self.match, self.norm):
            part.requires_grad_(requires_grad=False)
        self.layers[:layers].requires_grad_(requires_grad=False)

    def forward(self, ids: Tensor, sides: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of support (batch,), and of each piece being wrong or an answer (batch, length).

        `ids` and `sides` are (batch, length); side 0 is the claim, 1 the source; the id 0 pads.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.words(ids) + self.places(places) + self.types(sides)
        states = self.norm(states + self.match(same_words(ids, sides).to(states.dtype)))
        states = self.dropout(states)
        padding = ids == 0
        hidden = padding[:, None, None, :].to(states.dtype) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        beside = (padding | (sides == 1)).unsqueeze(-1)
        kept = (~beside).to(states.dtype)
        mean = (states * kept).sum(1) / kept.sum(1)
        most = states.masked_fill(beside, -1e4).amax(1)
        pooled = torch.cat([states[:, 0], mean, most], dim=-1)
        judged = self.pair_head(self.dropout(nn.functional.gelu(self.pair_inner(pooled))))
        return judged.squeeze(-1), self.word_head(states).squeeze(-1)


def same_words(ids: Tensor, sides: Tensor) -> Tensor:
    """(batch, length, 3): the piece is on the other side; with the same before it; and after it."""
    other = sides[:, :, None] != sides[:, None, :]
    words = ids > _FIRST_WORD
    same = ((ids[:, :, None] == ids[:, None, :]) & other & words[:, :, None]).float()
    before = same * nn.functional.pad(same, (1, 0, 1, 0))[:, :-1, :-1]
    after = same * nn.functional.pad(same, (0, 1, 0, 1))[:, 1:, 1:]
    return torch.stack([same.amax(-1), before.amax(-1), after.amax(-1)], dim=-1)
