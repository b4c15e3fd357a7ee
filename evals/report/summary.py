"""The headline figures as text and as Markdown: no citation figure without a correctness one."""

from collections import Counter
from collections.abc import Sequence

from evals.report.model import FigureResult, Report

HEADLINE = (
    "correctness",
    "yes/no/maybe",
    "citation F1",
    "faithfulness",
    "abstention F1",
    "recall@10",
    "quote validity",
)
_GROUP_COLUMNS = (
    "correctness",
    "citation F1",
    "faithfulness",
    "recall@10",
    "gold cited",
    "refused",
)


def shown(value: float | None) -> str:
    """A share without its leading zero, as papers print it."""
    if value is None:
        return "-"
    text = f"{value:.3f}"
    return text.removeprefix("0") if text.startswith("0.") else text


def shown_with_interval(figure: FigureResult) -> str:
    """Value and bounds, such as `.812 [.774, .850]`."""
    if figure.value is None:
        return "-"
    return f"{shown(figure.value)} [{shown(figure.low)}, {shown(figure.high)}]"


def headline(report: Report) -> list[FigureResult]:
    """The figures that stand on top, those that apply."""
    return [found for name in HEADLINE if (found := report.figure(name)).value is not None]


def summary_text(report: Report) -> str:
    """Every figure with interval and n, what went wrong, and how good the judge is."""
    suite = report.suite
    lines = [
        f"{suite.name} ({suite.split}): {suite.items} questions, {suite.answerable} answerable;"
        f" {report.model}; judged by {report.judge.name}",
        "",
    ]
    width = max(len(figure.name) for figure in report.figures)
    for figure in report.figures:
        if figure.value is not None:
            lines.append(f"  {figure.name:<{width}}  {shown_with_interval(figure)}  n {figure.n}")
    for one in report.corrected:
        lines.append(
            f"  {one.name}, corrected for the judge's errors: {shown(one.value)}"
            f" [{shown(one.low)}, {shown(one.high)}]"
        )
    lines += [f"  {warning}" for warning in _warnings(report)]
    if report.problems:
        told = ", ".join(f"{name} {count}" for name, count in report.problems.items())
        lines += ["", f"  what went wrong: {told}"]
    return "\n".join(lines)


def markdown(report: Report) -> str:
    """What a pull request is told: headline, breakdown by kind, the worst answers."""
    suite = report.suite
    parts = [
        f"## Evaluation: {suite.name}, {suite.split}",
        f"{suite.items} questions ({suite.answerable} answerable), answered by"
        f" `{report.model}`, judged by `{report.judge.name}`; library of"
        f" {report.library.papers} papers, version {report.library.version}. Intervals: 95 %.",
        _table(
            ("figure", "value", "95 % interval", "n"),
            [
                (f.name, shown(f.value), f"{shown(f.low)} to {shown(f.high)}", str(f.n))
                for f in (*headline(report), *_corrected(report))
            ],
        ),
        *map(_cell, _warnings(report)),
        "### By kind",
        _table(("kind", "n", *_GROUP_COLUMNS), _group_rows(report)),
        "### Worst answers",
        _table(("id", "question", "what went wrong"), _worst_rows(report)),
    ]
    return "\n\n".join(parts) + "\n"


def _corrected(report: Report) -> list[FigureResult]:
    return [
        FigureResult(
            name=f"{one.name}, corrected for the judge's errors",
            value=one.value,
            low=one.low,
            high=one.high,
            n=one.pairs,
        )
        for one in report.corrected
    ]


def commonest_error(report: Report) -> str:
    """The error that most questions ended in."""
    return Counter(item.error for item in report.items if item.error).most_common(1)[0][0]


def _warnings(report: Report) -> list[str]:
    """What a reader must know before the figures: errors, and sentences without a verdict."""
    unjudged = sum(s.label == "unjudged" for item in report.items for s in item.sentences)
    told = []
    if errors := report.problems.get("error", 0):
        told.append(
            f"Questions that ended in an error and count as wrong: {errors}."
            f" Most often: {commonest_error(report)}"
        )
    if unjudged:
        told.append(f"Sentences that were not judged and count neither way: {unjudged}.")
    return told


def _group_rows(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for group in report.groups:
        values = {figure.name: shown(figure.value) for figure in group.figures}
        rows.append((group.name, str(group.n), *(values[name] for name in _GROUP_COLUMNS)))
    return rows


def _worst_rows(report: Report) -> list[tuple[str, ...]]:
    by_id = {item.id: item for item in report.items}
    worst = [by_id[item_id] for item_id in report.worst[:10]]
    return [(item.id, item.question, item.problem or "") for item in worst]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """Text that cannot leave its cell, nor be taken for markup."""
    flat = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\|<>`*_[]" else char for char in flat) or " "
