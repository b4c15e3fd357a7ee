"""An engine over a library of a few papers, to fit decisions and to count refusals."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant import Settings
from assistant.answer import Hit
from assistant.engine import AnswerEngine
from assistant.extractive.question import Question, analyse
from assistant.followup import standalone_question
from assistant.opening import open_engine
from evals.suite import Item
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from ingest.readers import Failure


@contextmanager
def engine_over(
    papers: Iterable[Paper | Failure], beside: Path | None = None
) -> Iterator[AnswerEngine]:
    """The papers alone, or among those of a copy of the library `beside`; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library={"path": Path(folder) / "library"})
        if beside is not None:
            shutil.copytree(beside, settings.library.path)
        ingest_records(papers, settings.library, settings.embedding)
        engine = open_engine(settings)
        try:
            yield engine
        finally:
            engine.close()


def found_for(engine: AnswerEngine, item: Item) -> tuple[Question, Sequence[Hit]]:
    """An item's question as it is searched for, standing alone, and the papers found."""
    text = standalone_question(item.question, item.history)
    hits = engine.search.search(text, engine.settings.retrieval.sources).hits
    return analyse(text), hits
