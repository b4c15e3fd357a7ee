import math
from pathlib import Path

import pytest

from assistant.extractive.decision import Logistic, calibration
from assistant.extractive.evidence import idf_weights, says_opposite, unknown_names
from assistant.extractive.question import analyse
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper


def test_rare_terms_weigh_most(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    texts = ["graph net", "graph tide", "graph"]
    index.replace({n: Paper(id=str(n), title=text) for n, text in enumerate(texts, 1)})
    weights = idf_weights(["graph", "tide", "zebra"], index)
    assert weights == {
        "graph": pytest.approx(math.log(1 + 3 / 3.5)),
        "tide": pytest.approx(math.log(1 + 3 / 1.5)),
        "zebra": pytest.approx(math.log(1 + 3 / 0.5)),
    }


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What does QuantumLeap gain over GNNs?", ["QuantumLeap"]),
        ("What does GraphTok gain over GNNs?", []),
        ("Is the capital of France mentioned?", ["France"]),
        ("how is atention used by proteins", []),
        ("Which models are used?", []),
    ],
)
def test_names_that_no_paper_holds(
    small_library: Library, encoder: OnnxEncoder, question: str, unknown: list[str]
) -> None:
    near = [paper.text for paper in small_library.papers()]
    lexical = small_library.lexical
    assert unknown_names(analyse(question), lexical, encoder.count_tokens, near) == unknown


@pytest.mark.parametrize(
    ("asked", "said", "opposite"),
    [
        ("Is it slower?", "It is 35 times faster.", True),
        ("Is it faster?", "It is 35 times faster.", False),
        ("Does it improve accuracy?", "It degrades accuracy.", True),
        ("Does it reduce cost?", "It increases cost.", True),
        ("Is it worse?", "It is better here and worse there.", False),
        ("What is it?", "It is better.", False),
    ],
)
def test_comparatives_that_meet_their_opposite(asked: str, said: str, opposite: bool) -> None:
    assert says_opposite(asked, said) is opposite


def test_a_logistic_decision() -> None:
    decide = Logistic(weights=(2.0, -1.0), bias=0.5, threshold=0.5)
    assert decide.probability((0.0, 0.5)) == pytest.approx(0.5)
    assert decide.probability((1.0, 0.0)) == pytest.approx(1 / (1 + math.exp(-2.5)))
    assert decide.probability((1e9, 0.0)) == pytest.approx(1)
    with pytest.raises(ValueError, match="argument"):
        decide.probability((1.0,))


def test_the_shipped_calibration_can_say_yes_and_no() -> None:
    for decide in (calibration().relevant, calibration().answerable):
        assert 0 < decide.threshold < 1
        assert any(decide.weights)
