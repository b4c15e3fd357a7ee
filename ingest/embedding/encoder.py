"""A sentence encoder run by onnxruntime: tokenise, run, mean-pool, normalise.

One text a run: batches of unequal lengths cost padding and memory, and with dynamic quantisation
batch-mates would change each other's vectors. Parallelism comes from one-thread runs side by side,
of which there are never many, however many threads ask: the session keeps for ever the memory that
its runs once took at a time, some ten MiB for each of a long text.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore

import numpy as np
import numpy.typing as npt
import onnxruntime
import platformdirs
from tokenizers import Tokenizer

from ingest.config import APP_NAME
from ingest.embedding.model_files import ModelFiles, file_sha256
from ingest.embedding.rewire import rewire_to_int8
from ingest.embedding.token_counts import TokenCounts
from ingest.errors import EmbeddingError

Vectors = npt.NDArray[np.float32]

MIN_SELF_CHECK_COSINE = 0.98
_PROBES = (
    "Self-attention scales quadratically with the length of the sequence.",
    "We report a top-1 accuracy of 83.4% on ImageNet-1K with 22M parameters.",
    "gene expression",
)
_log = logging.getLogger(__name__)


class OnnxEncoder:
    """Maps texts to unit vectors of shape (n, dimension), float32."""

    def __init__(self, files: ModelFiles, max_tokens: int = 256, workers: int = 2) -> None:
        """`workers`: the texts of one call that are run at a time; one more is for other calls."""
        self.files = files
        self.max_tokens = max_tokens
        self.workers = workers
        self._runs = BoundedSemaphore(workers + 1)
        try:
            self.tokenizer = Tokenizer.from_file(str(files.tokenizer))
        except Exception as error:
            raise EmbeddingError(f"{files.tokenizer} is no tokenizer file: {error}") from error
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The integer graph where it agrees with the plain one, else the plain one."""
        if not _verdict_cached(self.files):
            plain = _session(self.files.model)
            if not self._agrees_with(plain):
                return plain
            _cache_verdict(self.files)
        return _session(rewire_to_int8(self.files.model))

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.encode_one("dimension").shape[0])

    def count_tokens(self, text: str) -> int:
        """Word pieces of the text, special tokens left out, truncation ignored."""
        return self.count_all([text])[0]

    def count_all(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text."""
        return self._counts.of(texts)

    @cached_property
    def _counts(self) -> TokenCounts:
        return TokenCounts(self.files.tokenizer)

    def encode_one(self, text: str) -> Vectors:
        """Encode one text; shape (dimension,)."""
        return self._run(self.session, text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts side by side on `workers` threads; shape (n, dimension)."""
        rows = list(self.encode_stream(texts))
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def encode_stream(self, texts: Iterable[str]) -> Iterator[Vectors]:
        """Encode texts in order, yielding each vector as it is ready."""
        session = self.session
        if self.workers == 1:
            yield from (self._run(session, text) for text in texts)
            return
        with ThreadPoolExecutor(self.workers, thread_name_prefix="encoder") as pool:
            yield from pool.map(lambda text: self._run(session, text), texts)

    def _run(self, session: onnxruntime.InferenceSession, text: str) -> Vectors:
        ids = np.asarray([self.tokenizer.encode(text).ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        wanted = {i.name for i in session.get_inputs()}
        given = {k: v for k, v in feeds.items() if k in wanted}
        with self._runs:
            states = session.run(None, given)[0][0]
        pooled = states.mean(axis=0)
        return np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-12), dtype=np.float32)

    def _agrees_with(self, plain: onnxruntime.InferenceSession) -> bool:
        try:
            integer = _session(rewire_to_int8(self.files.model))
        except (ValueError, RuntimeError, EmbeddingError) as error:
            _log.info("plain graph used: %s", error)
            return False
        worst = min(float(self._run(integer, t) @ self._run(plain, t)) for t in _PROBES)
        if worst < MIN_SELF_CHECK_COSINE:
            _log.warning("integer graph differs on this CPU (cosine %.3f); plain one used", worst)
        return worst >= MIN_SELF_CHECK_COSINE


def _session(model: Path | bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EmbeddingError(f"the ONNX model cannot be loaded: {error}") from error


def _verdict_key(files: ModelFiles) -> str:
    return f"{file_sha256(files.model)}-{onnxruntime.__version__}"


def _verdict_file() -> Path:
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)) / "encoder-checks.json"


def _verdict_cached(files: ModelFiles) -> bool:
    """Whether this machine has already found the integer graph to agree."""
    try:
        return _verdict_key(files) in json.loads(_verdict_file().read_text())
    except (OSError, ValueError):
        return False


def _cache_verdict(files: ModelFiles) -> None:
    path = _verdict_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(path.read_text()) if path.exists() else []
        path.write_text(json.dumps([*known, _verdict_key(files)]))
    except (OSError, ValueError) as error:
        _log.info("self-check not remembered: %s", error)
