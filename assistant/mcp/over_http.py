"""MCP over streamable HTTP at /mcp, behind the same guards as the HTTP server.

The SDK's own check of hosts is off: the guards check them, for every address that is listened on.
"""

from typing import Any

from mcp.server import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from assistant.server_config import ServerConfig

PATH = "/mcp"


def mcp_app(server: MCPServer[Any], config: ServerConfig) -> Starlette:
    """An application that serves nothing else."""
    return server.streamable_http_app(
        streamable_http_path=PATH,
        max_request_body_size=config.max_body_bytes,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )


def mount_mcp(
    app: Starlette, server: MCPServer[Any], config: ServerConfig
) -> StreamableHTTPSessionManager:
    """Add the path to an application, which must run the given manager while it lives."""
    app.router.routes.extend(mcp_app(server, config).routes)
    return server.session_manager
