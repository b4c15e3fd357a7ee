from pathlib import Path

import numpy as np

from assistant.verification.comparer import MAX_LENGTH, tokenizer
from evals.verifier.pairs import Pair, save_pairs
from ingest.text import Span


def test_pairs_are_stored_one_after_the_other(tmp_path: Path) -> None:
    pairs = [
        Pair("true", "Trees grow.", ("Trees grow fast.", "Rain helps."), True, ()),
        Pair("entity", "Grass grows.", ("Trees grow.",), False, (Span(0, 5),)),
        Pair("neighbour", "Grass grows.", ("Trees grow.",), False),
    ]
    save_pairs(pairs, np.array([0, 0.5, -1], dtype=np.float32), tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz") as file:
        stored = {name: file[name] for name in file.files}
    cut = [slice(*stored["starts"][n : n + 2]) for n in range(3)]
    said = [[tokenizer().id_to_token(int(n)) for n in stored["ids"][of]] for of in cut]
    claim = ["[CLS]", "trees", "grow", ".", "[SEP]"]
    sources = ["trees", "grow", "fast", ".", "[SEP]", "rain", "helps", ".", "[SEP]"]
    assert said[0] == [*claim, *sources]
    assert stored["sides"][cut[0]].tolist() == [0] * 5 + [1] * 9
    assert stored["marks"][cut[0]].tolist() == [-1, 0, 0, 0, -1] + [-1] * 9
    assert stored["marks"][cut[1]].tolist()[:5] == [-1, 1, 0, 0, -1]
    assert set(stored["marks"][cut[2]].tolist()) == {-1}
    assert stored["labels"].tolist() == [True, False, False]
    assert stored["kinds"].tolist() == ["true", "entity", "neighbour"]
    assert stored["origins"].tolist() == ["scripted"] * 3
    assert stored["held_out"].tolist() == [False] * 3
    assert stored["bias"].tolist() == [0, 0.5, -1]


def test_the_second_of_twins_has_the_row_of_the_first(tmp_path: Path) -> None:
    twins = ["", "t1", "", "t2", "t1", "t2"]
    pairs = [Pair("fact", "Why?", ("Trees grow.",), True, twin=twin) for twin in twins]
    save_pairs(pairs, np.zeros(6, dtype=np.float32), tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz") as file:
        assert file["twins"].tolist() == [0, 1, 2, 3, 1, 3]


def test_a_long_pair_is_cut_where_the_comparer_stops_reading(tmp_path: Path) -> None:
    pair = Pair("true", "Trees grow.", ("trees " * 90,) * 4, True, ())
    save_pairs([pair], np.zeros(1, dtype=np.float32), tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz") as file:
        assert file["starts"].tolist() == [0, MAX_LENGTH]
        assert len(file["ids"]) == len(file["sides"]) == len(file["marks"]) == MAX_LENGTH
