"""What a request for papers asks about, without the words that only ask.

"Are there any papers that study X" says no more about X than "X" does, but "papers" and "study"
draw in whatever is about studying papers. Both indexes are asked for X alone.
"""

import re

_WORD = re.compile(r"[\w’'-]+")
_ASKING_WORDS = """
    a about also am an and any are article articles as at available be been by can could did
    direct discuss discussed discusses discussing do does examine examined examines examining
    explore explored explores exploring find focus focused focuses focusing for from give has
    have how i i'm if in interested into investigate investigated investigates investigating is
    it its know like literature looking me mention mentioned mentions method methods not of on
    one or paper papers particularly please point propose proposed proposes proposing provide
    publication publications recent recommend refer reference references research resource
    resources show shows some studied studies study studying such suggest tell that the their
    them there these they this those to toward towards use used uses using want was were what
    when where which who will with work works would you
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def asked_about(query: str) -> str:
    """The query without the words it opens a request with; whole where nothing would be left."""
    for word in _WORD.finditer(query):
        if not _asks(word.group()):
            return query[word.start() :]
    return query


def asked_words(query: str) -> str:
    """The query's words that are no part of a request, wherever they stand; all if there are none.

    For an index of words, to which the order is nothing.
    """
    words = _WORD.findall(query)
    return " ".join(word for word in words if not _asks(word)) or query


def _asks(word: str) -> bool:
    """Whether a word belongs to the asking; `IT` and `WHO` in capitals are names."""
    named = len(word) > 1 and word.isupper()
    return not named and word.replace("’", "'").lower() in _ASKING
