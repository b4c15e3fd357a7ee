"""The formats that papers can be exported in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.export.bibtex import to_bibtex
from assistant.export.csl_json import to_csl_json
from assistant.export.ris import to_ris
from ingest.errors import PaperAssistantError
from ingest.paper import Paper


class FormatError(PaperAssistantError):
    """There is no such format."""


@dataclass(frozen=True)
class Format:
    """A way to write papers."""

    write: Callable[[Sequence[Paper]], str]
    suffix: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    "bibtex": Format(to_bibtex, "bib", "application/x-bibtex"),
    "ris": Format(to_ris, "ris", "application/x-research-info-systems"),
    "csl-json": Format(to_csl_json, "json", "application/vnd.citationstyles.csl+json"),
}


def export_papers(papers: Sequence[Paper], format_name: str) -> str:
    """The papers in the order given; FormatError names the formats there are."""
    if format_name not in FORMATS:
        raise FormatError(f"no format {format_name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format_name].write(papers)


def cited_papers(answer: Answer) -> list[Paper]:
    """Exactly the papers that an answer cites, once each, in the order of their numbers."""
    by_number = {c.number: c.paper for c in answer.citations}
    return list({by_number[n].id: by_number[n] for n in sorted(by_number)}.values())
