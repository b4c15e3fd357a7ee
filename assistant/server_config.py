"""Settings of what listens for requests: the chat page, the HTTP server and MCP over HTTP."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class ServerConfig(BaseModel):
    """Where the chat page and the HTTP server listen, and whom they answer."""

    model_config = ConfigDict(extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(
        default=7860, ge=0, le=65535, description="Port of the chat page to listen on; 0 is any."
    )
    api_port: int = Field(
        default=8008, ge=0, le=65535, description="Port of the HTTP server and of MCP over HTTP."
    )
    token: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="Token that the HTTP server asks for (Authorization: Bearer ...); needed to"
        " listen anywhere but on this machine. Make it long and random.",
    )
    allowed_hosts: list[str] = Field(
        default=[],
        description="Host names under which the HTTP server is reached, as a JSON list; on this"
        " machine its own names are always among them, elsewhere an empty list allows any.",
    )
    cors_origins: list[str] = Field(
        default=[],
        description="Origins of web pages that may call the HTTP server, as a JSON list; empty:"
        " none but its own.",
    )
    rate_per_minute: int = Field(
        default=600, ge=0, description="Requests that one client may make in a minute; 0: any."
    )
    attempts_per_minute: int = Field(
        default=20,
        ge=0,
        description="Wrong tokens or passwords that one client may send in a minute; 0: any.",
    )
    max_body_bytes: int = Field(
        default=1 << 20, ge=1024, description="Largest request body that is no upload."
    )
    max_upload_bytes: int = Field(
        default=64 << 20, ge=1024, description="Largest upload to /v1/ingest, all files together."
    )
    max_unpacked_bytes: int = Field(
        default=1 << 30, ge=1024, description="Largest size of an upload's files when unpacked."
    )
    max_jobs: int = Field(
        default=20, ge=1, description="Uploads that may wait to be ingested at a time."
    )
