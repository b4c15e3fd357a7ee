"""Synonyms, antonyms and siblings of words from the WordNet 3.0 database files.

Only the first (most frequent) sense of a word is used, since senses are not told apart (Miller
1995, "WordNet: a lexical database for English"). The files come with the Debian package
`wordnet-base` and are needed only to make training pairs.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals.errors import DatasetError

FOLDER = Path("/usr/share/wordnet")
_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_HYPERNYM = "@"
_ANTONYM = "!"
_ENDINGS = {
    "noun": (("ies", "y"), ("es", ""), ("s", "")),
    "verb": (("ies", "y"), ("es", ""), ("es", "e"), ("s", "")),
    "adj": (("", ""),),
    "adv": (("", ""),),
}


@dataclass
class _Synset:
    words: list[str]
    hypernyms: list[str] = field(default_factory=list)
    antonyms: list[tuple[str, int]] = field(default_factory=list)


class Thesaurus:
    """Answers in the form asked: a plural gets plurals, a third person third persons."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the database; DatasetError if it is not installed."""
        if not (folder / "data.noun").is_file():
            raise DatasetError(f"{folder} holds no WordNet: apt-get install wordnet-base")
        self._synsets: dict[str, dict[str, _Synset]] = {}
        self._first: dict[str, dict[str, str]] = {}
        self._children: dict[str, dict[str, list[str]]] = {}
        for part in _PARTS:
            synsets = dict(_synsets(folder / f"data.{part}"))
            children = defaultdict(list)
            for offset, synset in synsets.items():
                for above in synset.hypernyms:
                    children[above].append(offset)
            self._synsets[part] = synsets
            self._children[part] = dict(children)
            self._first[part] = dict(_first_senses(folder / f"index.{part}"))

    def synonyms(self, word: str) -> list[str]:
        """Other words of the first sense, as the part of speech that the form fits."""
        found = []
        for part, base, ending in self._readings(word):
            words = self._synset(part, base).words
            found += [_inflect(w, part, ending) for w in words if w != base]
        return found

    def antonyms(self, word: str) -> list[str]:
        """Direct antonyms of the first sense."""
        found = []
        for part, base, ending in self._readings(word):
            for offset, number in self._synset(part, base).antonyms:
                words = self._synsets[part][offset].words
                found.append(_inflect(words[number], part, ending))
        return found

    def siblings(self, word: str) -> list[str]:
        """Words of the other senses below the same hypernym: alike in kind, another in meaning."""
        found = []
        for part, base, ending in self._readings(word):
            own = self._synset(part, base)
            for above in own.hypernyms:
                for offset in self._children[part].get(above, ()):
                    words = self._synsets[part][offset].words
                    if not set(words) & set(own.words):
                        found += [_inflect(w, part, ending) for w in words]
        return found

    def is_verb(self, base: str) -> bool:
        """Whether the word is listed as a verb."""
        return base in self._first["verb"]

    def verb_base(self, word: str) -> str | None:
        """Base form of a third person singular, None if it is none."""
        if not word.endswith("s"):
            return None
        return next((b for p, b, e in self._readings(word) if p == "verb" and e == "s"), None)

    def _synset(self, part: str, base: str) -> _Synset:
        return self._synsets[part][self._first[part][base]]

    def _readings(self, word: str) -> Iterator[tuple[str, str, str]]:
        for part, endings in _ENDINGS.items():
            if word in self._first[part]:
                yield part, word, ""
                continue
            for ending, base_ending in endings:
                base = word.removesuffix(ending) + base_ending
                if ending and word.endswith(ending) and base in self._first[part]:
                    yield part, base, "s"
                    break


def _synsets(path: Path) -> Iterator[tuple[str, _Synset]]:
    """Offset and content of each line, in the format of wndb(5)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [w.split("(")[0].replace("_", " ") for w in fields[4 : 4 + 2 * count : 2]]
        synset = _Synset(words)
        at = 5 + 2 * count
        for symbol, offset, _, which in zip(*(fields[at + n :: 4] for n in range(4)), strict=False):
            if symbol == _HYPERNYM:
                synset.hypernyms.append(offset)
            elif symbol == _ANTONYM:
                synset.antonyms.append((offset, int(which[2:], 16) - 1))
        yield fields[0], synset


def _first_senses(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            yield fields[0].replace("_", " "), fields[-int(fields[2])]


def _inflect(word: str, part: str, ending: str) -> str:
    """The word with a plural or third person s where one is asked for."""
    if ending != "s" or part not in {"noun", "verb"}:
        return word
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"
