import numpy as np
import pytest

from assistant.verification.comparer import MAX_LENGTH
from evals.verifier.batches import PIECES_A_BATCH, UNKNOWN, WIDTHS, StoredPairs
from evals.verifier.pairs import Pair, save_pairs


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> StoredPairs:
    pairs = [
        Pair("true", "Oats grow.", ("oats " * (1 + n % 80),) * 3, n % 2 == 0, ())
        for n in range(600)
    ]
    for n in range(40):
        pairs.append(Pair("fact", "Why?", ("Oats.",), True, origin="question", held_out=n % 4 == 0))
    path = tmp_path_factory.mktemp("pairs") / "p.npz"
    save_pairs(pairs, np.linspace(-1, 1, len(pairs)).astype(np.float32), path)
    return StoredPairs(path)


def test_one_scripted_pair_in_25_and_what_is_held_out_are_watched(stored: StoredPairs) -> None:
    assert stored.watched.tolist() == [*range(0, 600, 25), *range(600, 640, 4)]
    assert sorted([*stored.watched, *stored.kept]) == list(range(640))


def test_an_epoch_has_full_batches_of_six_widths_of_what_is_trained_on(
    stored: StoredPairs,
) -> None:
    batches = list(stored.epoch(np.random.default_rng(1)))
    rows = [row for batch in batches for row in batch.rows.tolist()]
    assert len(rows) == len(set(rows))
    assert set(rows) <= set(stored.kept.tolist())
    for batch in batches:
        assert batch.ids.shape[1] in WIDTHS
        assert len(batch.ids) == PIECES_A_BATCH // batch.ids.shape[1]
        assert (batch.labels == stored.labels[batch.rows]).all()
        assert (batch.bias == stored.bias[batch.rows]).all()


def test_everything_that_is_watched_comes_once(stored: StoredPairs) -> None:
    rows = [row for batch in stored.watch() for row in batch.rows.tolist()]
    assert sorted(rows) == stored.watched.tolist()


def test_what_is_beside_a_pair_is_padding(stored: StoredPairs) -> None:
    for batch in stored.watch():
        empty = batch.ids == 0
        assert (batch.marks[empty] == UNKNOWN).all()
        assert (batch.sides[empty] == 0).all()
        assert (batch.ids[:, 0] != 0).all()


def test_the_widest_batch_holds_what_the_comparer_reads() -> None:
    assert max(WIDTHS) == MAX_LENGTH
