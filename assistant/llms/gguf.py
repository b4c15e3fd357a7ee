"""A GGUF model file as a LlamaIndex LLM: llama.cpp runs in this process, by `xllamacpp`."""

import importlib
import os
import secrets
from dataclasses import replace
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from llama_index.llms.openai import OpenAI
from llama_index.llms.openai_like import OpenAILike
from pydantic import PrivateAttr, SecretStr

from assistant.llms.endpoint import endpoint_of
from assistant.llms.openai import common_arguments
from assistant.settings import LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError

RUNNER = "xllamacpp"
HOST = "127.0.0.1"


class LocalServer:
    """llama.cpp's own HTTP server, for this process only: on loopback, with a key made here.

    It runs until nobody holds it any more. One question is answered at a time, with the whole
    window; others wait. llama.cpp writes its log, which holds no text of questions, to stderr.
    """

    def __init__(self, file: Endpoint, window: int) -> None:
        """Load the model; `window` in tokens. EndpointError where it cannot be run."""
        self.key = SecretStr(secrets.token_urlsafe(32))
        runner = _runner(file)
        try:
            self._server = runner.Server(self._parameters(runner, file, window))
        except RuntimeError as error:
            what = "cannot be loaded; the lines of llama.cpp above say why"
            remedy = "Set PAPERS_LLM__MODEL_FILE to a model that llama.cpp runs."
            raise EndpointError("model", file, what, remedy=remedy) from error
        self.base_url = f"{self._server.listening_address}/v1"

    def _parameters(self, runner: Any, file: Endpoint, window: int) -> Any:
        parameters = runner.CommonParams()
        parameters.model.path = file.base_url
        parameters.model_alias = {file.model}
        parameters.n_ctx = window
        parameters.n_parallel = 1
        parameters.hostnames = [HOST]
        parameters.port = 0
        parameters.api_keys = [self.key.get_secret_value()]
        parameters.endpoint_slots = False
        parameters.cache_ram_mib = 0
        parameters.offline = True
        return parameters


class GGUFModel(OpenAILike):
    """An `OpenAILike` whose server lives as long as it does."""

    _server: LocalServer = PrivateAttr()

    def __init__(self, server: LocalServer, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._server = server


_servers: WeakValueDictionary[tuple[str, int], LocalServer] = WeakValueDictionary()
_starting = Lock()


def make_gguf(config: LLMConfig) -> OpenAI:
    """The model of the configured file; those who ask for the same one share its memory.

    Raises EndpointError where `xllamacpp` is not installed or the file is no model.
    """
    file = endpoint_of(config)
    with _starting:
        asked = (file.base_url, config.context_window)
        server = _servers.get(asked) or LocalServer(file, config.context_window)
        _servers[asked] = server
    served = replace(file, base_url=server.base_url, api_key=server.key)
    return GGUFModel(
        server,
        is_chat_model=True,
        context_window=config.context_window,
        should_use_structured_outputs=True,
        **common_arguments(config, served),
    )


def _runner(file: Endpoint) -> Any:
    """`xllamacpp`, whose threads sleep while they wait.

    By default OpenMP's threads wait busily, which makes each token some forty times slower on a
    machine that has other work to do.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        return importlib.import_module(RUNNER)
    except ImportError as error:
        raise not_installed(file) from error


def not_installed(file: Endpoint) -> EndpointError:
    """What to tell a user who lacks the optional extra."""
    what = f"cannot be run: {RUNNER} is not installed"
    return EndpointError("model", file, what, remedy=f"Install it with: pip install {RUNNER}")
