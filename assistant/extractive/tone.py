"""Words that praise or blame in a sentence, each with its sign after negation.

A short word list, not a model: it tells "fails" from "does not fail", which is what a question's
premise turns on (Wilson, Wiebe and Hoffmann 2005 on polarity that its context flips).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BLAME = r"""
worse\w* worst poor(?:ly|er)? bad(?:ly)? weak(?:er|ness\w*|ly|en\w*)? slow(?:er|s|ed|down)?
fail\w* los(?:e|es|t|ing) drops? dropped degrad\w+ deteriorat\w+ declin\w+ hurt\w* harm\w* ruin\w*
damag\w+ impair\w* suffer\w* struggl\w+ limit(?:s|ed|ation|ations|ing)? restrict\w* inferior
underperform\w* lags? lagging trail(?:s|ed|ing)? behind vulnerab\w+ unstable instab\w+ sensitiv\w+
insensitiv\w+ brittle unreliab\w+ inaccura\w+ insufficien\w+ inefficien\w+ ineffectiv\w+ expensive
costly difficult\w* hard(?:er|est)? challeng\w+ problem\w* issues? bottleneck\w* drawback\w*
shortcoming\w* neglect\w* ignor\w+ overlook\w* lack\w* unable incapable cannot impractical
infeasib\w+ impossib\w+ sacrific\w+ compromis\w+ sub-?optimal hinder\w* hamper\w* undermin\w+
unsupported unsuit\w+ inappropriate inadequa\w+ wrong\w* flaw\w* awkward scarc\w+ underexplored
dampen\w* interfer\w+ catastrophic trouble\w* concern\w* risk\w* unlikely excess\w* overhead
prohibitive\w* collaps\w+ crash\w* wast\w+ miss(?:es|ed)? destroy\w* spoil\w* useless unavailable
broke\w* breaks? discard\w* not no never neither nor none rarely seldom barely hardly without
gaps? adverse\w* negative\w* threat\w* unclear however falls? falling fell complex suspicio\w*
noisy noise obstacle\w* barrier\w* demand\w* imbalanc\w* mismatch\w*
"""
_PRAISE = r"""
better best good well strong(?:er|est|ly)? fast(?:er|est)? quick(?:er|ly)? outperform\w*
surpass\w* exceed\w* beats? beaten superior\w* improv\w+ gains? gained boost\w* enhanc\w*
effectiv\w+ efficien\w+ robust\w* succe\w+ reliab\w+ stable stability eas(?:y|ily|ier) cheap\w*
flexib\w+ state-of-the-art sota competitive\w* comparable par solv\w+ avoid\w* mitigat\w+
alleviat\w+ overcom\w+ address\w* sav(?:e|es|ed|ing) useful\w* help\w* benefi\w+ advantag\w* ahead
leads? leading wins? higher highest larger excel\w* promising remarkabl\w+ significant\w*
speed-?ups? accelerat\w+ free more increas\w+ achiev\w+ enabl\w+ generali[sz]\w+ fluent
"""
_TURNS = r"""
not no never without few little rid cop(?:e|es|ed|ing) deal\w* handl\w+ counter\w* avoid\w*
reduc\w+ prevent\w* mitigat\w+ alleviat\w+ overcom\w+ address\w* lower\w* minimi\w+ eliminat\w+
less fewer tackl\w+ solv\w+ remov\w+ resol\w+ cut\w* sav\w+ decreas\w+
"""
_BADLY = r"""
worse\w* worst hurt\w* harm\w* ruin\w* degrad\w+ deteriorat\w+ slow(?:er|s)? los(?:e|es|t|ing)
drop\w* declin\w+ fail\w* underperform\w* inferior poor\w* bad(?:ly)? struggl\w+ suffer\w* weak\w*
damag\w+ useless behind lag\w* trail\w* limit\w* unstable brittle sensitiv\w* vulnerab\w*
inaccura\w* unreliab\w* difficult\w* hard challeng\w* problem\w*
"""
LESS_GOOD = (
    r"less (?:\w+ly |\w+-)?(?:accurate|able|accessible|aware|capable|consistent|correct|diverse"
    r"|effective|efficient|faithful|fluent|general|helpful|informative|interesting|interpretable"
    r"|precise|reliable|robust|satisfactory|stable|successful|useful|varied|well)"
)
LOWER_RESULT = (
    r"lower(?:s|ed|ing)? (?:the )?(?:accuracy|performance|quality|scores?|f1|recall|precision)"
)
_REACH = 4
"""Words before a word in which a negation turns it."""


def _any_of(words: str) -> str:
    return rf"(?<![\w-])(?:{'|'.join(words.split())})(?![\w-])"


_BLAMES = re.compile(
    rf"{_any_of(_BLAME)}|\b(?:{LESS_GOOD}|{LOWER_RESULT})\b|n['’]t\b", re.IGNORECASE
)
_PRAISES = re.compile(_any_of(_PRAISE), re.IGNORECASE)
_TURNED = re.compile(rf"{_any_of(_TURNS)}|n['’]t\b|\b(?:rather than|instead of)\b", re.IGNORECASE)
_GOES_BADLY = re.compile(rf"{_any_of(_BADLY)}|{LESS_GOOD}|{LOWER_RESULT}", re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;:]")


@dataclass(frozen=True)
class Tone:
    """A word that praises or blames; `sign` is -1 where it comes to blame, `turned` by negation."""

    word: str
    sign: int
    turned: bool

    @property
    def goes_badly(self) -> bool:
        """Whether the word itself says that a result is bad, negated or not."""
        return _GOES_BADLY.fullmatch(self.word) is not None


def tones(text: str) -> list[Tone]:
    """The words of a text that praise or blame."""
    found = []
    for pattern, sign in ((_BLAMES, -1), (_PRAISES, 1)):
        for match in pattern.finditer(text):
            clause = _CLAUSE.split(text[: match.start()])[-1]
            turns = len(_TURNED.findall(" ".join(clause.split()[-_REACH:])))
            found.append(Tone(match[0].lower(), sign * (-1) ** turns, turns % 2 == 1))
    return found


def only_blames(text: str) -> bool:
    """Whether a text blames and does not praise."""
    signs = {tone.sign for tone in tones(text)}
    return signs == {-1}


def says_it_goes_badly(words: Sequence[Tone]) -> bool:
    """Whether any of the words blames a result, and no negation takes that back."""
    return any(tone.sign < 0 and tone.goes_badly for tone in words)
