"""Whatever JSON or XML comes, a reader yields papers and failures or raises SourceError."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.paper import Paper
from ingest.readers import Failure, Reader, Source
from ingest.readers.arxiv_atom import ArxivAtomReader
from ingest.readers.csl_json import CslJsonReader
from ingest.readers.jsonl import JsonlReader
from ingest.readers.openalex import OpenAlexReader
from ingest.readers.openreview import OpenReviewReader
from ingest.readers.plain_json import PlainJsonReader
from ingest.readers.semantic_scholar import SemanticScholarReader
from ingest.readers.zotero_json import ZoteroJsonReader

JSON_READERS: list[Reader] = [
    JsonlReader(),
    PlainJsonReader(),
    ZoteroJsonReader(),
    CslJsonReader(),
    OpenAlexReader(),
    SemanticScholarReader(),
    OpenReviewReader(),
]
NAMES = [
    *("title", "abstract", "authors", "author", "year", "issued", "date-parts", "id", "DOI", "doi"),
    *("externalIds", "paperId", "itemType", "creators", "extra", "url", "URL", "data", "results"),
    *("abstract_inverted_index", "authorships", "locations", "primary_location", "paper", "tldr"),
    *("content", "forum", "venue", "cdate", "value", "text", "authorList", "dois", "notes", "0"),
    *("citedPaper", "journal", "container-title", "abstractNote", "name", "family", "given"),
]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(NAMES), values, max_size=8)
by_reader = pytest.mark.parametrize("reader", JSON_READERS, ids=lambda reader: reader.name)


def check(reader: Reader, data: bytes) -> None:
    source = Source("fuzzed", data=data)
    try:
        likelihood = reader.sniff(source)
        found = list(reader.read(source))
    except SourceError:
        return
    assert 0 <= likelihood <= 1
    for record in found:
        if isinstance(record, Paper):
            assert record.title and record.id and record.sources
            assert record.model_dump_json().encode()
        else:
            assert isinstance(record, Failure) and record.reason


@by_reader
@settings(max_examples=60, deadline=None)
@given(documents=st.lists(records, max_size=3), indent=st.sampled_from([None, 1]))
def test_members_of_any_type(reader: Reader, documents: list[Any], indent: int | None) -> None:
    check(reader, json.dumps(documents, indent=indent).encode())
    check(reader, "\n".join(map(json.dumps, documents)).encode())


@by_reader
@settings(max_examples=40, deadline=None)
@given(record=records, cut=st.integers(0, 200), junk=st.binary(max_size=8))
def test_damaged_text(reader: Reader, record: Any, cut: int, junk: bytes) -> None:
    data = json.dumps([record, {"title": "T"}]).encode()
    check(reader, data[:cut] + junk + data[cut:])
    check(reader, data[:cut])


@settings(max_examples=40, deadline=None)
@given(
    cut=st.integers(0, 320), junk=st.binary(max_size=8) | st.sampled_from([b"<", b"&x;", b"]]>"])
)
def test_damaged_feeds(cut: int, junk: bytes) -> None:
    entry = "<entry><id>http://arxiv.org/abs/2409.10594</id><title>T</title><summary>S</summary></entry>"
    data = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry * 2}</feed>'.encode()
    check(ArxivAtomReader(), data[:cut] + junk + data[cut:])
    check(ArxivAtomReader(), data[:cut])
