"""A question held against one paper: which sentences are near, whom the question is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.extractive.owned import is_of_others, is_own, only_denied, own_names
from assistant.extractive.passages import MAX_SENTENCES
from assistant.extractive.question import Kind, Question, content_stems, fold, mentions
from assistant.extractive.tone import Tone, only_blames, tones
from ingest.paper import Paper
from ingest.text import split_sentences

_WHY_OR_HOW = re.compile(
    r"^\W*(?:why|how (?:do|does|did|is|are|was|were|come|can)|what makes)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|has|have|will)\b|\bwhether\b", re.IGNORECASE
)
_ASKING = re.compile(
    r"^\W*(?:how (?:much|many)|how|why|what|which|by how much|on how many)\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:not|no|never|without|avoid\w*|instead|rather|unlike|lack\w*|cannot|replac\w*|remov\w*"
    r"|eliminat\w*|gets? (?:round|rid)|free|drop\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|earlier|usual\w*|ordinary|most|normal\w*|traditional"
    r"|conventional|current|standard|other|plain|typical\w*|common\w*)\b",
    re.IGNORECASE,
)
_THE_METHOD = re.compile(
    r"\bthe (?:\w+ ){0,2}(?:authors?|method|model|system|approach|framework|paper|study)\b",
    re.IGNORECASE,
)
_FIRST_WORDS = 8
_TITLE_WORDS = 2
_NEAR = 3
_GENERAL = frozenset(
    content_stems(
        "need old new use first base model data task good well large small high low result perform"
    )
)


@dataclass(frozen=True)
class Held:
    """`is_rare` tells whether few papers of the library hold a name."""

    question: Question
    paper: Paper
    is_rare: Callable[[str], bool]

    @property
    def text(self) -> str:
        """The question as asked."""
        return self.question.text

    @cached_property
    def asserted(self) -> str:
        """The question without the words that ask."""
        return _ASKING.sub("", self.text)

    @cached_property
    def is_why_or_how(self) -> bool:
        """Whether it takes what it asks the reason or the manner of for granted."""
        return _WHY_OR_HOW.search(self.text) is not None

    @cached_property
    def is_yes_or_no(self) -> bool:
        """Whether "no" would be an answer, so that nothing is taken for granted."""
        return _YES_OR_NO.search(self.text) is not None

    @cached_property
    def denies(self) -> bool:
        """Whether the question itself says that something is not so."""
        return _DENIES.search(self.text) is not None

    @cached_property
    def is_about_others(self) -> bool:
        """Whether its subject is ordinary or earlier work."""
        return _OF_OTHERS.search(self._first_words) is not None

    @cached_property
    def is_plain(self) -> bool:
        """Whether it asks one thing of one paper and takes something for granted."""
        several = self.question.kind in (Kind.COMPARE, Kind.LIST)
        return not (several or self.denies or self.is_yes_or_no)

    @cached_property
    def sentences(self) -> list[str]:
        """The abstract's sentences, or else the title alone."""
        abstract = self.paper.abstract
        spans = split_sentences(abstract)[:MAX_SENTENCES]
        return [abstract[s.start : s.end] for s in spans] or [self.paper.title]

    @cached_property
    def own(self) -> set[str]:
        """The paper's own names."""
        return own_names(self.paper, self.is_rare)

    @cached_property
    def _first_words(self) -> str:
        return " ".join(self.text.split()[:_FIRST_WORDS])

    @cached_property
    def is_about_own(self) -> bool:
        """Whether its subject is the paper's own, by name or as "the method"."""
        first = fold(self._first_words)
        named = any(mentions(first, name) for name in self.own)
        return named or _THE_METHOD.search(self._first_words) is not None

    @cached_property
    def is_about_title(self) -> bool:
        """Whether its subject is the paper's own, also if only words of the title say so."""
        shared = set(content_stems(self._first_words)) & set(content_stems(self.paper.title))
        return self.is_about_own or (len(shared) >= _TITLE_WORDS and not self.is_about_others)

    @cached_property
    def stems(self) -> set[str]:
        """Stems of the question's content words, the paper's own names left out."""
        folded = fold(self.text)
        named = " ".join(name for name in self.own if mentions(folded, name))
        return set(content_stems(self.text)) - set(content_stems(named))

    @cached_property
    def shared(self) -> list[int]:
        """How many of those stems each sentence holds."""
        return [len(self.stems & set(content_stems(s))) for s in self.sentences]

    @cached_property
    def of_others(self) -> list[bool]:
        """Which sentences speak of other work."""
        return [is_of_others(sentence, list(self.own)) for sentence in self.sentences]

    @cached_property
    def begins(self) -> int:
        """The place of the first sentence on the paper's own work; background comes before it."""
        told = (n for n, s in enumerate(self.sentences) if is_own(s, list(self.own)))
        return next(told, 0)

    @cached_property
    def tones(self) -> list[list[Tone]]:
        """What each sentence praises or blames by."""
        return [tones(sentence) for sentence in self.sentences]

    @cached_property
    def nearest(self) -> int:
        """The place of the sentence with most of the question's words."""
        return max(range(len(self.sentences)), key=lambda n: (self.shared[n], -n))

    @cached_property
    def near(self) -> list[int]:
        """The few sentences on the paper's own work with about as many of its words."""
        least = max(1, self.shared[self.nearest] - 1)
        found = [
            n for n, share in enumerate(self.shared) if share >= least and not self.of_others[n]
        ]
        return found[:_NEAR] or [self.nearest]

    @cached_property
    def blames(self) -> bool:
        """Whether it takes only bad things for granted."""
        return only_blames(self.asserted) and not self.is_yes_or_no

    @cached_property
    def denied(self) -> list[str]:
        """Its stems that the paper has only where it denies something."""
        title = set(content_stems(self.paper.title))
        own = [s for s, others in zip(self.sentences, self.of_others, strict=True) if not others]
        return sorted((self.stems & only_denied(own)) - title - _GENERAL)
