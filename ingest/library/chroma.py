"""Opens Chroma: inside the library's folder, or a server."""

import itertools
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from ingest.config import LibraryConfig
from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.remedy import REBUILD

_openings = itertools.count()
_TRUST = "; SSL_CERT_FILE names a file of certificates to trust"
_TOKEN_PROVIDER = "chromadb.auth.token_authn.TokenAuthClientProvider"


def open_chroma(config: LibraryConfig, folder: Path) -> ClientAPI:
    """A client of the configured server, or of the files in `folder`; LibraryError with remedy."""
    if config.chroma_url:
        return _server(config, config.chroma_url)
    try:
        settings = ChromaSettings(anonymized_telemetry=False)
        return chromadb.PersistentClient(_own_spelling(folder / "chroma"), settings=settings)
    except (ChromaError, ValueError, OSError) as error:
        place = folder / "chroma"
        raise IndexDamagedError(f"{place} cannot be opened ({error}). {REBUILD}") from error


def _own_spelling(place: Path) -> str:
    """The path, spelt as nobody else in this process spells it.

    Clients of one spelling share one graph in memory. It would be out of date, and written over
    the newer one, when another process has written meanwhile.
    """
    number = f"{next(_openings):b}"
    return str(place) + "".join("/." if bit == "0" else "//" for bit in number)


def _server(config: LibraryConfig, url: str) -> ClientAPI:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LibraryError(f"PAPERS_LIBRARY__CHROMA_URL is no http(s) address: {url}")
    settings = ChromaSettings(anonymized_telemetry=False)
    if config.chroma_token:
        settings.chroma_client_auth_provider = _TOKEN_PROVIDER
        settings.chroma_client_auth_credentials = config.chroma_token.get_secret_value()
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=settings,
        )
        client.heartbeat()
    except (ChromaError, ValueError, httpx.HTTPError) as error:
        reason = str(_innermost(error))
        trust = _TRUST if "CERTIFICATE_VERIFY_FAILED" in reason else ""
        raise LibraryError(
            f"the Chroma server {parts.hostname}:{parts.port} does not answer ({reason}); start it"
            f" or check PAPERS_LIBRARY__CHROMA_URL and PAPERS_LIBRARY__CHROMA_TOKEN{trust}"
        ) from error
    return client


def _innermost(error: BaseException) -> BaseException:
    """What lies behind it: Chroma says the same of every failure to connect."""
    while behind := error.__cause__ or error.__context__:
        error = behind
    return error
