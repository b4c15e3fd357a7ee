"""The manifest: what a library was built with, checked whenever it is opened."""

import json
import os
import uuid
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import LibraryError, ManifestLostError

FORMAT_VERSION = 1
_NAME = "manifest.json"
_RECORDS = "papers.sqlite3"
_UNKNOWN = ""


class Manifest(BaseModel):
    """Format and embedding of a library. `chunk_tokens` is the window chunks are cut to.

    `index` names the folder of both indexes; a rebuild makes a new one and then changes the name,
    so that the switch is one rename. `library_id` tells libraries on a shared Chroma server apart.
    """

    model_config = ConfigDict(frozen=True)

    format_version: int = FORMAT_VERSION
    embedding_model: str
    dimension: int
    chunk_tokens: int
    index: str = "index-1"
    library_id: str = Field(default_factory=lambda: uuid.uuid4().hex[:12])

    @property
    def collection(self) -> str:
        """Name of the Chroma collection."""
        return f"papers-{self.library_id}-{self.index}"

    def has_had(self, collection: str) -> bool:
        """Whether a collection is or was one of this library's."""
        return collection.startswith(f"papers-{self.library_id}-")

    def next_index(self) -> str:
        """Name of the index folder that a rebuild writes."""
        return f"index-{int(self.index.removeprefix('index-')) + 1}"

    def check_model(self, model: str, folder: Path) -> None:
        """Refuse another embedding model: its vectors would be compared with strangers."""
        if model != self.embedding_model:
            raise LibraryError(
                f"the library {folder} holds vectors of {self.embedding_model}, but the settings"
                f" name {model}. Set PAPERS_EMBEDDING__* back, or rebuild its indexes with:"
                " paper-assistant library reindex"
            )

    def check_window(self, tokens: int, folder: Path) -> None:
        """Refuse another window: chunks of old and new papers would be cut differently."""
        if tokens != self.chunk_tokens:
            raise LibraryError(
                f"the library {folder} holds chunks of up to {self.chunk_tokens} tokens, but"
                f" PAPERS_EMBEDDING__MAX_TOKENS is {tokens}. Set it back, or rebuild the indexes"
                " with: paper-assistant library reindex"
            )


def load_manifest(folder: Path) -> Manifest | None:
    """The manifest of a library; None where there is none; LibraryError if it does not fit.

    ManifestLostError where it is damaged, or missing beside records.
    """
    path = folder / _NAME
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if (folder / _RECORDS).exists():
            raise _lost(path, "is missing") from None
        return None
    except OSError as error:
        raise LibraryError(f"{path} cannot be read ({error})") from error
    except ValueError as error:
        raise _lost(path, f"is damaged ({error})") from error
    version = fields.get("format_version") if isinstance(fields, dict) else None
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise LibraryError(
            f"{folder} has library format {version}, newer than this program's {FORMAT_VERSION};"
            " install a newer version of the program"
        )
    try:
        return Manifest.model_validate(fields)
    except ValidationError as error:
        raise _lost(path, f"is damaged ({error.error_count()} fields wrong)") from error


def existing_manifest(folder: Path) -> Manifest:
    """The manifest; LibraryError with the remedy where there is no library."""
    manifest = load_manifest(folder)
    if manifest is None:
        raise LibraryError(
            f"there is no library in {folder}; make one with: paper-assistant ingest PATH"
        )
    return manifest


def replaceable_manifest(folder: Path) -> Manifest:
    """The manifest, or a stand-in where it is lost: of no model, so that no vector is kept."""
    try:
        return existing_manifest(folder)
    except ManifestLostError:
        names = (place.name.removeprefix("index-") for place in folder.glob("index-*"))
        latest = max((int(name) for name in names if name.isdecimal()), default=0)
        return Manifest(
            embedding_model=_UNKNOWN, dimension=0, chunk_tokens=0, index=f"index-{latest}"
        )


def _lost(path: Path, how: str) -> ManifestLostError:
    return ManifestLostError(
        f"{path} {how}, so the embedding model of the library is not known. Restore it from a"
        " backup, or embed all papers again with: paper-assistant library reindex"
    )


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, all or nothing."""
    path = folder / _NAME
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
