"""One evaluation from end to end: ask, judge, score, report."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.engine import AnswerEngine
from evals.answer_run import Ask, Reply, ask_all, each
from evals.cache import ContentCache
from evals.fingerprints import library_digest, program_hash, prompt_hashes, shown_settings
from evals.judging import Judge
from evals.judging.assess import assess, judge_pairs, verdicts_of
from evals.judging.pairs import Pair
from evals.report.build import build_report
from evals.report.model import JudgeState, LibraryState, Report, SuiteState
from evals.results import ItemResult
from evals.scoring import ranking_scores, score_item
from evals.statistics import SEED
from evals.suite import Item, check_gold
from ingest.library import Library

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Opens a step of so many items; what it yields is told how many were done."""


@dataclass(frozen=True)
class Plan:
    """What to ask and how. `name` and `split` describe the suite, `model` who answers."""

    items: Sequence[Item]
    name: str
    split: str
    model: str
    pairs: Sequence[Pair] = ()
    concurrency: int = 1
    seed: int = SEED


@contextmanager
def unseen(_label: str, _total: int) -> Iterator[Callable[[int], None]]:
    """Progress that nobody watches."""
    yield lambda _: None


def evaluate(
    plan: Plan,
    engine: AnswerEngine,
    judge: Judge,
    cache: ContentCache,
    progress: Progress = unseen,
    ask: Ask | None = None,
) -> Report:
    """Run a plan on an engine's library; `ask` answers in the engine's place, for experiments.

    DatasetError if the library lacks a paper that the suite names.
    """
    library = engine.search.library
    check_gold(plan.items, _held(plan.items, library))
    digest = library_digest(library.papers())
    settings = shown_settings(engine.settings)
    program = program_hash()
    with progress("Asking", len(plan.items)) as advance:
        replies = ask_all(
            plan.items,
            ask or engine.stream,
            cache=cache,
            program=f"{program} {digest} {settings} {plan.model}",
            concurrency=plan.concurrency,
            on_progress=advance,
        )
    with progress("Judging", len(plan.items)) as advance:
        results = _score(plan, replies, judge, library, advance)
    stats = library.stats()
    return build_report(
        results,
        program=program,
        suite=_suite_state(plan),
        library=LibraryState(papers=stats.papers, version=library.version, digest=digest),
        model=plan.model,
        settings=settings,
        prompts=prompt_hashes(),
        judge=_judge_state(plan, judge, progress),
        seed=plan.seed,
    )


def _judge_state(plan: Plan, judge: Judge, progress: Progress) -> JudgeState:
    judged = []
    if plan.pairs:
        with progress("Judging the judge", len(plan.pairs)) as advance:
            judged = judge_pairs(judge, plan.pairs, plan.concurrency, advance)
    return JudgeState(
        name=judge.name,
        fingerprint=judge.fingerprint,
        assessments=tuple(assess(judged)) if judged else (),
        pairs=tuple(verdicts_of(judged)),
    )


def _score(
    plan: Plan,
    replies: Sequence[Reply],
    judge: Judge,
    library: Library,
    advance: Callable[[int], None],
) -> list[ItemResult]:
    asked = list(zip(plan.items, replies, strict=True))
    results = each(
        lambda one: score_item(one[0], one[1], judge, library.get),
        asked,
        plan.concurrency,
        advance,
    )
    ranking = ranking_scores(plan.items, replies)
    return [
        result.model_copy(update={"scores": {**result.scores, **ranked}})
        for result, ranked in zip(results, ranking, strict=True)
    ]


def _held(items: Sequence[Item], library: Library) -> set[str]:
    wanted = sorted({paper.paper_id for item in items for paper in item.papers})
    return set(library.known(wanted))


def _suite_state(plan: Plan) -> SuiteState:
    digest = hashlib.sha256("\n".join(item.digest for item in plan.items).encode())
    return SuiteState(
        name=plan.name,
        digest=digest.hexdigest()[:16],
        split=plan.split,
        items=len(plan.items),
        answerable=sum(item.answerable for item in plan.items),
    )


def suite_name(paths: Sequence[Path]) -> str:
    """The names of the suite's files without their endings."""
    return "+".join(path.name.removesuffix(".jsonl") for path in paths)
