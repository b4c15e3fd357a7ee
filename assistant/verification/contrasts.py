"""Statements turned round: an antonym for a word, or the sides of a comparison swapped."""

import re
from collections.abc import Iterator, Sequence

from assistant.extractive.question import content_stems

Sides = tuple[set[str], set[str]]
"""Stems of what is ahead in a comparison, and of what is behind."""

_ANTONYMS = """
faster/slower fast/slow quick/slow quickly/slowly better/worse best/worst higher/lower high/low
highest/lowest larger/smaller large/small largest/smallest greater/smaller stronger/weaker
strong/weak strongest/weakest longer/shorter long/short more/fewer more/less most/least many/few
easier/harder easy/difficult easy/hard simple/complex outperforms/underperforms
outperform/underperform superior/inferior increase/decrease increase/reduce increase/lower
raise/lower increases/decreases increases/reduces raises/lowers raises/reduces increased/decreased
increased/reduced
raised/lowered increasing/decreasing improve/degrade improve/worsen improve/hurt
improve/harm improves/degrades improves/worsens improves/hurts improves/harms improved/degraded
improved/worsened raise/reduce gain/loss gains/losses rise/fall rises/falls rose/fell grow/shrink
grows/shrinks grow/fall grows/falls enlarge/shrink enlarging/shrinks enlarging/shrinking
supervised/unsupervised labeled/unlabeled positive/negative beneficial/harmful help/hurt helps/hurts
helps/harms enable/prevent enables/prevents allow/prevent allows/prevents promote/inhibit
promotes/inhibits promotes/suppresses promote/suppress activate/inhibit activates/inhibits
induce/suppress induces/suppresses enhance/impair enhances/impairs enhanced/impaired
upregulated/downregulated upregulates/downregulates present/absent presence/absence
efficient/inefficient effective/ineffective sufficient/insufficient necessary/unnecessary
possible/impossible similar/different robust/brittle robust/sensitive accurate/inaccurate
reliable/unreliable consistent/inconsistent succeed/fail succeeds/fails success/failure
agree/disagree maximum/minimum upper/lower older/younger early/late before/after above/below
dense/sparse
deep/shallow static/dynamic cheap/expensive common/rare often/rarely always/never internal/external
resistant/sensitive
strength/weakness strengths/weaknesses linear/quadratic global/local
comparable/worse comparable/inferior
"""
_AHEAD = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|beats?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?"
    r"|replac(?:es?|ed|ing)|swap(?:s|ping)?|better than|higher than|faster than|larger than"
    r"|more \w+ than|ahead of|superior to|instead of|rather than|(?:do|does|did) better than)\b"
)
_BEHIND = re.compile(
    r"\b(?:(?:is|are|was|were) (?:\w+ )?(?:outperformed|beaten|surpassed|exceeded|replaced) by"
    r"|worse than|lower than|slower than|smaller than|less \w+ than|inferior to|underperforms?"
    r"|trails?)\b"
)


_REPLACED = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)|swap(?:s|ped|ping)?)\s+(?P<out>[^.;:]{2,140}?),?\s+(?:with|by|for)"
    r"\s+(?P<into>[^.,;:]{2,90}?)(?=\s(?:to|in order|which|that|so)\b|[.,;:]|$)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|neither|cannot|without|fail\w*|lack\w*|unable|absent|absence|hardly"
    r"|rarely|avoid\w*|prevent\w*|instead|rather|little|few|difficult\w*|impossible|un(?:able|known"
    r"|related|clear|affected|changed|likely))\b|n['’]t\b",
    re.IGNORECASE,
)

_SCOPE = re.compile(
    r"(?:\b(?:not|never|cannot|without|no|nor|unable to|lacks?|lacking)\b|n['’]t\b)"
    r"(?!\s+(?:only|just|merely|solely|necessarily)\b)(?P<words>[^,.;:()]*)",
    re.IGNORECASE,
)
_SCOPE_END = re.compile(
    r"\b(?:but|while|although|because|since|which|that|and|instead|rather|unless|only)\b",
    re.IGNORECASE,
)
_SCOPE_WORDS = 9
_MOST = 0.6


def _table() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for pair in _ANTONYMS.split():
        one, other = pair.split("/")
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table


_OPPOSITES = _table()


def opposed_word(claim: str, sentence: str) -> str:
    """A word of the claim whose antonym the sentence has in its place; empty if there is none.

    Words that both hold are taken to be said of something else.
    """
    said, held = _words(claim), _words(sentence)
    for word in sorted(said - held):
        if _OPPOSITES.get(word, set()) & (held - said):
            return word
    return ""


def denies(claim: str) -> bool:
    """Whether a claim says that something is not so."""
    return _DENIES.search(claim) is not None


def holds_denial(sentence: str) -> bool:
    """Whether a sentence has any word that a denial could rest on; generous."""
    return _DENIAL.search(sentence) is not None


def asserts_denied(claim: str, sentences: Sequence[str]) -> bool:
    """Whether a claim without any denial says what a sentence denies.

    The sentence must hold most of the claim, and the claim most of what the negation governs; what
    the sentences also hold outside of the negation is taken to be said there.
    """
    if holds_denial(claim):
        return False
    said = set(content_stems(claim))
    stems = [set(content_stems(sentence)) for sentence in sentences]
    for number, sentence in enumerate(sentences):
        if len(said & stems[number]) < _MOST * len(said):
            continue
        others = set().union(*(s for n, s in enumerate(stems) if n != number))
        for governed, outside in _governed(sentence):
            shared = set(governed) & said
            enough = len(shared) >= max(2, _MOST * len(set(governed)))
            if enough and said & set(governed[:2]) and not shared <= others | outside:
                return True
    return False


def _governed(sentence: str) -> Iterator[tuple[list[str], set[str]]]:
    """Content stems that each negation governs, in order, and those outside of its reach."""
    for found in _SCOPE.finditer(sentence):
        words = _SCOPE_END.split(found["words"])[0]
        end = found.start("words") + len(words)
        governed = content_stems(" ".join(words.split()[:_SCOPE_WORDS]))
        yield governed, set(content_stems(f"{sentence[: found.start()]} {sentence[end:]}"))


def sides_swapped(claim: str, sentence: str) -> bool:
    """Whether what comes out ahead in the claim comes out behind in the sentence."""
    said, held = _sides(claim), _sides(sentence)
    if said is None or held is None:
        return False
    return turned_round(said, held)


def turned_round(said: Sides, held: Sides) -> bool:
    """Whether what is ahead by the one is behind by the other."""
    (ahead, behind), (held_ahead, held_behind) = said, held
    common = ahead & behind | held_ahead & held_behind
    crossed = (ahead & held_behind) - common, (behind & held_ahead) - common
    straight = (ahead & held_ahead) - common, (behind & held_behind) - common
    return all(crossed) and sum(map(len, crossed)) > sum(map(len, straight))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def _sides(text: str) -> Sides | None:
    """Content stems of the side that is ahead and of the one behind; None without a comparison.

    What is put in the place of another thing is ahead of it.
    """
    if found := _REPLACED.search(text):
        return set(content_stems(found["into"])), set(content_stems(found["out"]))
    if found := _BEHIND.search(text):
        return set(content_stems(text[found.end() :])), set(content_stems(text[: found.start()]))
    if found := _AHEAD.search(text):
        return set(content_stems(text[: found.start()])), set(content_stems(text[found.end() :]))
    return None
