"""Fits `assistant/extractive/answered.json`: `python -m evals.fit_answered PAGE LITSEARCH`.

PAGE is the saved Papers page, LITSEARCH the folder with LitSearch's abstracts. On the written
questions that the comparer was not trained on, asked of a library of their own papers, a logistic
regression weighs what tells of an answer; its threshold is what 3 % of the answerable questions of
one paper stay below. The rules were made on `refusals.jsonl` and on the tuning halves of both
shipped suites, where they flatter, so that those only tell how the decision fares. It is of the
best paper; that the answerer reads on in others before it refuses is not in these figures.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.extractive.absent import unmentioned_by_all
from assistant.extractive.answered import Told
from assistant.extractive.decision import Logistic
from assistant.extractive.subject import of_paper
from assistant.extractive.topic import is_foreign
from evals.engine_over import engine_over, found_for
from evals.fit_abstention import tuning_items
from evals.refusals import papers_of, titled
from evals.suite import Item, WhyNot, load_suite, shipped_file
from evals.verifier.lines import ABSENT, OFF_TOPIC
from evals.verifier.watch import auroc
from evals.verifier.written import Abstracts, held_out_questions
from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.readers import Failure
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.03
_STRENGTH = 1.0


class Asked(NamedTuple):
    """A question, and what the answerer weighs of it.

    `decided` tells that it is refused whatever the comparer says: it names what no paper does, a
    firm rule is against it, or anything is and the best paper is far off.
    """

    answerable: bool
    of_one_paper: bool
    decided: bool
    told: Told

    def refused(self, decision: Logistic) -> bool:
        """Whether it is refused by that decision."""
        below = decision.probability(self.told.features()) < decision.threshold
        return self.decided or (below and (self.of_one_paper or self.told.ruled))


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
            question = of_paper(question, best.hit.paper, extractive.library.lexical)
            against = extractive.against_it(question, best)
            yield Asked(
                item.answerable,
                extractive.of_one_paper(question, best, reading),
                bool(unmentioned_by_all(question, reading.unknown, best))
                or (against is not None and (against.firm or is_foreign(best))),
                extractive.told(question, best, against),
            )


def fit(asked: Sequence[Asked]) -> Logistic:
    """A logistic regression over what is not decided otherwise, and its threshold."""
    left = [one for one in asked if not one.decided]
    features = [one.told.features() for one in left]
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(features, [one.answerable for one in left])
    chances = model.predict_proba(features)[:, 1]
    single = np.array([one.answerable and one.of_one_paper for one in left])
    return Logistic(
        weights=tuple(round(float(weight), 3) for weight in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 3),
        threshold=round(float(np.quantile(chances[single], MAX_OVER_REFUSED)), 3),
    )


def figures(name: str, asked: Sequence[Asked], decision: Logistic) -> str:
    """How the questions of a set fare."""
    answerable = np.array([one.answerable for one in asked])
    refused = np.array([one.refused(decision) for one in asked])
    told = auroc(answerable, np.array([one.told.whole for one in asked]))
    return (
        f"{name}: {len(asked)} questions, AUROC of the comparer {told:.3f}; refused"
        f" {refused[answerable].mean():.3f} of the answerable ones,"
        f" {refused[~answerable].mean():.3f} of the others"
    )


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
                "why_not": None if line.answerable else why_not(line.kind),
                "papers": [{"title": abstract.title, "grade": 2}],
            }
        )
        for line, abstract in found
    ]
    return items, [*{a.title: titled(a.title, a.text) for _, a in found}.values()]


def why_not(kind: str) -> WhyNot:
    """What a suite calls the kind of a written question that is not answered."""
    if kind == OFF_TOPIC:
        return "off_topic"
    return "fact_absent" if kind in ABSENT else "false_premise"


def main(page: Path, litsearch: Path) -> None:
    """Print the decision as JSON, and to standard error how each set fares."""
    refusals = load_suite(shipped_file("refusals.jsonl"))
    written = list(ask(*written_suite()))
    decision = fit(written)
    sets = {
        "written, held out": written,
        "refusals": list(ask(refusals, papers_of(refusals, litsearch))),
        "papers-page, tuning half": list(ask(tuning_items("papers-page"), read_papers([page]))),
        "sample, tuning half": list(ask(tuning_items("sample"), read_papers([SAMPLE_FILE]))),
    }
    for name, asked in sets.items():
        sys.stderr.write(f"{figures(name, asked, decision)}\n")
    json.dump(decision.model_dump(), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
