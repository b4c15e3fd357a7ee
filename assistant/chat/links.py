"""Which addresses may become links."""

import re
from urllib.parse import quote, urlsplit

from ingest.paper import Paper

_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


def safe_link(url: str | None) -> str | None:
    """Give back `url` if it is a plain http or https address with a host, else None.

    Addresses with control characters or blanks are refused, as browsers drop some of them before
    they look for the scheme.
    """
    if not url or _CONTROL_OR_SPACE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def paper_link(paper: Paper) -> str | None:
    """Where the paper can be read: its own address, else its DOI's, else its arXiv page."""
    if link := safe_link(paper.url):
        return link
    if paper.doi:
        return f"https://doi.org/{quote(paper.doi)}"
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{quote(paper.arxiv_id)}"
    return None
