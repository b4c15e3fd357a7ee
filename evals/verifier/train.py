"""Trains the comparer; run by hand in an environment with torch, see README.md.

    python evals/verifier/train.py PAIRS.npz OUT.pt --epochs 6 --rate 1e-3 --seed 1
    python evals/verifier/train.py PAIRS.npz OUT.pt --export MODEL.onnx

PAIRS.npz comes from `python -m evals.verifier.data`. One pair in 20 is held out to watch.
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
SMOOTHING = 0.03
BATCH = 48
_POOL = 40
_SHOWN = 100
_HELD_OUT = 20
Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


class Pairs:
    """Stored pairs, given out in batches of like lengths."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            self.arrays = {name: file[name] for name in file.files}
        self.lengths = np.diff(self.arrays["starts"])
        held = self.arrays["windows"]
        self.sizes = np.where(held < 0, 0, self.lengths[held]).sum(1)
        # Pairs over one abstract share their states, so whole claims are not held out by text.
        numbers = np.arange(len(held))
        self.held_out, self.kept = numbers[::_HELD_OUT], np.delete(numbers, slice(0, None, 20))

    def batches(self, chosen: np.ndarray, rng: np.random.Generator | None) -> Iterator[Batch]:
        """Batches; in random order with a generator, pools of them sorted by length."""
        order = chosen if rng is None else rng.permutation(chosen)
        for start in range(0, len(order), BATCH * _POOL):
            pool = order[start : start + BATCH * _POOL]
            pool = pool[np.argsort(self.sizes[pool], kind="stable")]
            cut = [pool[n : n + BATCH] for n in range(0, len(pool), BATCH)]
            for number in range(len(cut)) if rng is None else rng.permutation(len(cut)):
                yield self._tensors(cut[number])

    def _tensors(self, rows: np.ndarray) -> Batch:
        claims = [[c] for c in self.arrays["claims"][rows]]
        windows = [[t for t in window if t >= 0] for window in self.arrays["windows"][rows]]
        claim, claim_ids = self._gathered(claims)
        source, source_ids = self._gathered(windows)
        wrong = np.full(claim_ids.shape, -1, dtype=np.float32)
        for at, row in enumerate(rows):
            start, end = self.arrays["wrong_starts"][row : row + 2]
            wrong[at, : end - start] = self.arrays["wrong"][start:end]
        labels = torch.from_numpy(self.arrays["labels"][rows].astype(np.float32))
        return claim, claim_ids, source, source_ids, labels, torch.from_numpy(wrong)

    def _gathered(self, texts: list[list[int]]) -> tuple[Tensor, Tensor]:
        width = max(int(self.lengths[parts].sum()) for parts in texts)
        states = np.zeros((len(texts), width, 384), dtype=np.float32)
        ids = np.zeros((len(texts), width), dtype=np.int64)
        for row, parts in enumerate(texts):
            at = 0
            for part in parts:
                start, end = self.arrays["starts"][part : part + 2]
                states[row, at : at + end - start] = self.arrays["states"][start:end]
                ids[row, at : at + end - start] = self.arrays["ids"][start:end]
                at += end - start
        return torch.from_numpy(states), torch.from_numpy(ids)


def loss_of(network: Comparer, batch: Batch) -> tuple[Tensor, Tensor]:
    """Loss of a batch and which pairs were judged right."""
    *given, labels, wrong = batch
    pair, word = network(*given)
    target = labels * (1 - 2 * SMOOTHING) + SMOOTHING
    loss = nn.functional.binary_cross_entropy_with_logits(pair, target)
    known = wrong >= 0
    if known.any():
        loss = loss + WORD_WEIGHT * nn.functional.binary_cross_entropy_with_logits(
            word[known], wrong[known], pos_weight=torch.tensor(2.0)
        )
    return loss, (pair > 0) == (labels > 0.5)


def accuracy(network: Comparer, pairs: Pairs) -> float:
    """Share of held-out pairs judged right."""
    network.eval()
    with torch.no_grad():
        right = torch.cat([loss_of(network, b)[1] for b in pairs.batches(pairs.held_out, None)])
    network.train()
    return float(right.float().mean())


def train(network: Comparer, pairs: Pairs, out: Path, options: argparse.Namespace) -> None:
    """Warm up over 5 % of the steps, then fall with the steps, or with the minutes if they go by
    faster, and stop when either is used up; saved after each epoch.
    """
    rng = np.random.default_rng(options.seed)
    steps = (len(pairs.kept) // BATCH + 1) * options.epochs
    began = time.monotonic()

    def progress(step: int) -> float:
        return max(step / steps, (time.monotonic() - began) / (60 * options.minutes))

    optimiser = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (0.05 * steps), max(0.02, 1 - progress(n)))
    )
    step, shown = 0, np.zeros(2)
    for epoch in range(options.epochs):
        for batch in pairs.batches(pairs.kept, rng):
            loss, right = loss_of(network, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            shown += (loss.item(), right.float().mean().item())
            if step % _SHOWN == 0:
                rate = step * BATCH / (time.monotonic() - began)
                say(f"{step}/{steps} loss {shown[0] / _SHOWN:.3f} right {shown[1] / _SHOWN:.3f}"
                    f" {rate:.0f} pairs/s")  # fmt: skip
                shown[:] = 0
            if progress(step) >= 1:
                break
        torch.save(network.state_dict(), out)
        say(f"epoch {epoch + 1}: {accuracy(network, pairs):.4f} of held-out pairs right")
        if progress(step) >= 1:
            break


def export(network: Comparer, path: Path) -> None:
    """Write the network as ONNX for a batch of one and any lengths."""
    network.eval()
    states, ids = torch.randn(1, 9, 384), torch.arange(1000, 1009).unsqueeze(0)
    source, source_ids = torch.randn(1, 21, 384), torch.arange(1003, 1024).unsqueeze(0)
    claim_size, source_size = torch.export.Dim("claim"), torch.export.Dim("source")
    torch.onnx.export(
        network,
        (states, ids, source, source_ids),
        str(path),
        input_names=["claim", "claim_ids", "source", "source_ids"],
        output_names=["support", "wrong"],
        dynamic_shapes=({1: claim_size}, {1: claim_size}, {1: source_size}, {1: source_size}),
        external_data=False,
        dynamo=True,
    )


def say(line: str) -> None:
    """Report progress."""
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Read the options; train and save, or export what was saved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--export", type=Path)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    network = Comparer()
    if options.export or options.start:
        network.load_state_dict(torch.load(options.start or options.out, weights_only=True))
    if options.export:
        export(network, options.export)
    else:
        train(network, Pairs(options.pairs), options.out, options)


if __name__ == "__main__":
    main()
