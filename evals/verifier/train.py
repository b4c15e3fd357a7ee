"""Trains the comparer; run by hand in an environment with torch, see README.md.

    python evals/verifier/train.py PAIRS.npz START [START ...] OUT.pt --minutes 27 --rate 9e-5

PAIRS.npz comes from `python -m evals.verifier.data`; START are weights, of `python -m
evals.verifier.start` or `.resume` (.npz) or of an earlier run (.pt), of several their mean.
`export.py` makes the model of OUT.pt.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from batches import Batch, StoredPairs  # type: ignore[import-not-found]  # run as a script
from network import Comparer  # type: ignore[import-not-found]
from torch import Tensor, nn
from watch import figures  # type: ignore[import-not-found]

PIECE_WEIGHT = 0.5
MARKED_WEIGHT = 3.0
TWIN_WEIGHT = 0.5
SMOOTHING = 0.025
_FRESH = ("match", "pair", "word_head")
_WORDS = "words."
_SLOWER = 0.5
_WARM_UP = 0.04
_SHOWN = 100
_WATCHED_EVERY = 360


class Trained:
    """A network, in bfloat16 where the processor has AVX-512, and float32 weights.

    Two bytes a weight make steps fast there, and are emulated at a twentieth of the speed
    elsewhere. Most updates are too small to show in them, so they are added up in the float32 ones,
    of which the network gets a rounded copy after each step.
    """

    def __init__(
        self, start: dict[str, Tensor], dropout: float, words: bool, frozen: int = 0
    ) -> None:
        network = Comparer(dropout)
        network.words.requires_grad_(words)
        if frozen:
            network.freeze(frozen)
        missing = network.load_state_dict(start, strict=False)
        say(f"new parts: {missing.missing_keys}; not taken: {missing.unexpected_keys}")
        self.weights = {name: w.detach().clone() for name, w in network.named_parameters()}
        halved = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
        self.network = network.bfloat16() if halved else network
        self._learning = [
            (weight, self.weights[name].requires_grad_())
            for name, weight in self.network.named_parameters()
            if weight.requires_grad
        ]

    def optimiser(self, rate: float, faster: float) -> torch.optim.Optimizer:
        """AdamW; the parts that MiniLM lacks learn `faster` than the rest, word pieces slower."""
        learning = [(n, w) for n, w in self.weights.items() if w.requires_grad]
        words = [w for n, w in learning if n.startswith(_WORDS)]
        fresh = [w for n, w in learning if n.startswith(_FRESH)]
        known = [w for n, w in learning if not n.startswith((*_FRESH, _WORDS))]
        groups = [{"params": known}, {"params": fresh, "lr": rate * faster}]
        groups += [{"params": words, "lr": rate * _SLOWER}] if words else []
        return torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)

    def step(self, optimiser: torch.optim.Optimizer) -> None:
        """Take the network's gradients over, make a step, and give the network the weights."""
        for weight, exact in self._learning:
            exact.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        nn.utils.clip_grad_norm_([exact for _, exact in self._learning], 1.0)
        optimiser.step()
        with torch.no_grad():
            for weight, exact in self._learning:
                weight.copy_(exact)

    def save(self, path: Path) -> None:
        """Write the float32 weights as a state dict."""
        torch.save({name: weight.detach() for name, weight in self.weights.items()}, path)


def loss_of(network: Comparer, batch: Batch) -> Tensor:
    """Loss by pair, beside what the words alone tell, by twins, and by piece where it is known."""
    pair, piece = network(torch.from_numpy(batch.ids), torch.from_numpy(batch.sides))
    pair, piece = pair.float(), piece.float()
    target = torch.from_numpy(batch.labels) * (1 - 2 * SMOOTHING) + SMOOTHING
    loss: Tensor = nn.functional.binary_cross_entropy_with_logits(
        pair + torch.from_numpy(batch.bias), target
    )
    if len(batch.twins):
        true, false = torch.from_numpy(batch.twins).T
        told = nn.functional.softplus(pair[false] - pair[true]).sum() / (len(pair) / 2)
        loss = loss + TWIN_WEIGHT * told
    marks = torch.from_numpy(batch.marks)
    known = marks >= 0
    if known.any():
        loss = loss + PIECE_WEIGHT * nn.functional.binary_cross_entropy_with_logits(
            piece[known], marks[known], pos_weight=torch.tensor(MARKED_WEIGHT)
        )
    return loss


def watch(network: Comparer, pairs: StoredPairs) -> None:
    """Say how well what is held out is told apart, without the bias."""
    scores = np.zeros(len(pairs.labels))
    network.eval()
    with torch.no_grad():
        for batch in pairs.watch():
            logits, _ = network(torch.from_numpy(batch.ids), torch.from_numpy(batch.sides))
            scores[batch.rows] = logits.float().numpy()
    network.train()
    of = pairs.watched
    for line in figures(pairs.origins[of], pairs.labels[of], pairs.bias[of], scores[of]):
        say(f"  {line}")


def train(trained: Trained, pairs: StoredPairs, out: Path, options: argparse.Namespace) -> None:
    """Warm up over 4 % of the minutes, then fall to their end; watched and saved on the way."""
    rng = np.random.default_rng(options.seed)
    began = time.monotonic()

    def progress() -> float:
        return (time.monotonic() - began) / (60 * options.minutes)

    optimiser = trained.optimiser(options.rate, options.faster)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda _: min(progress() / _WARM_UP + 0.01, max(0.01, 1 - progress()))
    )
    seen, losses, watched = 0, [], began
    while progress() < 1:
        for batch in pairs.epoch(rng):
            loss = loss_of(trained.network, batch)
            loss.backward()
            trained.step(optimiser)
            schedule.step()
            seen += len(batch.rows)
            losses.append(loss.item())
            if len(losses) == _SHOWN:
                rate = seen / (time.monotonic() - began)
                say(f"{progress():.3f} {seen} pairs loss {np.mean(losses):.3f} {rate:.1f} pairs/s")
                losses.clear()
            if time.monotonic() - watched > _WATCHED_EVERY:
                watch(trained.network, pairs)
                trained.save(out)
                watched = time.monotonic()
            if progress() >= 1:
                break
    trained.save(out)
    say(f"{seen} pairs seen")


def starting_weights(path: Path) -> dict[str, Tensor]:
    """Weights of `start.py` or `resume.py`, or of an earlier run."""
    if path.suffix == ".npz":
        with np.load(path) as file:
            return {name: torch.from_numpy(file[name]) for name in file.files}
    found: dict[str, Tensor] = torch.load(path, weights_only=True)
    return found


def mean_of(paths: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of weights that were trained on from one another.

    As in Wortsman et al. 2022, "Model soups", and of a model before and after fine-tuning, "Robust
    fine-tuning of zero-shot models".
    """
    found = [starting_weights(path) for path in paths]
    return {name: torch.stack([w[name].float() for w in found]).mean(0) for name in found[0]}


def say(line: str) -> None:
    """Report progress."""
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Read the options; train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("start", type=Path, nargs="+", help="weights to begin with, .npz or .pt")
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--faster", type=float, default=2.0, help="rate of the new parts, times")
    parser.add_argument("--dropout", type=float, default=0.1, help="share of features left out")
    parser.add_argument("--words", action="store_true", help="word pieces learn too")
    parser.add_argument("--frozen", type=int, default=0, help="lower layers that do not learn")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    pairs = StoredPairs(options.pairs)
    say(f"{len(pairs.kept)} pairs to train on, {len(pairs.watched)} watched")
    trained = Trained(mean_of(options.start), options.dropout, options.words, options.frozen)
    watch(trained.network, pairs)
    train(trained, pairs, options.out, options)
    watch(trained.network, pairs)


if __name__ == "__main__":
    main()
