"""Counts a tokenizer's tokens quickly, by remembering what each word comes to."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

_KEPT_WORDS = 100_000


class TokenCounts:
    """Tokens of texts, special tokens left out, truncation ignored; safe to share between threads.

    BERT's tokenizers part a text at spaces before anything else, so that the tokens of a text are
    those of its words, each of which is looked up once. Others may join what stands on both sides
    of a space; they are given whole texts.
    """

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._parts_at_spaces = isinstance(
            self._tokenizer.pre_tokenizer, BertPreTokenizer
        ) and isinstance(self._tokenizer.normalizer, BertNormalizer)
        self._known: dict[str, int] = {}

    def of(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text."""
        if not self._parts_at_spaces:
            encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            return list(map(len, encoded))
        texts_words = [text.replace("\n", " ").split(" ") for text in texts]
        known = self._known if len(self._known) < _KEPT_WORDS else {}
        new = [word for word in set().union(*texts_words) if word not in known]
        known.update(zip(new, self._of_words(new), strict=True))
        self._known = known
        return [sum(map(known.__getitem__, words)) for words in texts_words]

    def _of_words(self, words: list[str]) -> list[int]:
        """Tokens of each word; all go through as one text, which is twice as fast."""
        encoded = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        tokens = Counter(encoded.word_ids)
        return [tokens[at] for at in range(len(words))]
