"""An answer in a notebook: its quotes are seen, and nothing in it can run or be fetched."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.chat.library import make_library
from tests.support.assistants import extractive_settings


class Seen(HTMLParser):
    """Tags, links and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with make_library(tmp_path_factory.mktemp("html")) as assistant:
        yield assistant


def test_the_quote_and_the_link_are_there(assistant: Assistant) -> None:
    answer = assistant.ask("What accuracy does Quillfeather reach on the Larkspur benchmark?")
    seen = Seen(answer._repr_html_())
    assert seen.links == ["https://papers.example/quillfeather"]
    for citation in answer.citations:
        assert citation.quote in seen.text
        assert citation.paper.title in seen.text
    assert "blockquote" in seen.tags


def test_what_a_paper_holds_is_text(assistant: Assistant) -> None:
    answer = assistant.ask("What accuracy does Bramblewick reach on Sorrel?")
    assert answer.citations
    seen = Seen(answer._repr_html_())
    assert seen.tags <= {"div", "p", "b", "blockquote", "i", "a", "ul", "li"}
    assert seen.links == []
    assert "<script>window.ran = 1</script>" in re.sub(r"\s+", " ", seen.text)


def test_a_refusal_shows_the_nearest_papers(small_library_path: Path) -> None:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        answer = assistant.ask("What is the capital of France?")
    seen = Seen(answer._repr_html_())
    assert answer.sources[0].title in seen.text
    assert "li" in seen.tags
