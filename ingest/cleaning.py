r"""Deep cleaning of a paper's text, after reading and before indexing.

Each rule is a function from text to text, with a real sample or a reason:

- remove_markup: `LEN<sup>p</sup>` in the LitSearch corpus; Crossref's abstracts are all JATS.
- decode_entities: `TGF-&bgr;` in SciFact, `R&amp;G` in LitSearch, `&quot;` in Mendeley's BibTeX.
- remove_escaped_markup: no sample; DataCite and Crossref deliver HTML escaped a second time.
- decode_latex: `\emph{sequential}` in Better BibTeX JSON, `Amp\`ere` in SciTLDR, `7\%` in
  LitSearch.
- join_wrapped_lines: lines broken at 80 characters in arXiv's answers and its dump.
- remove_label: `Abstract During the middle Permian` in Scopus RIS, `ABSTRACT Lyme` in SciFact.
- remove_copyright: `© 2023, The Author(s).` in Scopus RIS, `(©) RSNA, 2016.` in PubMed's nbib.

Words divided by a hyphen at a line's end stay divided: no sample has them, and joining would harm
`state-` / `of-the-art`. What a rule removed is not lost: the text as it was read stays in
`extra["original"]`. A field that stands there is clean already and isn't cleaned again, so cleaning
twice changes nothing, even where a rule alone would go on (`&amp;lt;`), and an exported library
comes back as it was.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from ingest.boilerplate import remove_copyright, remove_label
from ingest.latex_marks import decode_latex
from ingest.markup import decode_entities, remove_escaped_markup, remove_markup
from ingest.paper import Paper
from ingest.readers.json_fields import tidy

Rule = Callable[[str], str]

ORIGINAL = "original"
_MIN_WRAPPED, _MAX_WRAPPED = 40, 120
_BULLET = re.compile(r"[-•*–]\s|\(?\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?:;]$")


def join_wrapped_lines(text: str) -> str:
    """Join lines that a program broke at a fixed width; paragraphs, lists and headings stay."""
    lines = text.split("\n")
    if len(lines) < 3 or not _is_wrapped([line for line in lines if line.strip()]):
        return text
    joined = lines[0]
    for before, line in pairwise(lines):
        short = len(before) < _MIN_WRAPPED
        kept = short or not line.strip() or line.startswith("  ") or _BULLET.match(line.lstrip())
        joined += "\n" + line if kept else " " + line.lstrip()
    return joined


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most breaks stand within a sentence and no line is longer than such a width."""
    breaks = lines[:-1]
    if not breaks or max(map(len, lines)) > _MAX_WRAPPED:
        return False
    within = [line for line in breaks if not _SENTENCE_END.search(line.rstrip())]
    return 2 * len(within) > len(breaks)


TITLE_RULES: tuple[Rule, ...] = (remove_markup, decode_entities, decode_latex)
ABSTRACT_RULES: tuple[Rule, ...] = (
    remove_markup,
    decode_entities,
    remove_escaped_markup,
    decode_latex,
    join_wrapped_lines,
    remove_label,
    remove_copyright,
)


def clean_abstract(text: str) -> str:
    """Apply every rule for abstracts in order."""
    return _apply(ABSTRACT_RULES, text)


def clean_line(text: str) -> str:
    """Apply the rules for titles and names; what they would leave empty stays as it is."""
    return _apply(TITLE_RULES, text).replace("\n", " ") or text


def clean_paper(paper: Paper) -> Paper:
    """Clean title, abstract, venue and authors; what changed is kept in `extra["original"]`."""
    kept = paper.extra.get(ORIGINAL)
    originals: dict[str, Any] = kept if isinstance(kept, dict) else {}
    cleaned: dict[str, Any] = {
        "title": clean_line(paper.title),
        "abstract": clean_abstract(paper.abstract),
        "venue": clean_line(paper.venue) if paper.venue else paper.venue,
        "authors": tuple(map(clean_line, paper.authors)),
    }
    changed = {
        field: value
        for field, value in cleaned.items()
        if field not in originals and value != getattr(paper, field)
    }
    if not changed:
        return paper
    before = {field: paper.model_dump(mode="json")[field] for field in changed}
    other = {} if kept is None or kept is originals else {"extra": kept}
    extra = {**paper.extra, ORIGINAL: {**originals, **other, **before}}
    return paper.model_copy(update={**changed, "extra": extra})


def _apply(rules: tuple[Rule, ...], text: str) -> str:
    for rule in rules:
        text = rule(text)
    return tidy(text)
