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
    for n in range(30):
        lengths = ("oats " * (1 + n), "rye " * (30 - n))
        for label, text in zip((n % 2 == 0, n % 2 == 1), lengths, strict=True):
            pairs.append(Pair("fact", "Why?", (text,), label, origin="question", twin=f"t{n}"))
    path = tmp_path_factory.mktemp("pairs") / "p.npz"
    save_pairs(pairs, np.linspace(-1, 1, len(pairs)).astype(np.float32), path)
    return StoredPairs(path)


def test_one_scripted_pair_in_25_and_what_is_held_out_are_watched(stored: StoredPairs) -> None:
    assert stored.watched.tolist() == [*range(0, 600, 25), *range(600, 640, 4)]
    assert sorted([*stored.watched, *stored.kept]) == list(range(700))


def test_an_epoch_has_full_batches_of_six_widths_of_what_is_trained_on(
    stored: StoredPairs,
) -> None:
    batches = list(stored.epoch(np.random.default_rng(1)))
    rows = [row for batch in batches for row in batch.rows.tolist()]
    assert len(rows) == len(set(rows))
    assert set(rows) <= set(stored.kept.tolist())
    for batch in batches:
        assert batch.ids.shape[1] in WIDTHS
        assert PIECES_A_BATCH // batch.ids.shape[1] - len(batch.ids) in (0, 1)
        assert (batch.labels == stored.labels[batch.rows]).all()
        assert (batch.bias == stored.bias[batch.rows]).all()


def test_twins_are_in_one_batch_and_the_one_that_holds_is_named_first(stored: StoredPairs) -> None:
    found = 0
    for batch in stored.epoch(np.random.default_rng(2)):
        rows = batch.rows.tolist()
        twins = [row for row in rows if row >= 640]
        assert len(twins) == 2 * len(batch.twins)
        for true, false in batch.twins.tolist():
            assert rows[true] // 2 == rows[false] // 2
            assert (batch.labels[true], batch.labels[false]) == (1, 0)
            found += 1
    assert found > 0


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
