"""`paper-assistant eval answers`: how good the answers to a suite of questions are."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.errors import InterruptError, UsageError
from assistant.cli.options import JsonOption, LibraryOption
from assistant.cli.output import complain, say, write_json
from assistant.cli.progress import progress, wanted
from evals.suites_shipped import default_pairs, default_papers

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.cache import ContentCache
    from evals.evaluation import Plan
    from evals.judging import Judge
    from evals.report.model import Report
    from evals.suite import Item
    from ingest.paper import Paper

SuiteOption = Annotated[
    list[Path],
    typer.Option("--suite", metavar="FILE", help="Questions; may be given several times."),
]
PapersOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--papers", metavar="FILE", help="Ask a library of these papers, made once and kept."
    ),
]
PairsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--pairs", metavar="FILE", help="Labelled pairs by which the judge's own error is known."
    ),
]
FormatOption = Annotated[
    Literal["auto", "suite", "pubmedqa", "scholarqa", "beir"],
    typer.Option("--format", help="What --suite is; auto tells by its content."),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the report goes.")]
CacheOption = Annotated[
    Path | None,
    typer.Option("--cache", metavar="FILE", help="Kept results; default: in the user's cache."),
]


def answers(
    *,
    suite: SuiteOption,
    judge: Annotated[
        Literal["offline", "llm"], typer.Option(help="llm: the configured endpoint.")
    ] = "offline",
    out: OutOption = Path("eval-report"),
    split: Annotated[Literal["all", "tune", "test"], typer.Option(help="Which half.")] = "all",
    papers: PapersOption = None,
    pairs: PairsOption = None,
    suite_format: FormatOption = "auto",
    concurrency: Annotated[int, typer.Option(min=1, metavar="N", help="At a time.")] = 2,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N questions.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Of the intervals.")] = None,
    cache: CacheOption = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Ask a suite of questions and measure the answers.

    \b
    Examples:
      paper-assistant eval answers --suite evals/suites/sample.jsonl --split test
      paper-assistant eval answers --suite mine.jsonl --library papers --judge llm --out run

    Writes report.html, report.json and report.md. A run that was cut off, or is made again, answers
    only what it has not answered yet.
    """
    from evals.cache import ContentCache, default_cache_file
    from evals.report.files import write_report

    items, own_papers = _read(suite, suite_format, split, limit)
    _make_folder(out)
    pair_files = pairs if pairs is not None else default_pairs(suite)
    settings = _settings(library, papers or default_papers(suite, library), own_papers, as_json)
    with ContentCache(cache or default_cache_file()) as kept:
        plan = _plan(items, suite, split, settings, pair_files, concurrency, seed)
        report = _evaluate(plan, settings, judge, kept, as_json)
    _show(report, write_report(report, out), as_json)


def _show(report: "Report", written: Sequence[Path], as_json: bool) -> None:
    from evals.report.summary import commonest_error, summary_text

    if not as_json:
        say(summary_text(report))
        say(f"\nWritten: {', '.join(map(str, written))}")
        return
    write_json(report.model_dump(mode="json", exclude={"items"}))
    if errors := report.problems.get("error", 0):
        complain(
            f"Warning: {errors} questions ended in an error and count as wrong, most often:"
            f" {commonest_error(report)}"
        )


def _read(
    suite: list[Path], suite_format: str, split: str, limit: int | None
) -> "tuple[list[Item], list[Paper]]":
    from evals.adapters import read_suites

    items, papers = read_suites(suite, suite_format)
    chosen = [item for item in items if split in ("all", item.split)][:limit]
    if not items:
        raise UsageError(f"--suite: there is no question in {', '.join(map(str, suite))}")
    if not chosen:
        raise UsageError(f"--split: there is no question of the split {split!r}")
    return chosen, papers


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"--out: {error.filename} is a file; name a folder") from error


def _settings(
    library: Path | None, papers: list[Path], own: "list[Paper]", as_json: bool
) -> "Settings":
    from assistant.cli.session import open_settings
    from evals.run_library import library_of_files, library_of_papers
    from ingest.library.manifest import load_manifest

    settings = open_settings(library)
    if library is not None:
        return settings
    with progress("Ingesting", None, wanted(as_json)) as advance:
        if papers:
            return library_of_files(papers, settings, advance)
        if own:
            return library_of_papers(own, settings, advance)
    if load_manifest(settings.library.path) is None:
        raise UsageError(
            f"there is no library in {settings.library.path}; name the papers of the suite with"
            " --papers, or their library with --library"
        )
    return settings


def _plan(
    items: "list[Item]",
    suite: list[Path],
    split: str,
    settings: "Settings",
    pair_files: list[Path],
    concurrency: int,
    seed: int | None,
) -> "Plan":
    from assistant.llms.registry import make_llm
    from evals.evaluation import Plan, suite_name
    from evals.judging.pairs import load_pairs
    from evals.statistics import SEED

    llm = make_llm(settings.llm)
    return Plan(
        items=items,
        name=suite_name(suite),
        split=split,
        model=llm.model if llm else "extractive",
        pairs=load_pairs(pair_files) if pair_files else (),
        concurrency=concurrency,
        seed=SEED if seed is None else seed,
    )


def _evaluate(
    plan: "Plan", settings: "Settings", judge: str, cache: "ContentCache", as_json: bool
) -> "Report":
    from assistant.opening import open_engine
    from evals.evaluation import evaluate

    shown = wanted(as_json)
    engine = open_engine(settings)
    try:
        with closing(engine):
            return evaluate(
                plan,
                engine,
                make_judge(judge, settings, cache),
                cache,
                lambda label, total: progress(label, total, shown),
            )
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted; what was answered by then is kept: the same command goes on from there"
        ) from None


def make_judge(name: str, settings: "Settings", cache: "ContentCache") -> "Judge":
    """The judge of that name, its verdicts kept; UsageError where no endpoint is configured."""
    from evals.fingerprints import program_hash
    from evals.judging.cached import CachedJudge
    from evals.judging.llm import LLMJudge
    from evals.judging.offline import OfflineJudge, offline_verifier

    if name == "offline":
        return CachedJudge(OfflineJudge(offline_verifier(), program_hash()), cache)
    from assistant.llms.registry import make_chat_client

    chat = make_chat_client(settings.llm)
    if chat is None:
        raise UsageError(
            "--judge llm needs a model: set PAPERS_LLM__BASE_URL or OPENAI_API_KEY, or leave"
            " --judge out"
        )
    return CachedJudge(LLMJudge(chat), cache)
