"""Web of Science's field-tagged plain text (`FN Clarivate Analytics Web of Science`)."""

import re
from collections.abc import Iterator

from rispy.config import WOK_TAG_KEY_MAPPING
from rispy.parser import WokParser

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import by_semicolons
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, head_of, unwrap
from ingest.readers.tagged import (
    Fields,
    Layout,
    TaggedRecord,
    first_of,
    parse_fields,
    read_records,
)

_TYPE = re.compile(r"^\ufeff?PT [A-Z]\w*\s*$", re.MULTILINE)
_FILE = re.compile(r"^\ufeff?FN .*\n(?:VR |PT )")
_OTHER_TAG = re.compile(r"^(?:TI|SO|AU) \S", re.MULTILINE)
_LAYOUT = Layout(
    re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|\s*)$"),
    starts=frozenset({"PT"}),
    ends=frozenset({"ER"}),
    ignored=frozenset({"FN", "VR", "EF"}),
)
_AUTHORS = ("author_full_name", "authors", "book_authors_full_name", "book_authors")
_KEYWORDS = ("author_keywords", "keywords_plus")
_E_MAIL = re.compile(r" ?\([^()\s]+@[^()]*\)")


class WosReader:
    """Reads Web of Science's records as a stream."""

    name = "wos"

    def sniff(self, source: Source) -> float:
        """Sure when the file says what it is, or a publication type starts a tagged record."""
        head = head_of(source)
        is_record = _TYPE.search(head) and _OTHER_TAG.search(head)
        return 1.0 if is_record else 0.9 if _FILE.match(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        nothing = Failure(source.name, None, "no record; each begins with a line 'PT J'")
        return read_records(source.lines(), _LAYOUT, lambda r: self._paper(r, source), nothing)

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        tags = list(WOK_TAG_KEY_MAPPING)
        fields = parse_fields(record, WokParser(list_tags=tags, skip_unknown_tags=True), " ")
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            first_of(fields, "document_title"),
            abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
            authors=_authors(fields),
            dates=[first_of(fields, name) for name in ("publication_year", "early_access_date")],
            venue=first_of(fields, "publication_name", "conference_title"),
            dois=fields.get("doi", []) + fields.get("book_doi", []),
            pmid=first_of(fields, "pubmed_id"),
            keywords=unwrap(";".join(first_of(fields, name) for name in _KEYWORDS)).split(";"),
        )


def _authors(fields: Fields) -> list[str]:
    """Personal authors, full names first choice, one a line (of MEDLINE on one line); groups."""
    persons = next((fields[name] for name in _AUTHORS if name in fields), [])
    lines = [*persons, *fields.get("group_authors", ())]
    return [name for line in lines for name in by_semicolons(_E_MAIL.sub("", line))]
