"""Where settings come from besides the plain environment."""

import os
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource

ENV_PREFIX = "PAPERS_"
_DELIMITER = "__"


class _DotEnvBacked(PydanticBaseSettingsSource):
    """A source that has the variables of the `.env` file at hand."""

    def __init__(self, settings_cls: type[BaseSettings], dotenv: DotEnvSettingsSource) -> None:
        super().__init__(settings_cls)
        self.dotenv = dotenv

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not used: the sources below give all their values at once."""
        del field
        return None, field_name, False

    def variables(self) -> dict[str, str]:
        """`.env` and environment together, names in upper case; the environment wins."""
        both = {**self.dotenv.env_vars, **os.environ}
        return {name.upper(): value for name, value in both.items() if value}


class StrictSource(_DotEnvBacked):
    """The `.env` file, other programs' names left out; a misspelt `PAPERS_` name is refused.

    pydantic-settings ignores unknown names in the environment and refuses every unknown name in
    `.env`, also those that are not ours; here both behave alike.
    """

    def __call__(self) -> dict[str, Any]:
        ours = ENV_PREFIX.lower()
        known = self.settings_cls.model_fields
        values = {name: value for name, value in self.dotenv().items() if name in known}
        for variable in self.variables():
            name = variable.lower()
            if name.startswith(ours) and name.removeprefix(ours).split(_DELIMITER)[0] not in known:
                values[name] = "unknown setting"
        return values


class OpenAINames(_DotEnvBacked):
    """`OPENAI_API_KEY` and `OPENAI_BASE_URL`, used where ours are unset."""

    def __call__(self) -> dict[str, Any]:
        found = self.variables()
        names = {"api_key": "OPENAI_API_KEY", "base_url": "OPENAI_BASE_URL"}
        values = {field: found[name] for field, name in names.items() if name in found}
        embedding = {"api_key": values["api_key"]} if "api_key" in values else {}
        return {"llm": values, "embedding": embedding}
