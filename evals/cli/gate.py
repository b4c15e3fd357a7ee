"""`paper-assistant eval gate` and `eval compare`: is a run worse than another?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.errors import FAILURE
from assistant.cli.options import JsonOption
from assistant.cli.output import add_row, print_table, say, table, write_json

if TYPE_CHECKING:
    from evals.compare import Changed, Comparison
    from evals.gate import Decision

_SHOWN = 10
Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run, or its report.json.")]


def gate(
    run: Run,
    *,
    baseline: Annotated[
        Path, typer.Option("--baseline", metavar="FILE", help="Scores to hold the run against.")
    ],
    update: Annotated[
        bool, typer.Option("--update", help="Make this run the baseline instead.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fail where a run is significantly worse than the baseline.

    \b
    Examples:
      paper-assistant eval gate run --baseline evals/baseline.json
      paper-assistant eval gate run --baseline evals/baseline.json --update

    The exit code is then 1, and the sentences that got worse are printed.
    """
    from evals.baseline import baseline_of, load_baseline, save_baseline
    from evals.gate import decide
    from evals.report.model import load_report

    report = load_report(run)
    if update:
        save_baseline(baseline_of(report), baseline)
        if as_json:
            write_json({"baseline": str(baseline), "items": len(report.items)})
        else:
            say(f"{baseline} now holds this run: {len(report.items)} items")
        return
    decision = decide(report, load_baseline(baseline))
    if as_json:
        write_json(decision.model_dump(mode="json"))
    else:
        _tell(decision)
    if not decision.passed:
        raise typer.Exit(FAILURE)


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="Folder of the earlier run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Folder of the later run.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs of one suite, with significance.

    \b
    Example:
      paper-assistant eval compare run-before run-after

    Item by item: what both runs have unchanged is compared.
    """
    from evals.compare import compare as compare_reports
    from evals.report.model import load_report

    found = compare_reports(load_report(before), load_report(after))
    if as_json:
        write_json(found.model_dump(mode="json"))
    else:
        _tell_comparison(found)


def _tell(decision: "Decision") -> None:
    made = table("figure", "baseline", "run", "n", "p", "", numbers=("baseline", "run", "n", "p"))
    for one in decision.figures:
        mark = "WORSE" if one.failed else ""
        cells = (_number(one.before), _number(one.after), one.n, _number(one.p_worse))
        add_row(made, one.name, *cells, mark)
    print_table(made)
    if decision.not_compared:
        say(f"{decision.not_compared} items of the baseline were not compared")
    if decision.passed:
        say("Passed: nothing is significantly worse than the baseline")
        return
    say("\nFailed: " + "; ".join(decision.reasons))
    for item in decision.worse[:_SHOWN]:
        fell = ", ".join(f"{name} {was:.2f} to {now:.2f}" for name, (was, now) in item.fell.items())
        say(f"\n{item.id} ({fell}; {item.status.replace('_', ' ')}): {item.question}")
        for sentence in item.sentences:
            say(f"    {sentence}")
    if len(decision.worse) > _SHOWN:
        say(f"\nand {len(decision.worse) - _SHOWN} more; --json lists all")
    if decision.misjudged:
        say("\nThe judge was right before about:")
    for claim in decision.misjudged[:_SHOWN]:
        say(f"    {claim}")
    if len(decision.misjudged) > _SHOWN:
        say(f"    and {len(decision.misjudged) - _SHOWN} more; --json lists all")


def _tell_comparison(found: "Comparison") -> None:
    say(f"A: {found.before}\nB: {found.after}\n{found.n} items, {found.left_out} left out\n")
    columns = ("A", "B", "difference", "p", "p (Holm)")
    made = table("figure", *columns, numbers=columns)
    for one in found.figures:
        values = (one.before, one.after, one.difference, one.p_value, one.p_holm)
        add_row(made, one.name, *map(_number, values))
    print_table(made)
    _tell_changes("worse", found.worse)
    _tell_changes("better", found.better)


def _tell_changes(word: str, changed: "tuple[Changed, ...]") -> None:
    if not changed:
        return
    say(f"\n{len(changed)} items got {word}")
    for one in changed[:_SHOWN]:
        fell = one.scores.items()
        scores = ", ".join(f"{name} {was:.2f} to {now:.2f}" for name, (was, now) in fell)
        say(f"\n{one.id} ({scores}): {one.question}")
        say(f"  A: {_line(one.before)}\n  B: {_line(one.after)}")


def _line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else f"{flat[:299]}…"


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"
