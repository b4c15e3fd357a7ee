"""Writes `.env.example` from the settings: `python -m assistant.env_example > .env.example`."""

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.settings import Settings
from assistant.settings_sources import ENV_PREFIX
from ingest.config import APP_NAME

_HEADER = """\
# Copy this file to .env and take the leading # off the lines you want to change.
# Every value shown is the default. OPENAI_API_KEY and OPENAI_BASE_URL are used where
# PAPERS_LLM__API_KEY and PAPERS_LLM__BASE_URL are not set.
"""


def render_env_example() -> str:
    """The whole file: every setting with its description and default, commented out."""
    return "\n".join([_HEADER, *_lines(Settings, ENV_PREFIX)]).rstrip() + "\n"


def _lines(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _section(field.annotation, variable)
        else:
            yield from _entry(variable, field)


def _section(model: type[BaseModel], variable: str) -> Iterator[str]:
    title = (model.__doc__ or "").splitlines()[0]
    yield f"# --- {title}"
    yield from _lines(model, f"{variable}__")
    yield ""


def _entry(variable: str, field: FieldInfo) -> Iterator[str]:
    description = field.description or ""
    yield from textwrap.wrap(description, 96, initial_indent="# ", subsequent_indent="# ")
    yield f"#{variable}={_shown(field.default)}"


def _shown(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, Path):
        data = platformdirs.user_data_dir(APP_NAME, appauthor=False)
        return str(default).replace(data, f"~/.local/share/{APP_NAME}")
    return str(default)


if __name__ == "__main__":
    sys.stdout.write(render_env_example())
