"""The OpenAPI page: Swagger UI from the package fastapi-offline, without a call to any other host.

The page's script is a file of its own, so that the browser may refuse every other script.
"""

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

ASSETS = "/docs/assets"
OWN = "/docs/own"
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TEMPLATES = Environment(
    loader=PackageLoader("assistant.server"), autoescape=True, undefined=StrictUndefined
)


def install(app: FastAPI) -> None:
    """Serve the page at /docs."""
    app.mount(ASSETS, StaticFiles(directory=str(files("fastapi_offline") / "static")))
    app.mount(OWN, StaticFiles(directory=str(files("assistant.server") / "static")))

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        page = _TEMPLATES.get_template("docs.html").render(
            title=app.title, root=request.scope.get("root_path", ""), assets=ASSETS, own=OWN
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})
