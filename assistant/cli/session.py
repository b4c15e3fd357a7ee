"""Settings and library as a command opens them."""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError
from pydantic_settings import SettingsError

from assistant.cli.errors import UsageError
from assistant.logs import configure
from assistant.settings import Settings
from assistant.settings_sources import ENV_PREFIX
from ingest.config import LibraryConfig

if TYPE_CHECKING:
    from ingest.library import Library


def open_settings(library: Path | None) -> Settings:
    """The settings, with the library named on the command line; UsageError names a bad variable."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise UsageError("\n".join(_problems(error))) from error
    except SettingsError as error:
        raise UsageError(f"a setting cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the file .env is not UTF-8 text ({error.reason}); save it so") from error
    configure(settings.log_level, settings.log_format, settings)
    if library is None:
        return settings
    chosen = settings.library.model_copy(update={"path": library})
    return settings.model_copy(update={"library": chosen})


@contextmanager
def opened_library(config: LibraryConfig) -> Iterator["Library"]:
    """The library there is, whichever model its vectors are of; LibraryError without one."""
    from ingest.library import Library
    from ingest.library.manifest import existing_manifest

    with Library(config, existing_manifest(config.path)) as library:
        yield library


def _problems(error: ValidationError) -> Iterator[str]:
    """A line for each wrong setting; values are left out, one may be a key."""
    for problem in error.errors(include_input=False, include_url=False):
        place = tuple(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden" or place[0].startswith(ENV_PREFIX.lower()):
            variable = "__".join(place).upper()
            if not variable.startswith(ENV_PREFIX):
                variable = ENV_PREFIX + variable
            known = [name.removeprefix(ENV_PREFIX) for name in _variables(Settings)]
            near = difflib.get_close_matches(variable.removeprefix(ENV_PREFIX), known, 1)
            hint = f"; did you mean {ENV_PREFIX}{near[0]}?" if near else ""
            yield f"there is no setting {variable}{hint}"
        else:
            yield f"{ENV_PREFIX}{'__'.join(place).upper()}: {problem['msg']}"


def _variables(model: type[BaseModel], prefix: str = ENV_PREFIX) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _variables(inner, f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper()
