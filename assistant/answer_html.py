"""An answer as HTML, for notebooks: the text, then each cited paper with its quotes.

Everything is escaped by Jinja2, and nothing in it is loaded from anywhere.
"""

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from assistant.chat.links import paper_link

if TYPE_CHECKING:
    from assistant.answer import Answer


def answer_html(answer: "Answer") -> str:
    """The answer as a piece of HTML."""
    ordered = sorted(answer.citations, key=lambda citation: citation.number)
    cited = []
    for number, group in groupby(ordered, key=lambda citation: citation.number):
        first, *more = group
        quotes = list(dict.fromkeys([first.quote, *(citation.quote for citation in more)]))
        cited.append((number, first.paper, paper_link(first.paper), quotes))
    nearest = () if answer.citations else answer.sources[:3]
    return _template().render(answer=answer, cited=cited, nearest=nearest)


@lru_cache(maxsize=1)
def _template() -> Template:
    templates = Environment(
        loader=PackageLoader("assistant"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return templates.get_template("answer.html")
