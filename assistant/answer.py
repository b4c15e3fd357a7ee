"""What an answer consists of; `model_dump(mode="json")` gives the documented JSON."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.paper import Paper

Status = Literal["answered", "not_in_library", "degraded"]


class Frozen(BaseModel):
    """Base of the values below."""

    model_config = ConfigDict(frozen=True)


class Hit(Frozen):
    """A retrieved paper. `score` is fused, in [0, 1]; `dense` a cosine; `lexical` a BM25 score."""

    rank: int
    paper: Paper
    score: float
    dense: float | None = None
    lexical: float | None = None


class Turn(Frozen):
    """One earlier exchange of a conversation."""

    question: str
    answer: str


class Filters(Frozen):
    """Which papers may be found; years are inclusive, names match without case."""

    year_from: int | None = None
    year_to: int | None = None
    venue: str | None = None
    author: str | None = None


class Citation(Frozen):
    """A source with its evidence: `paper.abstract[start:end] == quote`, always."""

    number: int
    paper: Paper
    quote: str
    start: int
    end: int
    support: float


class Sentence(Frozen):
    """One sentence of the answer, the numbers it cites, and whether they say so."""

    text: str
    citations: tuple[int, ...] = ()
    supported: bool = False
    support: float = 0.0


class SourcePaper(Frozen):
    """A retrieved paper, cited or not."""

    paper_id: str
    title: str
    score: float


class Usage(Frozen):
    """What the answer cost. `cost_usd` is None where the price is not known."""

    llm_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0


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
    """A checked answer. `text` carries its citation numbers as [n]."""

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


class SearchResult(Frozen):
    """Hits in order of relevance."""

    query: str
    filters: dict[str, Any] = Field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)


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
