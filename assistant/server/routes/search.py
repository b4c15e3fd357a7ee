"""`/v1/search`: the papers nearest to a query.

Plain functions: the server runs them in threads of their own, so that no model can hold them up.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from assistant.answer import SearchResult
from assistant.server.door import Door, TheDoor
from assistant.server.requests import MAX_HITS, MAX_TEXT, FiltersBody, SearchBody

router = APIRouter(tags=["library"])
Year = Annotated[int | None, Query(ge=0, le=9999)]
Name = Annotated[str | None, Query(max_length=1000)]


@router.post("/v1/search", response_model=SearchResult)
def search(body: SearchBody, door: TheDoor) -> Response:
    """Find papers, best first; `score` is in [0, 1]."""
    return _found(door, body)


@router.get("/v1/search", response_model=SearchResult)
def search_by_address(
    door: TheDoor,
    q: Annotated[str, Query(max_length=MAX_TEXT, examples=["kolmogorov arnold networks"])],
    limit: Annotated[int, Query(ge=1, le=MAX_HITS)] = 10,
    year_from: Year = None,
    year_to: Year = None,
    venue: Name = None,
    author: Name = None,
) -> Response:
    """The same, with the query in the address."""
    try:
        filters = FiltersBody(year_from=year_from, year_to=year_to, venue=venue, author=author)
    except ValidationError as error:
        raise RequestValidationError([{**error.errors()[0], "loc": ("query",)}]) from error
    return _found(door, SearchBody(query=q, limit=limit, filters=filters))


def _found(door: Door, body: SearchBody) -> Response:
    filters = body.filters.model_dump(exclude_none=True)
    result = door.assistant.search(
        body.query,
        body.limit,
        **filters,
        hints=body.hints,
        dismissed=body.dismissed,
        explain=body.explain,
    )
    return Response(result.model_dump_json(), media_type="application/json")
