"""An answer as a chat client shows it: the text, then the papers that it cites.

Such clients take text for Markdown. What an abstract or a title holds of it must not become a
picture, a link or HTML, so that no paper can make the client call another host.
"""

import re
from itertools import groupby

from assistant.answer import Answer
from assistant.chat.links import paper_link
from ingest.text import one_line

_HEADING = "\n\nSources:\n"
_ACTIVE = re.compile(r"(?P<mark>!?)(?P<sign>\[(?<=!\[)|\](?=\(|\[(?!\d+\]))|<(?=[A-Za-z/!?]))")
_DEFINITION = re.compile(r"^([ \t>]*\[[^\]\n]*)\]:", re.MULTILINE)


def defused(text: str) -> str:
    """The text with pictures, links and HTML escaped, so that Markdown shows them as they are."""
    return _DEFINITION.sub(r"\1\\]:", _ACTIVE.sub(r"\g<mark>\\\g<sign>", text))


def shown(answer: Answer) -> str:
    """The answer's text and, where it cites any, the list of its sources."""
    lines = []
    for number, cited in groupby(answer.citations, key=lambda citation: citation.number):
        paper = next(cited).paper
        year = f" ({paper.year})" if paper.year else ""
        link = paper_link(paper)
        lines.append(
            f"[{number}] {defused(one_line(paper.title))}{year}{f' {link}' if link else ''}"
        )
    unique = list(dict.fromkeys(lines))
    sources = _HEADING + "\n".join(unique) if unique else ""
    return defused(answer.text) + sources


def without_sources(text: str) -> str:
    """An earlier answer as it was before the list of sources was added to it."""
    return text.partition(f"{_HEADING}[")[0]
