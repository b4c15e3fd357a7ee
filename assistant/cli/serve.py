"""`paper-assistant serve` and `paper-assistant mcp`: the library for other programs."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import LibraryOption
from assistant.cli.output import complain, say
from assistant.glibc_memory import share_arenas

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.chat.beside import PageBeside
    from assistant.server_config import ServerConfig
    from assistant.settings import Settings

Host = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Address to listen on.")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, metavar="N", help="Port; 0: any free one.")
]
_SHORT_TOKEN = 16


def serve(
    host: Host = None,
    port: Port = None,
    with_chat: Annotated[
        bool, typer.Option("--with-chat", help="Serve the chat page too, at /chat.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Serve the library over HTTP: its own interface, OpenAI's, and MCP.

    \b
    Examples:
      paper-assistant serve
      paper-assistant serve --with-chat
      PAPERS_SERVER__TOKEN=... paper-assistant serve --host 0.0.0.0

    The addresses are described at /docs. Ctrl-C ends it. To listen anywhere but on this machine,
    set PAPERS_SERVER__TOKEN.
    """
    from assistant.api import Assistant
    from assistant.server.app import create_app
    from assistant.server.serving import ApiServer, check_address

    share_arenas()
    settings = _settings(library, host, port)
    check_address(settings.server)
    _warn(settings.server)
    with ExitStack() as open_parts:
        assistant = open_parts.enter_context(Assistant(settings))
        page = _page(assistant, open_parts) if with_chat else None
        app = create_app(assistant, page)
        server = open_parts.enter_context(ApiServer(app, settings.server))
        say(f"HTTP       {server.url}/docs  (Ctrl-C ends it)")
        if page:
            say(f"Chat page  {server.url}{page.paths[0]}")
        say(f"OpenAI     {server.url}/v1  model paper-assistant")
        say(f"MCP        {server.url}/mcp")
        say(f"Library    {settings.library.path} ({assistant.stats().papers} papers)")
        server.wait()
    say("Stopped.")


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP at /mcp in place of stdio.")
    ] = False,
    host: Host = None,
    port: Port = None,
    library: LibraryOption = None,
) -> None:
    """Serve the library as MCP tools: ask, search_papers, get_paper.

    \b
    Examples:
      paper-assistant mcp
      paper-assistant mcp --http --port 8100

    Over stdio, a client starts this command itself; stdout then belongs to the protocol.
    """
    from assistant.api import Assistant
    from assistant.mcp.tools import make_mcp

    share_arenas()
    settings = _settings(library, host, port)
    with Assistant(settings) as assistant:
        if http:
            _mcp_over_http(assistant)
        else:
            make_mcp(assistant).run()


def _page(assistant: "Assistant", open_parts: ExitStack) -> "PageBeside":
    from assistant.chat.beside import PageBeside

    page = PageBeside(assistant)
    open_parts.callback(page.close)
    return page


def _mcp_over_http(assistant: "Assistant") -> None:
    from assistant.mcp.over_http import PATH, mcp_app
    from assistant.mcp.tools import make_mcp
    from assistant.server.app import papers_in
    from assistant.server.guard.chain import guarded
    from assistant.server.metrics import Metrics
    from assistant.server.serving import ApiServer, check_address

    config = assistant.settings.server
    check_address(config)
    _warn(config)
    app = mcp_app(make_mcp(assistant), config)
    metrics = Metrics(lambda: papers_in(assistant))
    with ApiServer(guarded(app, config, metrics), config) as server:
        say(f"MCP        {server.url}{PATH}  (Ctrl-C ends it)")
        server.wait()
    say("Stopped.")


def _settings(library: Path | None, host: str | None, port: int | None) -> "Settings":
    from assistant.cli.session import open_settings

    settings = open_settings(library)
    given = {"host": host, "api_port": port}
    changed = {name: value for name, value in given.items() if value is not None}
    return settings.model_copy(update={"server": settings.server.model_copy(update=changed)})


def _warn(config: "ServerConfig") -> None:
    if config.token is not None and len(config.token.get_secret_value()) < _SHORT_TOKEN:
        complain(f"Warning: PAPERS_SERVER__TOKEN is shorter than {_SHORT_TOKEN} characters.")
