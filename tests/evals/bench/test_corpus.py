from itertools import islice
from pathlib import Path

from evals.bench.corpus import made_up_papers, papers_in, write_corpus
from tests.evals.beir_folder import write_beir


def test_made_up_papers_are_the_same_each_time_and_all_different() -> None:
    first, again = list(islice(made_up_papers(), 50)), list(islice(made_up_papers(), 50))
    assert first == again
    assert len({paper.title for paper in first}) == len({paper.id for paper in first}) == 50


def test_made_up_papers_follow_the_real_ones(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "beir", zipped=True)
    file = tmp_path / "papers.jsonl"
    assert write_corpus(file, corpus, 6) == 3  # the collection's d3 has no title
    written = list(papers_in(file))
    assert [paper.id for paper in written[:3]] == ["d1", "d2", "d4"]
    assert [paper.id for paper in written[3:]] == ["made-up-0", "made-up-1", "made-up-2"]
    assert written[0].abstract == "Plumage repels the drizzle."


def test_no_more_real_papers_than_asked_for(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "beir")
    assert write_corpus(tmp_path / "papers.jsonl", corpus, 1) == 1
    assert len(list(papers_in(tmp_path / "papers.jsonl"))) == 1
