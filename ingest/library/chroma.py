"""Opens Chroma: inside the library's folder, or a server."""

from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError

from ingest.config import LibraryConfig
from ingest.errors import LibraryError
from ingest.library.remedy import REBUILD

_TOKEN_PROVIDER = "chromadb.auth.token_authn.TokenAuthClientProvider"


def open_chroma(config: LibraryConfig, folder: Path) -> ClientAPI:
    """A client of the configured server, or of the files in `folder`; LibraryError with remedy."""
    if config.chroma_url:
        return _server(config, config.chroma_url)
    try:
        settings = ChromaSettings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(folder / "chroma"), settings=settings)
    except (ChromaError, InternalError, ValueError, OSError) as error:
        raise LibraryError(f"{folder / 'chroma'} cannot be opened ({error}). {REBUILD}") from error


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
        raise LibraryError(
            f"the Chroma server {parts.hostname}:{parts.port} does not answer ({error}); start it"
            " or check PAPERS_LIBRARY__CHROMA_URL and PAPERS_LIBRARY__CHROMA_TOKEN"
        ) from error
    return client
