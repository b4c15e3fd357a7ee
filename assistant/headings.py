"""Tell headings, which claim nothing and need no citation, from sentences that do."""

import re
from collections.abc import Container

from assistant.extractive.question import content_stems

_MAX_WORDS = 8
_STOPS = frozenset(".!?。！？")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_COUNT = re.compile(r"\b\d{1,4} (?:more |other |related )?(?:papers?|passages?|sources?|works?)\b")
_STYLED = re.compile(r"#{1,6}\s+\S.*|(\*\*|__)(?:(?!\1).)+\1:?|.*[:：](?:\*\*|__)?", re.DOTALL)


def word_set(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


FRAME = word_set(
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
FINITE_VERBS = word_set(
    """
    accelerate accelerates achieve achieved achieves add added address addresses adds agree
    agrees allow allows annihilate annihilates applied applies apply are argue argues attain
    attains avoid avoids be beat beats became become becomes been believe believes boost boosts
    bring brings can cannot cause causes claim claimed classifies classify combine combines
    compare compares conclude concludes confirm confirms consume consumes contain contains
    contradict contradicts converge converges cost costs could crush crushes cure cures cut cuts
    decline declines decrease decreased decreases defeat defeats degrade degrades deliver
    delivers demonstrate demonstrates depend depends describe described describes destroy
    destroys detect detects did differ differs dispute disputes distil distill distills distils
    do does dominate dominates double doubled doubles drop dropped drops eliminate eliminates
    enable enables estimate estimates evaluate evaluated evaluates exceed exceeds exchange
    exchanges exhibit exhibits explain explains fail failed fails fall falls fell find finds
    gain gained gains generalise generalises generalize generalizes generate generates get gets
    give gives grow grows had halve halves handle handles harm harms has have help helps hold
    holds hurt hurts improve improved improves include includes increase increased increases
    indicate indicates infer infers introduce introduces is kill kills know knows lack lacks
    lead leads learn learns lose loses lost lower lowers make makes mapped match matches may
    measure measured might mitigate mitigates mix mixes must need needs observe observed
    observes obtain obtained obtains offer offers outperform outperformed outperforms overcome
    overcomes perform performs predict predicts presented presents prevent prevents produce
    produces propose proposed proposes prove proved proves provide provides prune pruned prunes
    raise raises reach reached reaches reduce reduced reduces relies rely remain remains remove
    removes replace replaced replaces report reported reports require requires reveal reveals
    revolutionise revolutionises revolutionize revolutionizes rise rises rose run runs said save
    saved saves say says scale scales should show showed shows solve solves speed speeds stated
    stay stays studied suffer suffers suggest suggests support supports surpass surpasses tackle
    tackles take takes train trains transfer transfers treat treats use used uses varies vary
    was were will win wins won work works worsen worsens would yield yields
    """
)

SURE_VERBS = FINITE_VERBS - word_set(
    """
    benefit cost costs cut cuts decrease decreases decline drop drops estimate exchange fall falls
    gain gains gained generalise harm help hold increase increases lack lead map match matches
    measure mix need needs produce propose raise report reports reported result rise run runs save
    scale scales show speed speeds support supports train trained transfer transfers use uses used
    win wins won work works yield yields
    """
)
"""Those that are not as often nouns or participles."""


def is_heading(text: str, *, cited: bool = False, vocabulary: Container[str] | None = None) -> bool:
    """Whether a line of an answer, without its markers, claims nothing.

    Two rules, the first for any line, `cited` or not: it ends without a full stop, and every word
    only frames an answer ("Papers found:", "Passages found in 3 papers"), with no figure but the
    number of papers: "The answer is 99" claims something. The second, for a line without a
    citation: it is set as a heading (Markdown `#`, bold throughout, or a colon at its end), has at
    most eight words, no digit and no finite verb of a list of common ones. The list is English and
    has its gaps, so where `vocabulary` is given, the stems of question and sources, a heading of
    the second kind has no word beside those: what nobody wrote is then checked as a claim.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return False
    framing = FRAME.intersection(words)
    counted = [word.casefold() for word in _WORD.findall(_COUNT.sub("", text))]
    only_frames = framing and framing.issuperset(counted)
    if only_frames and text.strip()[-1] not in _STOPS:
        return True
    unframed = " ".join(word for word in words if word not in framing)
    return (
        not cited
        and len(words) <= _MAX_WORDS
        and _STYLED.fullmatch(text.strip()) is not None
        and not any(char.isdecimal() for char in text)
        and not FINITE_VERBS.intersection(words)
        and (vocabulary is None or all(stem in vocabulary for stem in content_stems(unframed)))
    )
