import random
from dataclasses import replace

import numpy as np

from evals.verifier.form import form_logits
from evals.verifier.pairs import Pair

NOUNS = ["oats", "rye", "barley", "wheat"]


def written(papers: int) -> list[Pair]:
    """Questions whose first word tells their label: "why" where there is an answer."""
    rng = random.Random(1)
    made = []
    for paper in range(papers):
        for supported in (True, False):
            said = f"{'why' if supported else 'where'} does {rng.choice(NOUNS)} grow?"
            pair = Pair("fact", said, ("Oats grow.",), supported)
            made.append(replace(pair, origin="question", about=f"scitldr:{paper}"))
    return made


def test_words_that_give_the_label_away_get_its_sign() -> None:
    pairs = written(24)
    logits = form_logits(pairs)
    assert ((logits > 0) == [pair.supported for pair in pairs]).all()


def test_what_a_script_made_gets_nothing() -> None:
    scripted = [Pair("true", "Why does rye grow?", ("Oats grow.",), True)] * 5
    assert not form_logits(scripted).any()
    logits = form_logits([*scripted, *written(24)])
    assert not logits[:5].any()
    assert logits[5:].all()


def test_the_words_of_what_is_off_topic_are_not_held_against_it() -> None:
    off_topic = [
        replace(pair, kind="off_topic-alone", supported=False, about=f"scifact:{n}")
        for n, pair in enumerate(written(24))
    ]
    logits = form_logits([*off_topic, *written(24)])
    assert not logits[: len(off_topic)].any()
    assert np.allclose(logits[len(off_topic) :], form_logits(written(24)))


def test_claims_are_judged_by_claims_alone() -> None:
    questions = written(24)
    claims = [replace(p, origin="claim", supported=not p.supported) for p in questions]
    logits = form_logits([*questions, *claims])
    assert np.allclose(logits[: len(questions)], form_logits(questions))
    assert ((logits[len(questions) :] > 0) == [pair.supported for pair in claims]).all()


def test_a_pair_is_judged_by_pairs_about_other_abstracts() -> None:
    pairs = written(24)
    one = [n for n, pair in enumerate(pairs) if pair.about == "scitldr:3"]
    true, false = (
        form_logits([replace(p, supported=label) if n in one else p for n, p in enumerate(pairs)])
        for label in (True, False)
    )
    assert np.allclose(true[one], false[one])
    assert not np.allclose(true, false)
