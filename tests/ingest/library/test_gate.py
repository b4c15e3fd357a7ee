"""The gate that many pass at once and one alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

from ingest.library.gate import Gate

WAIT_S = 10
SHORT_S = 0.2


def test_who_goes_alone_from_inside_waits_for_the_others_and_stays_inside() -> None:
    gate, others_out, alone = Gate(), threading.Event(), threading.Event()

    def other() -> None:
        with gate.shared():
            others_out.wait(WAIT_S)
            assert not alone.is_set()

    with ThreadPoolExecutor(2) as pool:
        inside = pool.submit(other)

        def upgraded() -> bool:
            with gate.shared():
                with gate.alone_from_inside():
                    alone.set()
                return _closed_to_one_alone(gate)

        waiting = pool.submit(upgraded)
        assert not alone.wait(SHORT_S)
        others_out.set()
        inside.result(WAIT_S)
        assert waiting.result(WAIT_S)
    assert not _closed_to_one_alone(gate)


def test_two_that_go_alone_from_inside_take_turns() -> None:
    gate, both_inside, turns = Gate(), threading.Barrier(2), []

    def upgrade(name: str) -> None:
        with gate.shared():
            both_inside.wait(WAIT_S)
            with gate.alone_from_inside():
                turns.append(name)
                turns.append(name)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(upgrade, name) for name in ("a", "b")]:
            done.result(WAIT_S)
    assert turns in (["a", "a", "b", "b"], ["b", "b", "a", "a"])


def _closed_to_one_alone(gate: Gate) -> bool:
    """Whether somebody is inside, so that nobody gets in alone."""
    passed = threading.Event()

    def alone() -> None:
        with gate.alone():
            passed.set()

    thread = threading.Thread(target=alone, daemon=True)
    thread.start()
    return not passed.wait(SHORT_S)
