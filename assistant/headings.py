"""Tell headings, which claim nothing and need no citation, from sentences that do."""

import re

_MAX_WORDS = 8
_STOPS = frozenset(".!?。！？")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STYLED = re.compile(r"#{1,6}\s+\S.*|(\*\*|__)(?:(?!\1).)+\1:?|.*[:：](?:\*\*|__)?", re.DOTALL)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRAME = _words(
    """
    a about according all among an and answer answers are as at background be below both brief by
    comparison conclusion conclusions differ difference differences disagree disagreement evidence
    figures finding findings following follows for found from given here how in is key library
    limitations listed
    limits main method methods missing more nearest no not note notes of on open or other
    overview paper papers passage passages problem question related relevant result results
    second short similarities source sources summary table that the their these they this those
    to two three first third was were what where which with work works
    """
)
FINITE_VERBS = _words(
    """
    is are was were be been has have had do does did can cannot could may might must will would
    should achieve achieves achieved add adds added allow allows attain attains avoid avoids beat
    beats became become becomes bring brings cause causes combine combines confirm confirms
    consume consumes cost costs cut cuts decrease decreases decreased demonstrate demonstrates
    depend depends double doubles enable enables exceed exceeds fail fails failed find finds gain
    gains gained generalise generalises generalize generalizes get gets give gives grow grows halve
    halves handle handles help helps hurt hurts improve improves improved increase increases
    increased introduce introduces know knows lack lacks lead leads learn learns lose loses lost
    lower lowers make makes match matches need needs offer offers outperform outperforms
    outperformed perform performs predict predicts prevent prevents produce produces propose
    proposes proposed prove proves proved provide provides raise raises reach reaches reached
    reduce reduces reduced rely relies remain remains remove removes replace replaces replaced
    report reports reported require requires run runs scale scales show shows showed speed speeds
    suffer suffers suggest suggests support supports surpass surpasses take takes train trains
    transfer transfers use uses used win wins won work works yield yields
    """
)


def is_heading(text: str, *, cited: bool = False) -> bool:
    """Whether a line of an answer, without its markers, claims nothing.

    Two rules, the first for any line, `cited` or not: it ends without a full stop, and every word
    only frames an answer ("Papers found:", "Passages found in 3 papers"); numerals count as such
    words. The second, for a line
    without a citation: it is set as a heading (Markdown `#`, bold throughout, or a colon at its
    end), has at most eight words, no digit and no finite verb of a list of common ones. The list
    is English; a heading in another language is judged by its form alone. A heading wrongly taken
    for a claim is merely checked like one.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return False
    framing = _FRAME.intersection(words)
    only_frames = framing and all(word in framing or word.isdecimal() for word in words)
    if only_frames and text.strip()[-1] not in _STOPS:
        return True
    return (
        not cited
        and len(words) <= _MAX_WORDS
        and _STYLED.fullmatch(text.strip()) is not None
        and not any(char.isdecimal() for char in text)
        and not FINITE_VERBS.intersection(words)
    )
