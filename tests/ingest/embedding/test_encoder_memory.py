"""What the encoder keeps in memory, in a process of its own, as other tests leave theirs behind."""

import subprocess
import sys

THREADS = 32
_LONG_TEXTS = f"""
from concurrent.futures import ThreadPoolExecutor
from evals.bench.memory import peak_mb
from ingest.config import EmbeddingConfig
from ingest.embedding.provider import sentence_encoder

encoder = sentence_encoder(EmbeddingConfig())
texts = ["attention pooled over neighbouring patches of an image " * 40] * {THREADS}
encoder.encode(texts[:3])
before = peak_mb()
with ThreadPoolExecutor({THREADS}) as readers:
    list(readers.map(encoder.encode_one, texts))
print(peak_mb() - before)
"""
MOST_MB = 100
"""Thirty-two runs at a time would take some hundreds."""


def test_many_threads_at_once_take_the_memory_of_a_few() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LONG_TEXTS], check=True, capture_output=True, text=True
    )
    assert float(done.stdout) < MOST_MB
