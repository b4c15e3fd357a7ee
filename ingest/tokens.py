"""Counts tokens without a network.

tiktoken downloads its tables at first use. llama-index-core ships the two that count, cl100k and
o200k, so tiktoken is pointed at those unless `TIKTOKEN_CACHE_DIR` says otherwise.
"""

import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import tiktoken

_DEFAULT_ENCODING = "o200k_base"
_SHIPPED_ENCODINGS = frozenset({"cl100k_base", "o200k_base"})
_CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"


def count_tokens(text: str, model: str | None = None) -> int:
    """Tokens of `text` for `model`; o200k_base stands in for models that tiktoken does not know.

    For such models (vLLM, Ollama) the figure is an estimate, within some 20 % for English.
    Text that looks like a special token (`<|endoftext|>`) is counted as ordinary text.
    """
    return len(encoding_of(model).encode_ordinary(text))


@lru_cache(maxsize=64)
def encoding_of(model: str | None = None) -> tiktoken.Encoding:
    """The encoding of `model`, always one whose table lies on this machine."""
    tables = files("llama_index.core") / "_static" / "tiktoken_cache"
    os.environ.setdefault(_CACHE_VARIABLE, str(Path(str(tables))))
    return tiktoken.get_encoding(_encoding_name(model))


def _encoding_name(model: str | None) -> str:
    if model is None:
        return _DEFAULT_ENCODING
    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return _DEFAULT_ENCODING
    return name if name in _SHIPPED_ENCODINGS else _DEFAULT_ENCODING
