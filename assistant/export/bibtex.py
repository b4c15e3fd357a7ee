"""BibTeX in UTF-8, as BibLaTeX and today's BibTeX tools read it, written by bibtexparser."""

import re
from collections.abc import Iterator, Sequence

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import AddEnclosingMiddleware
from bibtexparser.model import Entry, Field

from assistant.export.names import keys
from ingest.paper import Paper

_MATHS = re.compile(r"(\$(?=[^\s$])[^$\\{}%&#]{0,400}?(?<![\s\\])\$(?!\d))")
_SPECIAL = re.compile(r"[\\{}%&#$_~^]|-(?=-)|`(?=`)|'(?=')")
_ESCAPES = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "-": "-{}",
    "`": "`{}",
    "'": "'{}",
}
_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)


def to_bibtex(papers: Sequence[Paper]) -> str:
    """One entry a paper, in order."""
    library = Library(
        [
            Entry("article" if paper.venue else "misc", key, list(_fields(paper)))
            for key, paper in zip(keys(papers), papers, strict=True)
        ]
    )
    enclose = AddEnclosingMiddleware(
        reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{"
    )
    return write_string(library, unparse_stack=[enclose])


def _fields(paper: Paper) -> Iterator[Field]:
    yield Field("title", f"{{{_escaped(paper.title)}}}")
    if paper.authors:
        yield Field("author", " and ".join(map(_person, paper.authors)))
    plain = {"year": paper.year, "doi": paper.doi, "url": paper.url, "eprint": paper.arxiv_id}
    if paper.venue:
        yield Field("journal", _escaped(paper.venue))
    for name, value in plain.items():
        if value:
            yield Field(name, _escaped_plain(str(value)))
    if paper.arxiv_id:
        yield Field("archiveprefix", "arXiv")
    if paper.abstract:
        yield Field("abstract", _escaped(paper.abstract))


def _escaped(text: str) -> str:
    """Text as LaTeX that stands for it; mathematics between dollars stays mathematics."""
    pieces = _MATHS.split(text)
    return "".join(
        piece if index % 2 else _SPECIAL.sub(lambda m: _ESCAPES.get(m[0], f"\\{m[0]}"), piece)
        for index, piece in enumerate(pieces)
    )


def _escaped_plain(text: str) -> str:
    """An address or identifier, of which BibTeX itself only minds the braces."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _person(name: str) -> str:
    """A name; one that BibTeX would take apart stands in braces."""
    escaped = _escaped(name)
    return f"{{{escaped}}}" if _SEPARATOR.search(name) else escaped
