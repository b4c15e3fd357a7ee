"""The application: routes, OpenAPI page, MCP, and the guards before them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.types import ASGIApp

from assistant.api import Assistant
from assistant.mcp.over_http import mount_mcp
from assistant.mcp.tools import make_mcp
from assistant.server import docs_page, errors
from assistant.server.door import Door
from assistant.server.guard.chain import guarded
from assistant.server.jobs import Jobs
from assistant.server.metrics import Metrics
from assistant.server.openai import routes as openai_routes
from assistant.server.routes import ask, health, ingest, papers, search
from ingest.errors import PaperAssistantError

TITLE = "Paper assistant"
_DESCRIPTION = (
    "Ask a library of paper abstracts: every sentence cited, every citation with a verbatim quote."
)
_ERROR_SCHEMA = {
    "description": "An error; `error.message` says what is wrong and what to do.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["message", "type"],
                        "properties": {
                            "message": {"type": "string"},
                            "type": {"type": "string"},
                            "param": {"type": ["string", "null"]},
                            "code": {"type": ["string", "null"]},
                        },
                    }
                },
            }
        }
    },
}


class Page(Protocol):
    """A page that is served beside the interfaces, behind the same guards but for the token.

    It asks for the token itself, below the addresses in `paths`, each of which ends in a slash.
    """

    @property
    def paths(self) -> Sequence[str]:
        """Where it lies."""

    def mount(self, app: FastAPI, jobs: Jobs) -> FastAPI:
        """Put it on the application; what it ingests, it ingests as one of the jobs."""


def create_app(assistant: Assistant, page: Page | None = None) -> ASGIApp:
    """The guarded application over an assistant, which stays the caller's to close."""
    config = assistant.settings.server
    metrics = Metrics(lambda: papers_in(assistant))
    door = Door(assistant, Jobs(config.max_jobs, metrics.job), metrics)
    app = FastAPI(
        title=TITLE,
        description=_DESCRIPTION,
        version=_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        responses={"4XX": _ERROR_SCHEMA, "5XX": _ERROR_SCHEMA},
    )
    app.state.door = door
    errors.install(app)
    docs_page.install(app)
    shown = [Security(HTTPBearer(auto_error=False))] if config.token else []
    for routes in (ask, search, papers, ingest, openai_routes):
        app.include_router(routes.router, dependencies=shown)
    app.include_router(health.router)
    app.state.mcp_manager = mount_mcp(app, make_mcp(assistant), config)
    if page is None:
        return guarded(app, config, metrics)
    return guarded(page.mount(app, door.jobs), config, metrics, page.paths)


def papers_in(assistant: Assistant) -> float:
    """How many papers there are; not a number where the library cannot be read."""
    try:
        return assistant.stats().papers
    except PaperAssistantError:
        return float("nan")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        stack.callback(app.state.door.jobs.close)
        await stack.enter_async_context(app.state.mcp_manager.run())
        yield


def _version() -> str:
    try:
        return version("paper-assistant")
    except PackageNotFoundError:
        return "0"
