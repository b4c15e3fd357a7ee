"""Trains the comparer; run by hand in an environment with torch, see README.md.

    python evals/verifier/train.py PAIRS.npz START.npz OUT.pt --minutes 60 --seed 1

PAIRS.npz comes from `python -m evals.verifier.data`, START.npz from `python -m
evals.verifier.start`. One pair in 40 is held out to watch. `export.py` makes the model of OUT.pt.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from network import Comparer  # type: ignore[import-not-found]  # run as a script
from torch import Tensor, nn

WORD_WEIGHT = 0.5
SMOOTHING = 0.02
WRONG_WEIGHT = 2.0
MAX_LENGTH = 224
TOKENS_A_BATCH = 4096
_POOL = 64
_SHOWN = 50
_SAVED = 400
_HELD_OUT = 40
Batch = tuple[Tensor, Tensor, Tensor, Tensor]


class Pairs:
    """Stored pairs, given out in batches of like lengths."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            self.arrays = {name: file[name] for name in file.files}
        self.lengths = np.diff(self.arrays["starts"])
        numbers = np.arange(len(self.arrays["claims"]))
        self.held_out, self.kept = numbers[::_HELD_OUT], np.delete(numbers, slice(0, None, 40))
        windows = self.arrays["windows"]
        beside = np.where(windows < 0, 0, self.lengths[windows] - 1).sum(1)
        sizes = self.lengths[self.arrays["claims"]] + beside
        self.sizes = np.minimum(sizes, MAX_LENGTH)

    def batches(self, chosen: np.ndarray, rng: np.random.Generator | None) -> Iterator[Batch]:
        """Batches of about as many pieces; in random order if there is a generator."""
        order = chosen if rng is None else rng.permutation(chosen)
        for start in range(0, len(order), 32 * _POOL):
            pool = order[start : start + 32 * _POOL]
            pool = pool[np.argsort(self.sizes[pool], kind="stable")]
            cut, at = [], 0
            while at < len(pool):
                ahead = self.sizes[pool[at : at + 256]] * np.arange(1, len(pool[at : at + 256]) + 1)
                size = max(1, int(np.searchsorted(ahead, TOKENS_A_BATCH)))
                cut.append(pool[at : at + size])
                at += size
            for number in range(len(cut)) if rng is None else rng.permutation(len(cut)):
                yield self._tensors(cut[number])

    def _tensors(self, rows: np.ndarray) -> Batch:
        width = int(self.sizes[rows].max())
        ids = np.zeros((len(rows), width), dtype=np.int64)
        sides = np.zeros_like(ids)
        wrong = np.full(ids.shape, -1, dtype=np.float32)
        for at, row in enumerate(rows):
            claim = self._ids(self.arrays["claims"][row])
            source = [self._ids(n)[1:] for n in self.arrays["windows"][row] if n >= 0]
            both = np.concatenate([claim, *source])[:width]
            ids[at, : len(both)] = both
            sides[at, len(claim) : len(both)] = 1
            start, end = self.arrays["wrong_starts"][row : row + 2]
            wrong[at, : end - start] = self.arrays["wrong"][start:end]
        labels = self.arrays["labels"][rows].astype(np.float32)
        made = (torch.from_numpy(a) for a in (ids, sides, labels, wrong))
        return next(made), next(made), next(made), next(made)

    def _ids(self, text: int) -> np.ndarray:
        start, end = self.arrays["starts"][text : text + 2]
        return self.arrays["ids"][start:end]


def loss_of(network: Comparer, batch: Batch) -> tuple[Tensor, Tensor]:
    """Loss of a batch and which pairs were judged right."""
    ids, sides, labels, wrong = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pair, word = network(ids, sides)
    pair, word = pair.float(), word.float()
    target = labels * (1 - 2 * SMOOTHING) + SMOOTHING
    loss = nn.functional.binary_cross_entropy_with_logits(pair, target)
    known = wrong >= 0
    if known.any():
        loss = loss + WORD_WEIGHT * nn.functional.binary_cross_entropy_with_logits(
            word[known], wrong[known], pos_weight=torch.tensor(WRONG_WEIGHT)
        )
    return loss, (pair > 0) == (labels > 0.5)


def accuracy(network: Comparer, pairs: Pairs) -> float:
    """Share of held-out pairs judged right."""
    with torch.no_grad():
        right = torch.cat([loss_of(network, b)[1] for b in pairs.batches(pairs.held_out, None)])
    return float(right.float().mean())


def optimiser_of(network: Comparer, rate: float, faster: float) -> torch.optim.Optimizer:
    """AdamW; the parts that MiniLM lacks learn `faster` than the rest."""
    fresh: list[nn.Parameter] = []
    known: list[nn.Parameter] = []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            (fresh if name.startswith(("match", "pair", "word_head")) else known).append(weight)
    groups = [{"params": known}, {"params": fresh, "lr": rate * faster}]
    return torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)


def train(network: Comparer, pairs: Pairs, out: Path, options: argparse.Namespace) -> None:
    """Warm up over 3 % of the minutes, then fall to their end; saved every few hundred steps."""
    rng = np.random.default_rng(options.seed)
    began = time.monotonic()

    def progress(_: int) -> float:
        return (time.monotonic() - began) / (60 * options.minutes)

    optimiser = optimiser_of(network, options.rate, options.faster)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(progress(n) / 0.03 + 0.01, max(0.01, 1 - progress(n)))
    )
    step, seen, shown = 0, 0, np.zeros(2)
    while progress(step) < 1:
        for batch in pairs.batches(pairs.kept, rng):
            loss, right = loss_of(network, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step, seen = step + 1, seen + len(batch[0])
            shown += (loss.item(), right.float().mean().item())
            if step % _SHOWN == 0:
                rate = seen / (time.monotonic() - began)
                say(f"{progress(step):.3f} {seen} pairs loss {shown[0] / _SHOWN:.3f}"
                    f" right {shown[1] / _SHOWN:.3f} {rate:.0f} pairs/s")  # fmt: skip
                shown[:] = 0
            if step % _SAVED == 0:
                torch.save(network.state_dict(), out)
                say(f"{accuracy(network, pairs):.4f} of held-out pairs right")
            if progress(step) >= 1:
                break
    torch.save(network.state_dict(), out)
    say(f"{accuracy(network, pairs):.4f} of held-out pairs right, {seen} pairs seen")


def say(line: str) -> None:
    """Report progress."""
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Read the options; train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("start", type=Path, help="weights to begin with")
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--faster", type=float, default=10.0, help="rate of the new parts, times")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    network = Comparer()
    with np.load(options.start) as file:
        start = {name: torch.from_numpy(file[name]) for name in file.files}
    missing = network.load_state_dict(start, strict=False)
    say(f"new parts: {missing.missing_keys}; not taken: {missing.unexpected_keys}")
    train(network, Pairs(options.pairs), options.out, options)


if __name__ == "__main__":
    main()
