"""The trained comparer, run by onnxruntime: do these sentences of a source bear a claim out?"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from assistant.verification.states import Encoded, TokenStates
from ingest.errors import EmbeddingError

MODEL_FILE = Path(__file__).parent / "model" / "comparer.onnx"


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

    def __init__(self, states: TokenStates, model: Path = MODEL_FILE) -> None:
        self.states = states
        self.model = model
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None

    def read(self, claim: str, sentences: Sequence[str]) -> Reading:
        """Hold a claim against sentences of its source, at least one; EmbeddingError if a model is
        amiss.
        """
        said = self.states(claim)
        held = [self.states(sentence) for sentence in sentences]
        feeds = {
            "claim": said.states[np.newaxis],
            "claim_ids": said.ids[np.newaxis],
            "source": np.concatenate([h.states for h in held])[np.newaxis],
            "source_ids": np.concatenate([h.ids for h in held])[np.newaxis],
        }
        support, wrong = self._loaded().run(["support", "wrong"], feeds)
        return Reading(float(support[0]), _pieces(said, wrong[0].tolist()))

    def _loaded(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = _session(self.model)
            return self._session


def _pieces(said: Encoded, wrong: Sequence[float]) -> tuple[tuple[int, int, float], ...]:
    pieces = zip(said.offsets, wrong, strict=True)
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
