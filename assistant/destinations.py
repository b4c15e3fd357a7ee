"""Where chat, embeddings, reranking, vectors and spans go: told at start, from the settings."""

from urllib.parse import urlsplit, urlunsplit

from assistant.answer import Frozen
from assistant.loopback import is_loopback
from assistant.settings import Settings

THIS_PROCESS = "in this process"
OPENAI_URL = "https://api.openai.com/v1"


class Destination(Frozen):
    """What is sent where; `url` is empty for work done in this process and shows no password."""

    purpose: str
    provider: str
    url: str = ""

    @property
    def outside(self) -> bool:
        """Whether it is another machine."""
        return bool(self.url) and not is_loopback(urlsplit(self.url).hostname or "")

    def __str__(self) -> str:
        where = self.url or THIS_PROCESS
        return f"{self.purpose}: {self.provider}, {where}{' (another machine)' * self.outside}"


def destinations(settings: Settings) -> tuple[Destination, ...]:
    """One for each part that may call an endpoint, whether it does or not; tracing if it is on."""
    llm, embedding, rerank = settings.llm, settings.embedding, settings.rerank
    rerank_url = llm.base_url if rerank.provider == "llm" else rerank.base_url
    chroma, tracing = settings.library.chroma_url, settings.tracing
    return (
        _of("chat", llm.resolved_provider, llm.base_url),
        _of("embeddings", embedding.provider, embedding.base_url),
        _of("reranking", rerank.provider, rerank_url),
        _of("vectors", "chroma" if chroma else "embedded", chroma),
        *([_of("tracing", "otlp", tracing.url)] if tracing.endpoint else []),
    )


_IN_PROCESS = frozenset({"extractive", "gguf", "embedded", "none"})


def _of(purpose: str, provider: str, base_url: str | None) -> Destination:
    if provider in _IN_PROCESS:
        return Destination(purpose=purpose, provider=provider)
    return Destination(purpose=purpose, provider=provider, url=_shown(base_url or OPENAI_URL))


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
