"""Web of Science's field-tagged plain text (`FN Clarivate Analytics Web of Science`)."""

import re
from collections.abc import Iterator

from rispy.config import WOK_TAG_KEY_MAPPING
from rispy.parser import WokParser

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, unwrap
from ingest.readers.tagged import Fields, Layout, TaggedRecord, parse_fields, tagged_records

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


class WosReader:
    """Reads Web of Science's records as a stream."""

    name = "wos"

    def sniff(self, source: Source) -> float:
        """Sure when the file says what it is, or a publication type starts a tagged record."""
        head = source.head_text
        is_record = _TYPE.search(head) and _OTHER_TAG.search(head)
        return 1.0 if is_record else 0.9 if _FILE.match(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        count = 0
        for count, record in enumerate(tagged_records(source.lines(), _LAYOUT), 1):
            yield self._paper(record, source)
        if not count:
            yield Failure(source.name, None, "no record; each begins with a line 'PT J'")

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        tags = list(WOK_TAG_KEY_MAPPING)
        fields = parse_fields(record, WokParser(list_tags=tags, skip_unknown_tags=True), " ")
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            _first(fields, "document_title"),
            abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
            authors=_authors(fields),
            dates=[_first(fields, name) for name in ("publication_year", "early_access_date")],
            venue=_first(fields, "publication_name", "conference_title"),
            dois=fields.get("doi", []) + fields.get("book_doi", []),
            pmid=_first(fields, "pubmed_id"),
            keywords=unwrap(";".join(_first(fields, name) for name in _KEYWORDS)).split(";"),
        )


def _first(fields: Fields, *names: str) -> str:
    return first_filled(value for name in names for value in fields.get(name, ()))


def _authors(fields: Fields) -> list[str]:
    """Personal authors, full names first choice, one a line; then groups."""
    persons = next((fields[name] for name in _AUTHORS if name in fields), [])
    lines = [*persons, *fields.get("group_authors", ())]
    return [name for line in lines for name in line.split("\n")]
