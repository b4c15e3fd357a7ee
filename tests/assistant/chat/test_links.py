"""Only plain web addresses become links."""

import pytest

from assistant.chat.links import paper_link, safe_link
from ingest.paper import Paper


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2409.10594",
        "http://papers.example/a?b=c&d=e#f",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org/naïve",
    ],
)
def test_web_addresses_are_kept(url: str) -> None:
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " https://example.org",
        "https://example.org/a b",
        "https://example.org/\n",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "/relative",
        "https:",
        "https:///path",
        "http://[::1",
    ],
)
def test_everything_else_is_refused(url: str | None) -> None:
    assert safe_link(url) is None


def test_a_paper_links_to_its_own_address_first() -> None:
    paper = Paper(id="p", title="P", url="https://example.org/p", doi="10.1000/1")
    assert paper_link(paper) == "https://example.org/p"


def test_a_paper_with_a_bad_address_links_to_its_doi() -> None:
    paper = Paper(id="p", title="P", url="javascript:alert(1)", doi="10.1000/a<b>")
    assert paper_link(paper) == "https://doi.org/10.1000/a%3Cb%3E"


def test_a_paper_with_an_arxiv_id_links_to_arxiv() -> None:
    assert paper_link(Paper(id="p", title="P", arxiv_id="2409.10594")) == (
        "https://arxiv.org/abs/2409.10594"
    )


def test_a_paper_without_any_address_has_no_link() -> None:
    assert paper_link(Paper(id="p", title="P")) is None
