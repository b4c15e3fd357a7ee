"""`/healthz`, `/readyz` and `/metrics`, for whatever watches the server."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from assistant.server.door import TheDoor
from assistant.server.metrics import CONTENT_TYPE
from ingest.errors import PaperAssistantError

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The server runs."""

    status: str = "ok"


class Readiness(BaseModel):
    """Whether questions can be answered, and from how many papers.

    A model that is away does not count against it: passages are quoted then.
    """

    ready: bool
    papers: int
    problem: str | None = None


@router.get("/healthz")
async def healthz() -> Health:
    """Whether the server runs."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness}})
def readyz(door: TheDoor, response: Response) -> Readiness:
    """Whether the library can be read."""
    try:
        papers = door.assistant.stats().papers
    except PaperAssistantError as error:
        response.status_code = 503
        return Readiness(ready=False, papers=0, problem=type(error).__name__)
    return Readiness(ready=True, papers=papers)


@router.get("/metrics", response_class=Response)
def metrics(door: TheDoor) -> Response:
    """Figures in the text format of Prometheus."""
    return Response(door.metrics.text(), media_type=CONTENT_TYPE)
