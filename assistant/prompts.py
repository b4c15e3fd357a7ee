"""Prompts: loaded from the package `prompts`, checked against their headers, rendered."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta

from ingest.errors import PaperAssistantError

_HASH_LENGTH = 12
_ENVIRONMENT = Environment(
    undefined=StrictUndefined,
    autoescape=False,  # prompts are plain text; what sources hold is defused in `source_text`
    trim_blocks=True,
    lstrip_blocks=True,
)


class PromptError(PaperAssistantError):
    """A prompt file is missing or its header and body disagree."""


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt file: what it is for, the variables it takes, and its template."""

    name: str
    purpose: str
    variables: frozenset[str]
    template: Template

    def render(self, **values: object) -> str:
        """Fill in the variables; all of them and no others, or `PromptError`."""
        if values.keys() != self.variables:
            raise PromptError(
                f"prompts/{self.name}.md takes {_listed(self.variables)};"
                f" it was given {_listed(values)}."
            )
        try:
            return self.template.render(values).strip()
        except TemplateError as error:
            raise PromptError(f"prompts/{self.name}.md cannot be rendered: {error}.") from error


@lru_cache(maxsize=32)
def load_prompt(name: str) -> PromptFile:
    """Load `prompts/<name>.md`."""
    return parse_prompt(name, _read(name))


def parse_prompt(name: str, text: str) -> PromptFile:
    """Read a prompt: a header of `key: value` lines between `---` lines, then a Jinja2 template.

    The header names `purpose` and `variables` (separated by commas). Variables that the template
    uses and the header does not name, or the other way round, are an error: both sides of a prompt
    can be seen from its first lines.
    """
    header, body = _split(name, text)
    declared = frozenset(filter(None, (part.strip() for part in header["variables"].split(","))))
    try:
        used = meta.find_undeclared_variables(_ENVIRONMENT.parse(body))
        template = _ENVIRONMENT.from_string(body)
    except TemplateSyntaxError as error:
        raise PromptError(f"prompts/{name}.md, body line {error.lineno}: {error}.") from error
    if used != declared:
        raise PromptError(
            f"prompts/{name}.md: its header names {_listed(declared)}, its text uses"
            f" {_listed(used)}; make `variables:` agree."
        )
    return PromptFile(name, header["purpose"], declared, template)


def prompt_hash(*names: str) -> str:
    """Hash of the files' contents, header included; it changes when any wording does."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0{_read(name)}\0".encode())
    return digest.hexdigest()[:_HASH_LENGTH]


def _split(name: str, text: str) -> tuple[dict[str, str], str]:
    opening, _, rest = text.replace("\r\n", "\n").partition("\n")
    head, closing, body = rest.partition("\n---\n")
    pairs = (line.partition(":") for line in head.split("\n"))
    header = {key.strip(): value.strip() for key, _, value in pairs}
    if opening != "---" or not closing or header.keys() != {"purpose", "variables"}:
        raise PromptError(
            f"prompts/{name}.md must begin with `purpose:` and `variables:` between `---` lines."
        )
    return header, body


@lru_cache(maxsize=32)
def _read(name: str) -> str:
    try:
        return files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PromptError(
            f"prompts/{name}.md is missing; reinstall the package or restore the file."
        ) from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "no variables"
