"""The trained comparer, run by onnxruntime: do these sentences of a source bear a claim out?"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from ingest.embedding.model_files import embedded_model
from ingest.errors import EmbeddingError

MODEL_FILE = Path(__file__).parent / "model" / "comparer.onnx"
CLAIMS_FILE = Path(__file__).parent / "model" / "claims.onnx"
ANSWERS_FILE = Path(__file__).parents[1] / "extractive" / "model" / "answers.onnx"
MAX_PIECES = 96
"""Word pieces of a claim, or of one sentence, that are read."""
MAX_LENGTH = 320
READINGS_KEPT = 256
"""So many answers hold what one question reads twice: sentences are weighed, then chosen from."""


@dataclass(frozen=True)
class Reading:
    """`support` is the logit of the claim being borne out.

    `wrong` holds (start, end, logit) for each word piece of the claim: the logit of that piece not
    being borne out.
    """

    support: float
    wrong: tuple[tuple[int, int, float], ...]


class Comparer:
    """Loaded at first use; safe to share between threads. One thread a run, batches of one."""

    def __init__(self, model: Path = MODEL_FILE) -> None:
        self.model = model
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None
        self._kept = lru_cache(maxsize=READINGS_KEPT)(self._read)

    def read(self, claim: str, sentences: Sequence[str]) -> Reading:
        """Hold a claim against sentences of its source; EmbeddingError if the model is amiss."""
        return self._kept(claim, tuple(sentences))

    def _read(self, claim: str, sentences: tuple[str, ...]) -> Reading:
        pieces = tokenizer()
        said, *held = pieces.encode_batch([claim, *sentences])
        ids = [*said.ids, *(piece for sentence in held for piece in sentence.ids[1:])][:MAX_LENGTH]
        sides = np.ones((1, len(ids)), dtype=np.int64)
        sides[0, : len(said.ids)] = 0
        feeds = {"ids": np.array([ids], dtype=np.int64), "sides": sides}
        support, wrong = self._loaded().run(["support", "wrong"], feeds)
        return Reading(float(support[0]), _pieces(said, wrong[0].tolist()))

    def _loaded(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = _session(self.model)
            return self._session


@lru_cache(maxsize=1)
def answer_comparer() -> Comparer:
    """The comparer that was trained on people's questions, held once."""
    return Comparer(ANSWERS_FILE)


@lru_cache(maxsize=1)
def claim_comparer() -> Comparer:
    """The comparer that was trained on claims in people's own words, held once."""
    return Comparer(CLAIMS_FILE)


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The embedded encoder's tokenizer, cut at the pieces that the comparer reads."""
    made = Tokenizer.from_file(str(embedded_model().tokenizer))
    made.no_padding()
    made.enable_truncation(MAX_PIECES)
    return made


def _pieces(said: Encoding, wrong: Sequence[float]) -> tuple[tuple[int, int, float], ...]:
    pieces = zip(said.offsets, wrong, strict=False)
    return tuple((start, end, logit) for (start, end), logit in pieces if end > start)


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EmbeddingError(
            f"{model} cannot be loaded ({error}); reinstall the paper-assistant package"
        ) from error
