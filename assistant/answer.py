"""What an answer consists of; `model_dump(mode="json")` gives the documented JSON."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.paper import Paper

Status = Literal["answered", "not_in_library", "degraded"]


class Frozen(BaseModel):
    """Base of the values below."""

    model_config = ConfigDict(frozen=True)


class SourcePaper(Frozen):
    """A retrieved paper, cited or not."""

    paper_id: str
    title: str
    score: float


class Explanation(Frozen):
    """Why a paper stands where it stands.

    `ranks` are its places by stage, in order: `dense` and `lexical` for itself, then after each
    step of the search (`fused`, `named`, `distinct`, `reranked`); None where a stage does not have
    it. `matched` are the words it shares with the query, as the query has them; `named` says how
    the query names it; `filters` are those it passed.
    """

    ranks: dict[str, int | None]
    matched: tuple[str, ...] = ()
    named: str = ""
    filters: dict[str, Any] = Field(default_factory=dict)


class Hit(Frozen):
    """A retrieved paper. `score` is fused, in [0, 1]; `dense` a cosine; `lexical` a BM25 score.

    `versions` are near-identical papers, such as the preprint, that are left out for this one.
    """

    rank: int
    paper: Paper
    score: float
    dense: float | None = None
    lexical: float | None = None
    versions: tuple[SourcePaper, ...] = ()
    explanation: Explanation | None = None


class Turn(Frozen):
    """One earlier exchange of a conversation."""

    question: str
    answer: str


class Filters(Frozen):
    """Which papers may be found; years are inclusive, names match without case.

    `source` is where a paper was read from: a file's name or part of it, a format, or a path.
    `papers` are ids: with it, no other paper is found.
    """

    year_from: int | None = None
    year_to: int | None = None
    venue: str | None = None
    author: str | None = None
    source: str | None = None
    papers: tuple[str, ...] | None = None


class FilterHint(Frozen):
    """Words of a query that can be read as a filter: `query[start:end] == text`.

    `filters` is what they stand for. An applied hint has narrowed the search; one that is not is a
    suggestion, and `reason` says why it was left at that.
    """

    text: str
    start: int
    end: int
    filters: Filters
    applied: bool = False
    reason: str = ""


class Citation(Frozen):
    """A source with its evidence: `paper.abstract[start:end] == quote`, always."""

    number: int
    paper: Paper
    quote: str
    start: int
    end: int
    support: float


class Sentence(Frozen):
    """One sentence of the answer, the numbers it cites, and whether they say so.

    `reason` says in a few words why a sentence that was checked is not supported.
    """

    text: str
    citations: tuple[int, ...] = ()
    supported: bool = False
    support: float = 0.0
    reason: str = ""


class Usage(Frozen):
    """What the answer cost. `cost_usd` is None where the price is not known."""

    llm_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0

    def plus(self, other: "Usage") -> "Usage":
        """Both together; the cost is to be reckoned."""
        return Usage(
            llm_calls=self.llm_calls + other.llm_calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost_usd=None,
        )


class Timings(Frozen):
    """Milliseconds spent in each step."""

    retrieve: float = 0.0
    generate: float = 0.0
    verify: float = 0.0
    total: float = 0.0


class LibraryState(Frozen):
    """Which library answered: number of papers and its version counter."""

    papers: int
    version: int


class Answer(Frozen):
    """A checked answer. `text` carries its citation numbers as [n].

    `kind` is what was asked for: fact, list, compare or explain. For a list, `found` is how many
    papers bear on the question, and `sources` are all of those, cited or not; for the others
    `sources` are what was retrieved and `found` is 0. `searched` is the question as it was searched
    for: made to stand alone, and without the words of applied `hints`. `cached` says that the same
    answer was given before and the model was not asked again.
    """

    question: str
    status: Status
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    sources: tuple[SourcePaper, ...] = ()
    model: str = ""
    prompt_hash: str = ""
    library: LibraryState = LibraryState(papers=0, version=0)
    usage: Usage = Usage()
    timings_ms: Timings = Timings()
    warnings: tuple[str, ...] = ()
    cached: bool = False
    kind: str = ""
    found: int = 0
    searched: str = ""
    hints: tuple[FilterHint, ...] = ()

    def _repr_html_(self) -> str:
        """The answer with its quotes, as notebooks show it."""
        from assistant.answer_html import answer_html

        return answer_html(self)


class SearchResult(Frozen):
    """Hits in order of relevance. `filters` are all that held, those of applied `hints` with them.

    `usage` is what reranking cost.
    """

    query: str
    filters: dict[str, Any] = Field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
    hints: tuple[FilterHint, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: Usage = Usage()


class TextDelta(Frozen):
    """The next piece of the answer's text, citation markers complete."""

    text: str


class CitationFound(Frozen):
    """A citation number has appeared in the text; its quote follows in `Done`."""

    number: int
    paper: Paper


class Done(Frozen):
    """The end of a stream: the whole checked answer, which replaces what was streamed."""

    answer: Answer


Event = TextDelta | CitationFound | Done
