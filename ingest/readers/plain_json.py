"""Any other JSON document that holds objects with a title: a list, or a list in an object."""

import re
from typing import Any

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.json_reader import JsonReader, first_records, is_json_lines
from ingest.readers.json_shapes import is_shaped, shaped_records
from ingest.readers.named_members import has_title, paper_from_mapping

_BEGINNING = re.compile(r'[\ufeff\s]*(?:\[\s*)?\{\s*"')

_COUNTS = frozenset({"total", "start", "pageLength", "recordsDisplayed"})


class PlainJsonReader(JsonReader):
    """Reads objects by the usual names of their members, the same as in JSON lines."""

    name = "json"
    signature = re.compile(r'(?<!\\)"title"\s*:', re.IGNORECASE)

    def sniff(self, source: Source) -> float:
        """Less sure than a format of its own; JSON lines of papers are left to their reader."""
        cut_off = not first_records(source.head_text)
        if cut_off and is_json_lines(source.head_text):
            return 0.4 if self.signature.search(source.head_text) else 0.0
        if cut_off and _BEGINNING.match(source.head_text):
            return 0.3
        return 0.6 * super().sniff(source)

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by a title, or by a shape that holds several."""
        return has_title(record) or is_shaped(record)

    def parts(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The records of an object of papers by id, or of columns; none of Springer's counts."""
        if record.keys() <= _COUNTS:
            return []
        return shaped_records(record) if is_shaped(record) else [record]

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper of the members with known names."""
        return paper_from_mapping(record, ref)
