"""Which papers a question is about by name."""

from pathlib import Path

import pytest

from assistant.answer import Hit
from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.question import analyse
from assistant.extractive.subject import about
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.library.lexical import LexicalIndex
from ingest.paper import Paper
from ingest.pipeline import ingest_records

PAPERS = [
    Paper(
        id="stone",
        title="StonePool: Pooling Is Enough for Images",
        abstract="StonePool swaps attention for pooling. StonePool reaches 82.1% top-1 accuracy on"
        " ImageNet.",
    ),
    Paper(
        id="petal",
        title="Petal-Leaf Transformer",
        abstract="The Petal-Leaf Transformer replaces the layers of a vision model by splines that"
        " are learned, and trains on ImageNet.",
    ),
    Paper(
        id="survey",
        title="Large Image Models: A Survey",
        abstract="Large image models such as the Petal-Leaf Transformer are reviewed.",
    ),
    *(
        Paper(id=f"m{n}", title=f"Study {n}", abstract=f"Large image models in field {n}.")
        for n in range(6)
    ),
]
HITS = [Hit(rank=n, paper=paper, score=1 / n) for n, paper in enumerate(PAPERS, 1)]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path)
    index.replace(dict(enumerate(PAPERS)))
    return index


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("What accuracy does the Petal-Leaf Transformer reach?", ["petal", "survey"]),
        ("How many layers has the petal leaf transformer?", ["petal", "survey"]),
        ("What accuracy does StonePool reach?", ["stone"]),
        ("what accuracy does stone pool reach", ["stone"]),
        ("Who trains on ImageNet?", [paper.id for paper in PAPERS]),
        ("How old are large image models?", [paper.id for paper in PAPERS]),
        ("Which papers use the Petal-Leaf Transformer?", [paper.id for paper in PAPERS]),
        ("How does StonePool compare with other models?", [paper.id for paper in PAPERS]),
    ],
)
def test_a_question_that_names_a_title_s_name_is_about_those_that_mention_it(
    question: str, ids: list[str], index: LexicalIndex
) -> None:
    assert [PAPERS[at].id for at in about(analyse(question), HITS, index)] == ids


def test_another_model_s_figure_is_no_answer(tmp_path: Path, encoder: OnnxEncoder) -> None:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(PAPERS, config, EmbeddingConfig())
    with Library.open(config, model_label(EmbeddingConfig())) as library:
        search = HybridSearch(library, encoder.encode_one, RetrievalConfig())
        answerer = ExtractiveAnswerer(library, encoder)

        def cited(question: str) -> set[str]:
            draft = answerer.answer(question, search.search(question, 10).hits)
            return {quote.paper.id for sentence in draft.sentences for quote in sentence.quotes}

        assert cited("What top-1 accuracy does StonePool reach on ImageNet?") == {"stone"}
        asked = "What top-1 accuracy does the Petal-Leaf Transformer reach on ImageNet?"
        assert "stone" not in cited(asked)
