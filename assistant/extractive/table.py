"""Tells whether a question asks for a table; the wish says nothing about what it asks of papers."""

import re

_ASKS = re.compile(
    r",?\s*\b(?:(?:in|as|into|with|using|give me|show me|make)\s+)?(?:(?:a|the)\s+)?"
    r"(?:markdown\s+|comparison\s+)?(?:table|tabular form)\b(?!\s*\d)(?:\s+of\b)?"
    r"|\btabulate\b",
    re.IGNORECASE,
)


def without_table(question: str) -> tuple[str, bool]:
    """The question without its wish for a table, and whether it had one; "Table 2" is none."""
    plain = _ASKS.sub(" ", question)
    return " ".join(plain.split()), plain != question
