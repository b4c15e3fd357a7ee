"""`/v1/papers`: what the library holds."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from assistant.export import FORMATS, export_papers
from assistant.listing import PaperPage
from assistant.server.door import Door, TheDoor
from assistant.server.errors import RequestError
from assistant.server.requests import IdsBody, PaperId
from ingest.paper import Paper

router = APIRouter(tags=["library"])
MAX_PAGE = 1000
_LARGEST_KEY = 2**62


class Deleted(BaseModel):
    """Papers that were removed."""

    deleted: int
    ids: list[str]


class ExportBody(IdsBody):
    """Papers to be exported, in the order wanted."""

    format: Literal["bibtex", "ris", "csl-json"] = "bibtex"


@router.get("/v1/papers")
def papers(
    door: TheDoor,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100,
    after: Annotated[
        int, Query(ge=0, le=_LARGEST_KEY, description="`next` of the page before.")
    ] = 0,
) -> PaperPage:
    """List the papers in order of arrival, page by page."""
    return door.assistant.papers(limit, after)


@router.post(
    "/v1/papers/export",
    response_class=Response,
    responses={200: {"content": {f.media_type: {} for f in FORMATS.values()}}},
)
def export(body: ExportBody, door: TheDoor) -> Response:
    """The given papers, in that order, as BibTeX, RIS or CSL JSON."""
    found = [_paper(door, paper_id) for paper_id in dict.fromkeys(body.ids)]
    return Response(
        export_papers(found, body.format),
        media_type=FORMATS[body.format].media_type,
        headers={
            "Content-Disposition": f'attachment; filename="papers.{FORMATS[body.format].suffix}"'
        },
    )


@router.post("/v1/papers/delete")
def delete_all(body: IdsBody, door: TheDoor) -> Deleted:
    """Delete papers; if one of the ids is not known, nothing is deleted."""
    return _delete(door, list(dict.fromkeys(body.ids)))


@router.get("/v1/papers/{paper_id:path}")
def paper(paper_id: PaperId, door: TheDoor) -> Paper:
    """All that is known of a paper."""
    return _paper(door, paper_id)


@router.delete("/v1/papers/{paper_id:path}")
def delete(paper_id: PaperId, door: TheDoor) -> Deleted:
    """Delete a paper."""
    return _delete(door, [paper_id])


def _delete(door: Door, ids: list[str]) -> Deleted:
    for paper_id in ids:
        _paper(door, paper_id)
    return Deleted(deleted=door.assistant.delete(ids), ids=ids)


def _paper(door: Door, paper_id: str) -> Paper:
    found = door.assistant.get(paper_id)
    if found is None:
        raise RequestError(
            404,
            "the library has no paper of that id; find ids with /v1/search",
            param="id",
            code="paper_not_found",
        )
    return found
