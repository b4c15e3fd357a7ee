from dataclasses import replace

import pytest

from assistant.verification.comparer import Comparer, Reading, claim_comparer
from assistant.verification.signals import Signals, signals

PLAIN = Signals(
    reading=Reading(support=0.0, wrong=()),
    in_own_words=-1.0,
    figure="",
    count="",
    misplaced="",
    names=(),
    opposed="",
    replaced=("", ""),
    apart=False,
    wide=0.5,
    negated=False,
    swapped=False,
    denied=False,
)
EXACT = [
    (replace(PLAIN, figure="81.2"), "figure not in the source: 81.2"),
    (replace(PLAIN, misplaced="12"), "the source has something else in place of 12"),
    (replace(PLAIN, opposed="faster"), "the source says the opposite"),
    (replace(PLAIN, swapped=True), "the source says the opposite"),
]
BY_WORDS = [
    (replace(PLAIN, names=("KAN",)), "name not in the source: KAN"),
    (replace(PLAIN, count="5"), "figure not in the source: 5"),
    (replace(PLAIN, replaced=("keyword", "vector")), "the source says vector, not keyword"),
    (replace(PLAIN, denied=True), "negation differs from the source"),
]


@pytest.mark.parametrize(("signals", "reason"), [*EXACT, *BY_WORDS])
def test_a_rule_refutes_and_says_why(signals: Signals, reason: str) -> None:
    assert PLAIN.refuted == ""
    assert signals.refuted == reason


@pytest.mark.parametrize(("signals", "reason"), EXACT)
def test_what_is_exact_refutes_however_sure_the_model_is(signals: Signals, reason: str) -> None:
    assert replace(signals, in_own_words=4.0).refuted == reason


@pytest.mark.parametrize("signals", [signals for signals, _ in BY_WORDS])
def test_what_goes_by_words_alone_does_not_refute_what_the_model_is_sure_of(
    signals: Signals,
) -> None:
    assert replace(signals, in_own_words=4.0).refuted == ""


def test_a_missing_name_takes_more_to_be_overruled_than_a_missing_count() -> None:
    named, counted = replace(PLAIN, names=("KAN",)), replace(PLAIN, count="5")
    assert replace(named, in_own_words=1.2).refuted
    assert not replace(counted, in_own_words=1.2).refuted


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("Simulated annealing does not lower the waiting time in 64 villages.", True),
        ("Passengers need not stand about for as long as before.", False),
    ],
)
def test_only_a_denial_in_the_words_of_the_source_is_without_ground(
    claim: str, denied: bool
) -> None:
    sentences = ["Simulated annealing lowers the waiting time in 64 villages.", "It is cheap."]
    measured = signals(claim, "", " ".join(sentences), sentences, Comparer(), claim_comparer())
    assert measured.denied == denied
