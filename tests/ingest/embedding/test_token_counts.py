"""Tokens counted word by word against the tokenizer's own count of the whole text."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, trainers

from evals.bench.corpus import papers_in
from ingest.embedding.model_files import embedded_model
from ingest.embedding.token_counts import TokenCounts
from tests.support.papers import own_papers
from tests.support.shared_data import shared_data

ODD = "aéß İ\n\t\u00a0漢,.()[]-–:;_'\u0301\u0903\u200b\x1c\x00½Σς🙂"
PIECES = st.sampled_from([*ODD, " ", "[CLS]", "[UNK]", "##ing", "word", "é" * 120])
COUNTS = TokenCounts(embedded_model().tokenizer)


WHOLE = Tokenizer.from_file(str(embedded_model().tokenizer))
WHOLE.no_padding()
WHOLE.no_truncation()


def of_whole(tokenizer: Tokenizer, texts: list[str]) -> list[int]:
    return [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]


def test_papers() -> None:
    texts = [paper.text for paper in own_papers()]
    assert COUNTS.of(texts) == of_whole(WHOLE, texts)


def test_real_abstracts() -> None:
    corpus = shared_data("retrieval/litsearch-inline/corpus.jsonl.gz")
    texts = [paper.text for paper in islice(papers_in(corpus), 3000)]
    assert COUNTS.of(texts) == of_whole(WHOLE, texts)


@given(st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=4))
def test_any_text(texts: list[str]) -> None:
    assert COUNTS.of(texts) == of_whole(WHOLE, texts)


@pytest.mark.parametrize(
    ("added", "text", "tokens"),
    [("e.g.", "see e.g. cats", 3), ("new york", "in new york", 2), ("cat", "concatenates", 4)],
)
def test_tokens_that_parting_would_miss_are_counted(
    tmp_path: Path, added: str, text: str, tokens: int
) -> None:
    tokenizer = Tokenizer.from_file(str(embedded_model().tokenizer))
    tokenizer.no_padding()
    tokenizer.add_tokens([AddedToken(added)])
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    counted = TokenCounts(tmp_path / "tokenizer.json").of([text])
    assert counted == of_whole(tokenizer, [text]) == [tokens]


def test_case_is_kept_where_the_tokenizer_keeps_it(tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(embedded_model().tokenizer))
    tokenizer.no_padding()
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    texts = ["Tokenizers", "tokenizers"]
    counted = TokenCounts(tmp_path / "tokenizer.json").of(texts)
    assert counted == of_whole(tokenizer, texts) == [1, 3]


def test_a_tokenizer_that_joins_words_is_given_whole_texts(tmp_path: Path) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Split("|", "isolated")
    trainer = trainers.BpeTrainer(vocab_size=200, show_progress=False)
    tokenizer.train_from_iterator(["to be or not to be"] * 50, trainer)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    assert of_whole(tokenizer, ["to be or not to be"]) == [1]
    assert TokenCounts(tmp_path / "tokenizer.json").of(["to be or not to be", ""]) == [1, 0]
