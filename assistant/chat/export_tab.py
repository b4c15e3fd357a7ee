"""The Export tab: the conversation as a document, and the papers that it cites."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache
from gradio.utils import get_upload_folder

from assistant.chat.conversation import Conversation, cited_papers
from assistant.chat.parts import QUIET, Parts, html_part
from assistant.chat.render import html
from assistant.chat.transcript import to_html, to_json, to_markdown
from assistant.export import FORMATS, export_papers


class Document(NamedTuple):
    """A way to take the conversation along."""

    write: Callable[[Conversation], str]
    file: str


def _citing(name: str) -> Callable[[Conversation], str]:
    return lambda conversation: export_papers(cited_papers(conversation), name)


DOCUMENTS: Mapping[str, Document] = {
    "Markdown": Document(to_markdown, "conversation.md"),
    "HTML": Document(to_html, "conversation.html"),
    "JSON": Document(to_json, "conversation.json"),
    "BibTeX": Document(_citing("bibtex"), f"cited.{FORMATS['bibtex'].suffix}"),
    "RIS": Document(_citing("ris"), f"cited.{FORMATS['ris'].suffix}"),
    "CSL-JSON": Document(_citing("csl-json"), f"cited-csl.{FORMATS['csl-json'].suffix}"),
}


def lay_out_export(parts: Parts) -> None:
    """The components, in the order in which they are read."""
    with gr.Column(elem_id="export"):
        parts["export_note"] = html_part("export-note")
        parts["format"] = gr.Radio(
            list(DOCUMENTS),
            value="Markdown",
            label="The conversation (Markdown, HTML, JSON), or exactly the papers it cites",
            elem_id="format",
        )
        parts["download"] = gr.DownloadButton("Download", variant="primary", elem_id="download")
        parts["preview"] = gr.Textbox(
            label="Preview", lines=16, max_lines=16, interactive=False, elem_id="preview"
        )


def wire_export(parts: Parts) -> None:
    """What is shown and offered follows the conversation and the format."""
    asked = [parts["conversation"], parts["format"]]
    outputs = [parts["export_note"], parts["download"], parts["preview"]]
    parts["export_tab"].select(_written, asked, outputs, **QUIET)
    parts["format"].change(_written, asked, outputs, **QUIET)


def _written(conversation: Conversation, name: str) -> tuple[str, Any, str]:
    """The note, the file and its preview; Gradio deletes the file, as all in its folder."""
    document = DOCUMENTS[name]
    papers = len(cited_papers(conversation))
    note = html("export_note", questions=len(conversation), papers=papers)
    if not conversation:
        return note, gr.update(value=None, interactive=False), ""
    text = document.write(conversation)
    file = save_bytes_to_cache(text.encode("utf-8"), document.file, get_upload_folder())
    return note, gr.update(value=file, interactive=True), text
