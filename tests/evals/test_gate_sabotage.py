"""The gate is worth what it catches: verifier, fusion and a prompt broken on purpose, in turn."""

import json
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from assistant.draft import Quote
from assistant.engine import AnswerEngine
from assistant.llms.registry import make_chat_client
from assistant.opening import open_engine, query_embedder
from assistant.retrieval import HybridSearch, PaperSearch
from assistant.retrieval.candidates import Candidates
from assistant.settings import Settings
from assistant.verification import Verdict
from evals.baseline import Baseline, baseline_of, save_baseline
from evals.cache import ContentCache
from evals.evaluation import evaluate
from evals.gate import decide
from evals.judging.offline import OfflineJudge, offline_verifier
from evals.report.model import Report, load_report
from evals.suite import Item
from ingest.paper import Paper
from tests.assistant.cli.calls import run, spawn
from tests.evals import lab
from tests.support.openai_server import OpenAIServer
from tests.support.papers import own_papers

ROOT = Path(__file__).parents[2]


class AcceptsAll:
    """A verifier that believes everything."""

    def check(self, claim: str, papers: Sequence[Paper]) -> Verdict:
        quotes = tuple(Quote(paper=p, start=0, end=len(p.abstract)) for p in papers)
        return Verdict(supported=True, support=1.0, quotes=quotes)


class Inverted(HybridSearch):
    """Fusion that puts the worst first."""

    def fuse(self, found: Candidates, *, by_lead: bool = True) -> dict[int, float]:
        fused = super().fuse(found, by_lead=by_lead)
        return {key: 1 - score for key, score in fused.items()}

    def rank(self, found: Candidates, *, by_lead: bool = True) -> dict[int, float]:
        return self.fuse(found, by_lead=by_lead)


@pytest.fixture
def server(openai_server: OpenAIServer) -> OpenAIServer:
    openai_server.always(lab.model)
    return openai_server


@pytest.fixture
def settings(small_library_path: Path, server: OpenAIServer) -> Settings:
    return lab.settings(small_library_path, server)


def suite() -> list[Item]:
    ids = {paper.title.split(":")[0].split()[0].lower(): paper.id for paper in own_papers()}
    return lab.items(ids)


def measured(engine: AnswerEngine, folder: Path) -> Report:
    """A run in the laboratory, judged by a verifier of its own."""
    judge = OfflineJudge(offline_verifier(), "test")
    with ContentCache(folder / f"{id(engine)}.sqlite") as cache:
        try:
            return evaluate(lab.plan(suite()), engine, judge, cache)
        finally:
            engine.close()


@pytest.fixture
def baseline(settings: Settings, tmp_path: Path) -> Baseline:
    report = measured(open_engine(settings), tmp_path)
    assert report.figure("correctness").value == pytest.approx(1, abs=0.12)
    assert report.figure("faithfulness").value == 1
    return baseline_of(report)


def test_a_run_like_the_baseline_passes(
    baseline: Baseline, settings: Settings, tmp_path: Path
) -> None:
    decision = decide(measured(open_engine(settings), tmp_path), baseline)
    assert decision.passed
    assert not decision.worse


def test_a_verifier_that_accepts_all_is_caught(
    baseline: Baseline, settings: Settings, tmp_path: Path
) -> None:
    engine = open_engine(settings)
    engine.finisher.verifier = AcceptsAll()
    decision = decide(measured(engine, tmp_path), baseline)
    failed = {figure.name for figure in decision.figures if figure.failed}
    assert not decision.passed
    assert {"faithfulness", "citation F1"} <= failed
    shown = "\n".join(sentence for item in decision.worse for sentence in item.sentences)
    assert "SplineBlock reaches 91.7% top-1 accuracy on ImageNet-1K" in shown


def test_inverted_fusion_is_caught(baseline: Baseline, settings: Settings, tmp_path: Path) -> None:
    good = open_engine(settings)
    search = Inverted(good.search.library, query_embedder(settings.embedding), settings.retrieval)
    connect = partial(make_chat_client, settings.llm)
    engine = AnswerEngine(settings, PaperSearch(search), good.extractive, connect)
    decision = decide(measured(engine, tmp_path), baseline)
    failed = {figure.name for figure in decision.figures if figure.failed}
    assert not decision.passed
    assert {"recall@10", "correctness"} <= failed


def test_a_broken_prompt_is_caught_by_the_command(
    baseline: Baseline, settings: Settings, server: OpenAIServer, tmp_path: Path
) -> None:
    """The prompt loses the abstracts; a process of its own reads it from a folder of its own."""
    shutil.copytree(ROOT / "prompts", tmp_path / "broken" / "prompts")
    prompt = tmp_path / "broken" / "prompts" / "answer.user.md"
    text = prompt.read_text()
    assert "source.abstract" in text
    kept = [line for line in text.splitlines() if "source.abstract" not in line]
    prompt.write_text("\n".join(kept) + "\n")
    questions = tmp_path / f"{lab.NAME}.jsonl"
    rows = [json.dumps(item.model_dump(mode="json", by_alias=True)) for item in suite()]
    questions.write_text("".join(f"{row}\n" for row in rows))
    out = tmp_path / "run"
    done = spawn(
        *("eval", "answers", "--suite", questions, "--library", settings.library.path),
        *("--out", out, "--cache", tmp_path / "cache.sqlite"),
        cwd=tmp_path,
        env={
            "PYTHONPATH": f"{tmp_path / 'broken'}:{ROOT}",
            "PAPERS_LLM__BASE_URL": server.base_url,
            "PAPERS_LLM__MODEL": "test-chat",
            "PAPERS_LLM__MAX_TOKENS": "300",
            "PAPERS_ANSWER__UNSUPPORTED": "drop",
            "PAPERS_RETRIEVAL__SOURCES": "3",
        },
    )
    assert done.returncode == 0, done.stderr
    assert load_report(out).figure("errors").value == 0
    save_baseline(baseline, tmp_path / "baseline.json")
    result = run("eval", "gate", out, "--baseline", tmp_path / "baseline.json")
    assert result.exit_code == 1
    assert "correctness fell from" in result.stdout
    assert lab.CASES[0].question in result.stdout
