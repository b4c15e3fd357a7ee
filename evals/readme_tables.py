"""The tables of figures in the documentation: `python -m evals.readme_tables --page PAGE`.

Prints the answers of the extractive default to the test halves of both suites, and the offline
judge on those parts of the labelled sets that its model was neither trained nor tuned on. PAGE is
the saved Papers page. `--write FILE` puts each table between its marks in that file instead.
"""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant import Settings
from assistant.opening import open_engine
from evals.cache import ContentCache, default_cache_file
from evals.cli.answers import make_judge
from evals.errors import DatasetError
from evals.evaluation import Plan, evaluate, suite_name
from evals.judging.assess import Assessment, assess, judge_pairs
from evals.judging.pairs import Pair, first_of_each, load_pairs
from evals.report.model import Report
from evals.report.summary import shown, shown_with_interval
from evals.run_library import library_of_files
from evals.suite import SuiteName, load_suite, shipped_file
from evals.suites_shipped import PAIRS
from evals.verifier.sources import FAITHFULNESS, claims
from ingest.paper import Paper
from ingest.sample import SAMPLE_FILE

FIGURES = (
    *("correctness", "facts contradicted", "citation F1", "faithfulness", "quote validity"),
    *("abstention precision", "abstention recall", "abstention F1", "over-refused"),
    *("recall@10", "gold cited"),
)
EACH = 300
"""Pairs of each public set: enough for an accuracy to within .06."""


def answered(name: SuiteName, papers: Path, *, more: bool, cache: ContentCache) -> Report:
    """The report of the test half; `more`: with the further questions that have no answer."""
    paths = [shipped_file(f"{name}.jsonl")]
    paths += [shipped_file(f"{name}-unanswerable.jsonl")] if more else []
    settings = library_of_files([papers], Settings(llm={"provider": "extractive"}))
    plan = Plan(
        items=[item for path in paths for item in load_suite(path, "test")],
        name=suite_name(paths),
        split="test",
        model="extractive",
        concurrency=2,
    )
    with closing(open_engine(settings)) as engine:
        return evaluate(plan, engine, make_judge("offline", settings, cache), cache)


def answers_table(reports: Sequence[Report]) -> str:
    """A column for each run."""
    columns = [f"{_named(r)}, n {r.suite.items} ({r.suite.answerable} answerable)" for r in reports]
    rows = [(name, *(shown_with_interval(r.figure(name)) for r in reports)) for name in FIGURES]
    return _table(("", *columns), rows)


def kinds_table(reports: Sequence[Report]) -> str:
    """By kind: correctness, or for questions without an answer the share refused."""
    rows = []
    for groups in zip(*(report.groups for report in reports), strict=True):
        name = groups[0].name.replace("_", " ")
        wanted = "correctness" if groups[0].answerable else "refused"
        found = [next(f for f in group.figures if f.name == wanted) for group in groups]
        rows.append((name, wanted, *(f"{shown_with_interval(f)} (n {f.n})" for f in found)))
    return _table(("kind", "", *map(_named, reports)), rows)


def _named(report: Report) -> str:
    """The first of its suites, which the others only add to."""
    return report.suite.name.partition("+")[0]


def held_out_pairs(name: str) -> list[Pair]:
    """At most `EACH` pairs of the part of a public set that nothing was trained or tuned on."""
    found = [claim for claim in claims(name) if claim.part == "test"]
    pairs = [
        Pair(
            id=str(at),
            dataset=name,
            claim=claim.claim,
            paper=Paper(id=str(at), title="", abstract=claim.source),
            label=claim.label.casefold(),
        )
        for at, claim in enumerate(found)
    ]
    return first_of_each(pairs, EACH)


def judge_table(cache: ContentCache) -> str:
    """The offline judge, a row for each set; a set that is absent is named instead."""
    judge = make_judge("offline", Settings(), cache)
    rows: list[tuple[str, ...]] = []
    for name in FAITHFULNESS:
        try:
            rows.append(_judged(assess(judge_pairs(judge, held_out_pairs(name)))[0]))
        except DatasetError as error:
            rows.append((name, str(error)))
    rows.append(_judged(assess(judge_pairs(judge, load_pairs([shipped_file(PAIRS)])))[0]))
    columns = ("AUROC", "word overlap", "support against contradiction", "accuracy", "κ")
    return _table(("set", "n", *columns, "ECE", "sensitivity", "specificity"), rows)


def _judged(one: Assessment) -> tuple[str, ...]:
    values = (one.auroc, one.auroc_word_overlap, one.auroc_support_contradict, one.accuracy)
    more = (one.kappa, one.ece, one.sensitivity, one.specificity)
    return (one.dataset, str(one.n), *(shown(value) for value in (*values, *more)))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *rows))


def put(tables: dict[str, str], file: Path) -> None:
    """Put each table between `<!-- NAME -->` and `<!-- /NAME -->`, where a file has these marks."""
    text = file.read_text(encoding="utf-8")
    for name, made in tables.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, found, rest = text.partition(begin)
        if found:
            text = f"{before}{begin}{made}\n{end}{rest.partition(end)[2]}"
    file.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, then print the tables or put them into files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=Path, required=True, help="saved Papers page")
    parser.add_argument("--write", type=Path, action="append", default=[], metavar="FILE")
    options = parser.parse_args()
    with ContentCache(default_cache_file()) as cache:
        halves, whole = (
            [
                answered("sample", SAMPLE_FILE, more=more, cache=cache),
                answered("papers-page", options.page, more=more, cache=cache),
            ]
            for more in (False, True)
        )
        tables = {
            "answers": answers_table(halves),
            "answers with more": answers_table(whole),
            "kinds": kinds_table(whole),
            "judge": judge_table(cache),
        }
    for file in options.write:
        put(tables, file)
    if not options.write:
        print("\n\n".join(f"{name}\n\n{made}" for name, made in tables.items()))


if __name__ == "__main__":
    main()
