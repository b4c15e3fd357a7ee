"""Token counts without a network."""

import os
import subprocess
import sys

from assistant.tokens import count_tokens, encoding_of


def test_known_counts() -> None:
    """ "hello world" is two tokens in both tables; the special token's text is not special."""
    assert count_tokens("hello world") == 2
    assert count_tokens("hello world", "gpt-4") == 2
    assert count_tokens("") == 0
    assert count_tokens("<|endoftext|>") > 1


def test_the_table_fits_the_model() -> None:
    assert encoding_of("gpt-4").name == "cl100k_base"
    assert encoding_of("gpt-4.1-mini").name == "o200k_base"


def test_models_without_a_table_here_get_the_newest() -> None:
    for model in (None, "smollm2", "text-davinci-003", "gpt2"):
        assert encoding_of(model).name == "o200k_base"


def test_nothing_is_downloaded() -> None:
    """A proxy that nobody listens on makes every download fail."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TIKTOKEN_CACHE_DIR"},
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    code = "from assistant.tokens import count_tokens; print(count_tokens('hello world', 'gpt-4'))"
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "2"
