"""What stands around titles and abstracts on Hugging Face's *Papers* pages, and what it says.

Buttons, counts and names differ between the daily page, the trending page, searches and the page
of one paper; what is known here is never taken for a title.
"""

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d)"
_FURNITURE = re.compile(
    r"(?:"
    r"·|papers?|daily papers|trending papers?|new|trending|sign ?up|log ?in|subscribe|search|home"
    r"|models|datasets|spaces|community|docs|enterprise|pricing|hugging face|inference providers"
    r"|previous|next|view (?:arxiv page|pdf|paper)|project page|add to collection|arxiv page|pdf"
    r"|(?:by)?\s?ak and the research community|get trending papers in your email inbox!?(?: .*)?"
    r"|github(?: (?:repo|[\d.,]+k?m?))?|[\d.,+-]+[km]?|upvotes?|\+?\d+ upvotes?|upvote \+?[\d.,]+k?"
    r"|submitted by\b.*|submitted on\b.*|published on\b.*|published at\b.*|authors?:?|abstract:?"
    r"|ai-generated summary|#\d+ paper of the (?:day|week|month)|\d+ authors?|\d+ comments?"
    r"|·? ?\d+ authors? ?·?.*|read more|show more|cite|share|bookmark|librarian bot|organization"
    rf"|{_DATE}|arxiv:\s?\S+"
    r")",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(r"published (?:on|at)\b|authors?:?$|authors?: ", re.IGNORECASE)
_AUTHORS = re.compile(r"authors?:?\s*(?P<names>.*)", re.IGNORECASE)
_SUBMITTED_BY = re.compile(r"·?\s*submitted by", re.IGNORECASE)
_AI_SUMMARY = re.compile(r"ai-generated summary", re.IGNORECASE)
_PARTICLE = r"(?:(?:van|von|de|der|den|da|di|del|la|le|al|bin) )*"
_NAME = rf"[A-ZÀ-Þ][\w'’.-]*(?: {_PARTICLE}[A-ZÀ-Þ][\w'’.-]*){{1,3}}"
_NAMES = re.compile(rf"{_NAME}(?:(?: ?[,;·] ?(?:and )?| and ){_NAME})+[,.]?")
# What titles in capitals are made of, and no one is called.
_TITLE_WORDS = re.compile(
    r"\b(?:model|network|learning|training|inference|language|vision|data|deep|neural|large|small"
    r"|efficient|fast|generation|reasoning|attention|transformer|agent|image|video|text|speech"
    r"|world|benchmark|survey|retrieval|optimization|alignment|planning|control|diffusion"
    r"|reinforcement|memory|knowledge|robot|graph|multi|self|towards|code|search|evaluation)s?\b",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(_NAME)
_YEAR = re.compile(r"(?:published|submitted).{0,60}?\b(?P<year>20\d\d)\b", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Whether a paragraph is known to be none of title, authors and abstract."""
    return _FURNITURE.fullmatch(text) is not None


def comes_after_title(text: str) -> bool:
    """Whether the paragraph stands between a title and its abstract, where it stands before one."""
    return _AFTER_TITLE.match(text) is not None


def says_submitter(text: str) -> bool:
    """Whether the next paragraph is the name of a user: `Submitted by` alone."""
    found = _SUBMITTED_BY.match(text)
    return found is not None and not text[found.end() :].strip()


def heads_summary(text: str) -> bool:
    """Whether the next paragraph was written by a model, not by the authors."""
    return _AI_SUMMARY.fullmatch(text) is not None


def authors_in(text: str, *, after_mark: bool) -> list[str]:
    """The names of a list of authors; `after_mark`: the word "Authors" stood before."""
    marked = _AUTHORS.fullmatch(text)
    names = marked["names"] if marked else text
    listed = _NAMES.fullmatch(names) and not _TITLE_WORDS.search(names)
    if listed or ((after_mark or marked) and _ONE_NAME.match(names)):
        parts = (name.strip(" .,") for name in re.split(r"[,;·\n]|\band\b", names))
        return [name for name in parts if _ONE_NAME.fullmatch(name)]
    return []


def year_in(text: str) -> int | None:
    """The year of a date that says when a paper was published."""
    found = _YEAR.search(text)
    return int(found["year"]) if found else None
