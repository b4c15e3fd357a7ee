"""The lexical index: BM25 over title and abstract as one field, by tantivy, English stemming.

A title's words count three times, as in BM25F with one length for both fields (Robertson, Zaragoza
and Taylor 2004, "Simple BM25 Extension to Multiple Weighted Fields").
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.filters import PaperFilter, author_words, name_words
from ingest.library.remedy import AGAIN, REBUILD
from ingest.library.spelling import fold_spelling
from ingest.paper import Paper

_WRITER_BYTES = 64_000_000
_MAX_QUERY_TERMS = 1024
_MAX_PHRASE_WORDS = 60
_LEAST_COPIED = 8
_RUN_WORDS = 6
_TITLE_EXTRA = 2
_MAX_REASON = 200  # tantivy prints the whole file that it cannot read


def analyzer() -> tantivy.TextAnalyzer:
    """Words as they are indexed: lower case, ASCII-folded, stemmed."""
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(64))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("fingerprint", fast=True)
    builder.add_text_field("text", tokenizer_name="words", index_option="position")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_text_field("venue", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("authors", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


class LexicalIndex:
    """Papers by BM25."""

    def __init__(self, folder: Path) -> None:
        place = folder / "tantivy"
        self._schema = _schema()
        self._analyzer = analyzer()
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(place))
        except (ValueError, OSError) as error:
            why = str(error)[:_MAX_REASON]
            raise IndexDamagedError(f"{place} cannot be opened ({why}). {REBUILD}") from error
        self._index.register_tokenizer("words", self._analyzer)
        self._searcher = self._index.searcher()

    @property
    def count(self) -> int:
        """Number of papers."""
        return self._searcher.num_docs

    def reload(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def replace(self, papers: Mapping[int, Paper], removed: Sequence[int] = ()) -> None:
        """Index papers by key in place of what stood under their keys; one commit."""
        with self.replacing(papers, removed):
            pass

    @contextmanager
    def replacing(self, papers: Mapping[int, Paper], removed: Sequence[int] = ()) -> Iterator[None]:
        """The same beside what is done inside: handed over before, committed afterwards.

        tantivy's own threads index meanwhile, whoever holds Python's lock.
        """
        with _writing():
            writer = self._index.writer(_WRITER_BYTES, 1)
        try:
            with _writing():
                self._hand_over(writer, papers, removed)
            with ThreadPoolExecutor(1, thread_name_prefix="lexical") as beside:
                committed = beside.submit(writer.commit)
                yield
                with _writing():
                    committed.result()
        finally:
            writer.wait_merging_threads()
        self.reload()

    def _hand_over(
        self, writer: tantivy.IndexWriter, papers: Mapping[int, Paper], removed: Sequence[int]
    ) -> None:
        # What a killed writer has left stands in the way: a commit made again has its names.
        writer.garbage_collect_files()
        keys = [*papers, *removed]
        writer.delete_documents_by_query(Query.term_set_query(self._schema, "key", keys))
        for key, paper in papers.items():
            writer.add_document(_document(key, paper))

    def fingerprints(self) -> dict[int, int]:
        """The `fingerprint` of every paper in the index, by key."""
        found = self._searcher.search(Query.all_query(), max(self.count, 1), count=False).hits
        addresses = [address for _, address in found]
        keys = self._searcher.fast_field_values("key", addresses)
        prints = self._searcher.fast_field_values("fingerprint", addresses)
        return {int(k or 0): int(p or 0) for k, p in zip(keys, prints, strict=True)}

    @staticmethod
    def fingerprint(paper: Paper) -> int:
        """A number that changes with anything that is indexed of a paper."""
        fields = (
            _TITLE_EXTRA,
            paper.text,
            paper.year,
            name_words(paper.venue or ""),
            author_words(paper),
        )
        return int.from_bytes(sha256(repr(fields).encode("utf-8", "replace")).digest()[:7])

    def terms(self, text: str) -> list[str]:
        """The distinct index terms of a text, in order."""
        return list(dict.fromkeys(self._analyzer.analyze(fold_spelling(text))))

    def document_frequency(self, term: str) -> int:
        """Number of papers that hold an index term."""
        return self._searcher.doc_freq("text", term)

    def holding(self, term: str, limit: int) -> list[int]:
        """Keys of papers that hold an index term, in no order."""
        return [key for key, _ in self._run(self._having(term), limit, None)]

    def admitted(self, only: PaperFilter) -> int:
        """Number of papers that a filter admits."""
        limits = [(Occur.Must, query) for query in self._restrictions(only)]
        query = Query.boolean_query(limits) if limits else Query.all_query()
        found: Any = self._searcher.search(query, 1, count=True)
        return int(found.count)

    def bearers(self, field: Literal["venue", "authors"], word: str) -> int:
        """Number of papers with a folded word in their venue or authors."""
        return self._searcher.doc_freq(field, word)

    def search(
        self, text: str, limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, BM25 score) of the best papers that hold any word of the text."""
        words = self.terms(text)[:_MAX_QUERY_TERMS]
        if not words or not self.count:
            return []
        parts = [(Occur.Should, self._having(word)) for word in words]
        return self._run(Query.boolean_query(parts), limit, only)

    def with_phrases(
        self, phrases: Sequence[str], limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, BM25 score) of the best papers that hold every phrase, words in order."""
        parts = [self._phrase(self._analyzer.analyze(fold_spelling(text))) for text in phrases]
        if not parts or not self.count or None in parts:
            return []
        query = Query.boolean_query([(Occur.Must, part) for part in parts if part])
        return self._run(query, limit, only)

    def with_copied(
        self, text: str, limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, number of runs) of papers that hold most of a text word for word.

        The text is cut into runs of six to eleven words, more than half of which a paper must hold.
        One run may be a stock phrase ("in this paper we propose a"), so a text of twelve words or
        more needs two; a text of fewer than eight is not looked for.
        """
        words = self._analyzer.analyze(fold_spelling(text))[:_MAX_QUERY_TERMS]
        if len(words) < _LEAST_COPIED or not self.count:
            return []
        count = len(words) // _RUN_WORDS
        bounds = [len(words) * at // count for at in range(count + 1)]
        runs = [self._phrase(words[at:end]) for at, end in pairwise(bounds)]
        parts = [(Occur.Should, Query.const_score_query(run, 1.0)) for run in runs if run]
        query = Query.boolean_query(parts, minimum_number_should_match=count // 2 + 1)
        return self._run(query, limit, only)

    def _phrase(self, words: Sequence[str]) -> Query | None:
        if len(words) < 2:
            return self._having(words[0]) if words else None
        return Query.phrase_query(self._schema, "text", list(words[:_MAX_PHRASE_WORDS]))

    def scores(self, text: str, keys: Sequence[int]) -> dict[int, float]:
        """BM25 scores of given papers; papers without any word of the text are left out."""
        words = self.terms(text)[:_MAX_QUERY_TERMS]
        if not words or not keys:
            return {}
        parts = [(Occur.Should, self._having(word)) for word in words]
        among = [(Occur.Should, self._having_key(key)) for key in keys]
        query = Query.boolean_query(
            [(Occur.Must, Query.boolean_query(among)), (Occur.Must, Query.boolean_query(parts))]
        )
        return dict(self._run(query, len(keys), None))

    def _run(self, query: Query, limit: int, only: PaperFilter | None) -> list[tuple[int, float]]:
        limits = [(Occur.Must, Query.const_score_query(q, 0.0)) for q in self._restrictions(only)]
        if limits:
            query = Query.boolean_query([(Occur.Must, query), *limits])
        found = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in found])
        return [(int(k or 0), float(s or 0)) for k, (s, _) in zip(keys, found, strict=True)]

    def _having(self, term: str) -> Query:
        return Query.term_query(self._schema, "text", term)

    def _having_key(self, key: int) -> Query:
        """A query of one paper; for some dozen, an or of these is twice as fast as a set query."""
        return Query.const_score_query(Query.term_query(self._schema, "key", key), 0.0)

    def _restrictions(self, only: PaperFilter | None) -> list[Query]:
        if not only:
            return []
        queries = []
        if only.year_from is not None or only.year_to is not None:
            queries.append(
                Query.range_query(
                    self._schema, "year", tantivy.FieldType.Integer, only.year_from, only.year_to
                )
            )
        if only.by_keys:
            queries.append(Query.term_set_query(self._schema, "key", list(_keys(only))))
        for field, words in (("venue", only.venue_words), ("authors", only.author_words)):
            queries += [Query.term_query(self._schema, field, word) for word in words]
        return queries


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        raise LibraryError(f"the words cannot be written ({error}). {AGAIN}") from error


def _keys(only: PaperFilter) -> Mapping[int, int]:
    """The papers of the filter's source; the library has filled them in (`Library.resolved`)."""
    if only.keys is None:
        raise ValueError("a filter by source or ids must be resolved by the library first")
    return only.keys


def _document(key: int, paper: Paper) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("key", key)
    document.add_unsigned("fingerprint", LexicalIndex.fingerprint(paper))
    document.add_text("text", fold_spelling(paper.text))
    title = fold_spelling(paper.title)
    for _ in range(_TITLE_EXTRA):  # values of their own, so that no phrase spans them
        document.add_text("text", title)
    if paper.year is not None:
        document.add_integer("year", paper.year)
    document.add_text("venue", " ".join(name_words(paper.venue or "")))
    document.add_text("authors", " ".join(author_words(paper)))
    return document
