"""Fits `assistant/extractive/answered.json`: `python -m evals.fit_answered PAGE LITSEARCH`.

PAGE is the saved Papers page, LITSEARCH the folder with LitSearch's abstracts. Questions are asked
of a library of their own papers: the tuning halves of both shipped suites, the questions for tuning
of `refusals.jsonl`, and the written questions that the comparer was not trained on. `least` is the
logit that 2 % of the answerable ones that are of one paper stay below. `surely` is the logit up
to which the rules, which were made on the other questions, refuse the most more of the written ones
rightly than wrongly, firm ones aside.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.extractive.absent import unmentioned_by_all
from assistant.extractive.answered import is_of_one_paper
from assistant.extractive.topic import is_foreign
from evals.engine_over import engine_over, found_for
from evals.fit_abstention import tuning_items
from evals.refusals import papers_of, titled
from evals.suite import Item, load_suite, shipped_file
from evals.verifier.watch import auroc
from evals.verifier.written import Abstracts, held_out_questions
from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.readers import Failure
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.02


class Asked(NamedTuple):
    """A question, and what the answerer weighs of it.

    `firmly`: it names what no paper does, or a firm rule has something against it; `foreign`: the
    best paper is far off; `ruled_out`: any rule has something against it.
    """

    answerable: bool
    of_one_paper: bool
    firmly: bool
    foreign: bool
    ruled_out: bool
    logit: float


def ask(items: Sequence[Item], papers: Iterable[Paper | Failure]) -> Iterator[Asked]:
    """The questions, asked of a library of those papers alone, but those that find nothing."""
    with engine_over(papers) as engine:
        extractive = engine.extractive
        for item in items:
            question, hits = found_for(engine, item)
            if not hits or not question.terms or question.about_record:
                continue
            reading = extractive.reading(question, hits)
            best = extractive.best_paper(question, hits, reading)
            yield Asked(
                item.answerable,
                is_of_one_paper(question),
                bool(unmentioned_by_all(question, reading.unknown, best))
                or extractive.firmly_against_it(question, best) is not None,
                is_foreign(best),
                extractive.against_it(question, best) is not None,
                extractive.logit(question, best),
            )


def fit(asked: Sequence[Asked], written: Sequence[Asked]) -> dict[str, float]:
    """Both logits, of all questions and of the written ones among them."""
    answerable = [o.logit for o in asked if o.answerable and o.of_one_paper]
    least = float(np.quantile(answerable, MAX_OVER_REFUSED))
    undecided = (o for o in written if o.ruled_out and not o.firmly and not o.foreign)
    ruled = sorted((o.logit, o.answerable) for o in undecided)
    gains = np.cumsum([-1 if right else 1 for _, right in ruled])
    surely = ruled[int(gains.argmax())][0]
    return {"least": round(least, 2), "surely": round(surely + 0.005, 2)}


def held_out_figures(written: Sequence[Asked], decision: dict[str, float]) -> str:
    """How the written questions fare, of which the rules knew nothing and the comparer no paper."""
    least, surely = decision["least"], decision["surely"]
    answerable = np.array([one.answerable for one in written])
    logits = np.array([one.logit for one in written])
    by_rules = np.array([o.firmly or o.ruled_out for o in written])
    refused = np.array(
        [
            o.firmly
            or (o.ruled_out and (o.logit < surely or o.foreign))
            or (o.of_one_paper and o.logit < least)
            for o in written
        ]
    )
    lines = [f"{len(written)} written questions, AUROC {auroc(answerable, logits):.3f}"]
    for name, no in (("rules alone", by_rules), ("with the comparer", refused)):
        lines.append(f"{name}: refused {no[answerable].mean():.3f} of the answerable ones,")
        lines.append(f"  {no[~answerable].mean():.3f} of the others")
    return "\n".join(lines)


def written_suite() -> tuple[list[Item], list[Paper]]:
    """The written questions that are held out, and their papers."""
    found = held_out_questions(Abstracts())
    items = [
        Item.model_validate(
            {
                "_id": line.id,
                "question": line.question,
                "kind": "fact",
                "split": "tune",
                "answerable": line.answerable,
                "why_not": None if line.answerable else "fact_absent",
                "papers": [{"title": abstract.title, "grade": 2}],
            }
        )
        for line, abstract in found
    ]
    return items, [*{a.title: titled(a.title, a.text) for _, a in found}.values()]


def main(page: Path, litsearch: Path) -> None:
    """Print the decision as JSON, and to standard error the figures of the held-out questions."""
    refusals = load_suite(shipped_file("refusals.jsonl"))
    written = list(ask(*written_suite()))
    asked = [*ask(refusals, papers_of(refusals, litsearch)), *written]
    asked += ask(tuning_items("papers-page"), read_papers([page]))
    asked += ask(tuning_items("sample"), read_papers([SAMPLE_FILE]))
    decision = fit(asked, written)
    sys.stderr.write(f"{held_out_figures(written, decision)}\n")
    json.dump(decision, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
