"""JSON lines: one paper a line, as our own export, BEIR's corpus.jsonl and most dumps have it.

A line whose only key is "_header" describes the file and is skipped.
"""

import json
from collections.abc import Iterator
from typing import Any

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.json_reader import is_json_lines
from ingest.readers.json_scan import without_surrogates
from ingest.readers.json_shapes import is_shaped
from ingest.readers.named_members import has_title, paper_from_mapping


class JsonlReader:
    """Reads one JSON object a line."""

    name = "jsonl"

    def sniff(self, source: Source) -> float:
        """Nearly sure when the first line is an object with a title; a format of its own wins."""
        if not is_json_lines(source.head_text):
            return 0.0
        lines = [line for line in source.head_text.split("\n") if line.strip()]
        try:
            record = json.loads(lines[0])
        except (ValueError, RecursionError):
            return 0.6 if len(lines) > 1 else 0.2
        if is_shaped(record):
            return 0.2
        return 0.85 if _is_header(record) or has_title(record) else 0.3

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield a paper or a failure for each line that is not blank."""
        for number, line in source.lines():
            if line.strip():
                record = self._read_line(
                    line, SourceRef(file=source.name, line=number, reader=self.name)
                )
                if record is not None:
                    yield record

    def _read_line(self, line: str, ref: SourceRef) -> Paper | Failure | None:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Failure(ref.file, ref.line, f"not valid JSON ({error}); one object a line")
        if not isinstance(record, dict):
            return Failure(ref.file, ref.line, "not a JSON object; one object a line")
        if _is_header(record):
            return None
        if "\\ud" in line or "\\uD" in line:
            record = without_surrogates(record)
        return paper_from_mapping(record, ref)


def _is_header(record: Any) -> bool:
    return isinstance(record, dict) and record.keys() == {"_header"}
