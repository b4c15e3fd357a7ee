from collections import Counter

from evals.verifier.cases import by_hand, development, summaries
from evals.verifier.lines import summary_labels
from evals.verifier.sources import claims, scitldr
from tests.support.shared_data import shared_data


def test_the_hand_made_edits_are_at_least_a_hundred_over_sample_papers() -> None:
    cases = by_hand()
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 100
    assert kinds["paraphrase"] >= 30
    assert min(kinds[k] for k in ("number", "entity", "negation", "reversal")) >= 10
    assert all(case.supported == (case.kind == "paraphrase") for case in cases)
    assert len({case.claim for case in cases}) == len(cases)


def test_the_halves_share_nothing() -> None:
    halves = [{case.claim for case in by_hand(part)} for part in ("tune", "test")]
    assert not halves[0] & halves[1]
    assert len(halves[0] | halves[1]) == len(by_hand())


def test_the_development_edits_are_over_abstracts_of_the_tuning_part() -> None:
    shared_data("retrieval/litsearch-inline/corpus.jsonl.gz")
    cases = development()
    kinds = Counter(case.kind for case in cases)
    assert kinds == {"entity": 87, "reversal": 57, "paraphrase": 41, "negation": 15}
    assert all(case.supported == (case.kind == "paraphrase") for case in cases)
    assert not {case.claim for case in cases} & {case.claim for case in by_hand()}


def test_no_source_of_a_held_out_claim_is_trained_on() -> None:
    for name in ("scifact", "wice"):
        shared_data(f"faithfulness/{name}.jsonl.gz")
        rows = claims(name)
        trained = {c.source for c in rows if c.part == "train"}
        assert trained
        assert not trained & {c.source for c in rows if c.part != "train"}


def test_sets_without_a_licence_have_no_training_part() -> None:
    for name in ("healthver", "covidfact", "attributionbench"):
        shared_data(f"faithfulness/{name}.jsonl.gz")
        assert {c.part for c in claims(name)} == {"tune", "test"}


def test_every_part_of_scitldr_is_there() -> None:
    shared_data("scitldr-train.jsonl.gz")
    assert {a.part for a in scitldr()} == {"train", "tune", "test"}


def test_every_summary_that_measures_or_tunes_was_read_against_its_abstract() -> None:
    shared_data("scitldr-train.jsonl.gz")
    labels = summary_labels()
    assert set(labels) == {a.id for a in scitldr() if a.part != "train"}
    assert len(labels) == 690
    assert 500 < sum(labels.values()) < 600
    cases = summaries("test")
    kinds = Counter(case.kind for case in cases)
    assert kinds["own summary"] + kinds["own summary that says more"] == kinds["other summary"]
    assert all(case.supported == (case.kind == "own summary") for case in cases)
