"""arXiv's API: papers by id, and searches.

https://info.arxiv.org/help/api/user-manual.html; its terms of use ask for one connection and three
seconds between requests. Known weakness: pages that should hold papers come empty now and then,
and come whole when asked for again.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus

from ingest.config import OnlineConfig
from ingest.errors import SourceError
from ingest.online.query import PAGE_SIZE, Page, PageError, Parameters, Service

_FORMS = "ask for arxiv:2409.10594, or for a search such as 'arxiv:search?graph neural networks'"
_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
_FIELDED = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):")
_OPERATOR = re.compile(r"\b(?:AND|OR|ANDNOT)\b")
_WORD = re.compile(r'"[^"]+"|[^\s"():]+')
_WHOLE_QUERY = "search_query="
_ALLOWED = frozenset({"search_query", "sortBy", "sortOrder"})
_TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d+)\s*<")
_COMMENT_OR_ENTRY = re.compile(rb"<!--.*?-->|(?P<end></entry\s*>)", re.DOTALL)


def arxiv_query(asked: str, config: OnlineConfig) -> "ArxivQuery":
    """The query for what stands after `arxiv:`; SourceError says what may stand there."""
    service = Service("arXiv", config.arxiv_url, "PAPERS_ONLINE__ARXIV_URL", config.arxiv_pause_s)
    kind, mark, text = asked.partition("?")
    if mark and kind.lower() == "search" and text.strip():
        return ArxivQuery(service, _search(text.strip()), "check the words of the search")
    if _ID.fullmatch(asked):
        return ArxivQuery(service, {"id_list": asked}, "check the arXiv id")
    raise SourceError(f"not an arXiv id or search; {_FORMS}")


@dataclass(frozen=True)
class ArxivQuery:
    """Papers by id or by a search; pages are told apart by their start."""

    service: Service
    parameters: Parameters
    nothing: str

    def request(self, done: int, wanted: int, cursor: str | None) -> Parameters:
        """The next page, which is shorter where fewer papers are wanted."""
        del cursor
        size = min(PAGE_SIZE, wanted - done)
        return {**self.parameters, "start": str(done), "max_results": str(size)}

    def page(self, body: bytes, done: int, wanted: int) -> Page:
        """The feed, cut after the last entry that is wanted where it holds more."""
        found = _TOTAL.search(body)
        if found is None or b"<feed" not in body:
            raise PageError("sent something that is no answer of arXiv's API")
        total = int(found[1])
        ends = [match.end() for match in _COMMENT_OR_ENTRY.finditer(body) if match["end"]]
        if not ends and done < total:
            raise PageError(f"sent an empty page after {done} of {total} papers")
        kept = ends[: wanted - done]
        data = body if len(kept) == len(ends) else body[: kept[-1]] + b"</feed>"
        return Page(data, len(kept), total, last=done + len(kept) >= total)


def _search(text: str) -> Parameters:
    """A whole query string, a query in arXiv's language, or plain words, all of which must occur.

    arXiv joins plain words by OR, which no one who types two words expects.
    """
    if text.startswith(_WHOLE_QUERY):
        return _whole_query(text)
    if _FIELDED.search(text) or _OPERATOR.search(text):
        return {"search_query": unquote_plus(text)}
    words = [f"all:{word}" for word in _WORD.findall(text)]
    if not words:
        raise SourceError(f"the search has no words; {_FORMS}")
    return {"search_query": " AND ".join(words)}


def _whole_query(text: str) -> Parameters:
    parameters = dict(parse_qsl(text))
    unknown = sorted(parameters.keys() - _ALLOWED)
    if unknown or not parameters.get("search_query"):
        given = f"{', '.join(unknown)} cannot be given" if unknown else "search_query is empty"
        raise SourceError(f"{given}; give {', '.join(sorted(_ALLOWED))}, and a limit by --limit")
    return parameters
