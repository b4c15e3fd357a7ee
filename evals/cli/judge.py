"""`paper-assistant eval judge`: how good a judge of faithfulness is itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.options import JsonOption
from assistant.cli.output import add_row, print_table, say, table, write_json
from assistant.cli.progress import progress, wanted
from evals.cli.answers import CacheOption, make_judge

if TYPE_CHECKING:
    from evals.judging.assess import Assessment


def judge(
    *,
    pairs: Annotated[
        list[Path],
        typer.Option("--pairs", metavar="FILE", help="Labelled pairs; may be given several times."),
    ],
    which: Annotated[
        Literal["offline", "llm"], typer.Option("--judge", help="llm: the configured endpoint.")
    ] = "offline",
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only N pairs of each file, spread out.")
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, metavar="N", help="At a time.")] = 2,
    cache: CacheOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure a judge on labelled pairs of claim and source.

    \b
    Example:
      paper-assistant eval judge --pairs scifact.jsonl.gz --pairs healthver.jsonl.gz

    Word overlap, the floor, stands beside it.
    """
    from assistant.cli.session import open_settings
    from evals.cache import ContentCache, default_cache_file
    from evals.judging.assess import assess, judge_pairs
    from evals.judging.pairs import first_of_each, load_pairs

    chosen = first_of_each(load_pairs(pairs), limit)
    settings = open_settings(None)
    with (
        ContentCache(cache or default_cache_file()) as kept,
        progress("Judging", len(chosen), wanted(as_json)) as advance,
    ):
        judging = make_judge(which, settings, kept)
        found = assess(judge_pairs(judging, chosen, concurrency, advance))
    if as_json:
        document = [one.model_dump(mode="json") for one in found]
        write_json({"judge": judging.name, "fingerprint": judging.fingerprint, "sets": document})
    else:
        _tell(judging.name, found)


def _tell(name: str, found: "list[Assessment]") -> None:
    numbers = ("n", "AUROC", "overlap", "s/c", "accuracy", "kappa", "ECE", "sens.", "spec.")
    made = table("set", *numbers, "agreement", numbers=numbers)
    for one in found:
        values = (
            one.auroc,
            one.auroc_word_overlap,
            one.auroc_support_contradict,
            one.accuracy,
            one.kappa,
            one.ece,
            one.sensitivity,
            one.specificity,
        )
        add_row(made, one.dataset, one.n, *map(_number, values), one.kappa_in_words)
    print_table(made)
    say(
        f"\nJudge: {name}. overlap: AUROC of word overlap; s/c: AUROC of support against"
        " contradiction alone; ECE: expected calibration error."
    )
    for one in found:
        labels = ", ".join(f"{label} {share:.3f}" for label, share in one.by_label.items())
        told = f"; {one.unjudged} unjudged" if one.unjudged else ""
        say(f"{one.dataset}, called supported of each label: {labels}{told}")
        for part in one.bins:
            say(
                f"    score {part.low:.1f} to {part.high:.1f}: mean {part.mean_score:.3f},"
                f" supported {part.supported:.3f}, n {part.n}"
            )


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"
