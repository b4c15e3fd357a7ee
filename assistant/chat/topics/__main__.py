"""Draws the map of a library in a process of its own: `python -m assistant.chat.topics FOLDER`.

It prints the map as JSON. It gives way to everything else that runs on the machine, and takes its
memory with it when it ends.
"""

import os
import sys
from pathlib import Path

from assistant.chat.topics.computing import Titled, compute_map
from assistant.chat.topics.topic_map import TopicMap
from ingest.library.manifest import existing_manifest
from ingest.library.records import Records
from ingest.library.vector_store import VectorStore

_LOWEST = 19


def draw(folder: Path) -> TopicMap:
    """The map of the library in a folder as it is now."""
    records = Records(folder)
    store = VectorStore(folder / existing_manifest(folder).index)
    try:
        version = records.version
        rows = [Titled(key, paper_id, title) for key, paper_id, title, *_ in records.outlines()]
        return compute_map(store, rows, version)
    finally:
        store.close()
        records.close()


def main() -> None:
    """Draw the map of the folder that is named."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST)
    sys.stdout.write(draw(Path(sys.argv[1])).model_dump_json())


if __name__ == "__main__":
    main()
