"""Fits the extractive answerer's calibration: `python -m evals.fit_abstention PAGE LITSEARCH`.

PAGE is the saved Papers page, LITSEARCH the folder with LitSearch's abstracts. Three logistic
regressions on the tuning halves of both shipped suites and of the further unanswerable questions:
does a sentence of a right paper state a fact that is asked for (features of
`assistant.extractive.passages`), does a paper bear on a question (graded papers), and is the
question answered (features of `assistant.extractive.evidence`). The last is fitted on
`refusals.jsonl` too, and not on false premises: their evidence is as good as any, and the rules of
`assistant.extractive.premise` find them. Its threshold is the largest that, with those rules and
the ones of `assistant.extractive.absent`, refuses at most 2 % of the answerable questions of the
tuning halves out of fold; a question that both suites ask is in one fold.
The ranking of passages feeds the others: run it twice after a change to a passage's features.
"""

import gzip
import json
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant import Settings
from assistant.extractive.absent import plainly_absent
from assistant.extractive.answerer import is_far
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import Question, analyse
from assistant.followup import standalone_question
from assistant.opening import open_engine
from evals.metrics.correctness import fact_recall
from evals.suite import Item, SuiteName, load_suite, shipped_file, shipped_suite
from ingest.pipeline import ingest_records, read_papers
from ingest.sample import SAMPLE_FILE

MAX_OVER_REFUSED = 0.02
LISTED_FROM = 0.3
_STRENGTH = 0.03


@dataclass(frozen=True)
class Measured:
    """A question as it was searched for, its evidence, and the words that no paper holds.

    `against` tells of each paper whether it stands against what the question takes for granted.
    """

    item: Item
    question: Question
    evidence: list[Evidence]
    unknown: tuple[str, ...]
    against: tuple[bool, ...]

    def is_ruled_out(self, best: int) -> bool:
        """Whether a rule refuses the question by that paper, whatever the probability."""
        evidence = self.evidence[best]
        absent = bool(plainly_absent(self.question, self.unknown, evidence))
        return absent or self.against[best] or is_far(self.question, evidence)


def tuning_items(name: SuiteName) -> list[Item]:
    """The tuning half of a suite and of its further unanswerable questions."""
    files = (shipped_suite(name), shipped_file(f"{name}-unanswerable.jsonl"))
    return [item for file in files for item in load_suite(file, "tune")]


def papers_of(items: Sequence[Item], litsearch: Path) -> list[dict[str, str]]:
    """Title and abstract of the items' papers, from LitSearch's folder."""
    wanted = {paper.title for item in items for paper in item.papers}
    with gzip.open(litsearch / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = {d["title"]: d["text"] for d in map(json.loads, lines) if d["title"] in wanted}
    return [{"title": title, "abstract": text} for title, text in documents.items()]


def measure_refusals(litsearch: Path) -> list[Measured]:
    """The questions of `refusals.jsonl`, but for false premises, over the papers they name."""
    items = load_suite(shipped_file("refusals.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "papers.jsonl"
        lines = (json.dumps(paper) + "\n" for paper in papers_of(items, litsearch))
        papers.write_text("".join(lines), encoding="utf-8")
        return measure([item for item in items if item.why_not != "false_premise"], papers)


def measure(items: Sequence[Item], papers: Path) -> list[Measured]:
    """Evidence of every retrieved paper for every question."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library={"path": Path(folder) / "library"})
        ingest_records(read_papers([papers]), settings.library, settings.embedding)
        engine = open_engine(settings)
        measured = []
        for item in items:
            text = standalone_question(item.question, item.history)
            hits = engine.search.search(text, settings.retrieval.sources).hits
            reading = engine.extractive.reading(analyse(text), hits)
            against = tuple(engine.extractive.against(analyse(text), hit.paper) for hit in hits)
            asked, found = analyse(text), reading.all()
            measured.append(
                Measured(item, asked, found, reading.unknown, tuple(map(bool, against)))
            )
        engine.close()
    return measured


def fit_passage(measured: Sequence[Measured]) -> LogisticRegression:
    """Which sentences of the right papers state a fact that the question asks for."""
    rows, labels = [], []
    for one in measured:
        for evidence in one.evidence:
            if evidence.hit.paper.id in one.item.gold_ids and one.item.facts:
                rows += [p.features(one.question) for p in evidence.passages]
                labels += [bool(fact_recall(p.text, one.item.facts)) for p in evidence.passages]
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_relevance(measured: Sequence[Measured]) -> LogisticRegression:
    """Which retrieved papers are graded, over the answerable questions."""
    rows, labels = [], []
    for one in measured:
        graded = {paper.paper_id for paper in one.item.papers}
        for evidence in one.evidence if one.item.answerable else []:
            rows.append(evidence.features())
            labels.append(evidence.hit.paper.id in graded)
    return LogisticRegression(max_iter=5000).fit(np.array(rows), labels)


def fit_answerable(
    measured: Sequence[Measured], relevance: LogisticRegression, tuning: Collection[str]
) -> tuple[LogisticRegression, float]:
    """Which questions are answerable, by their best paper; the model and its threshold.

    `tuning` are the ids of the items that the threshold is read from.
    """
    asked = [one for one in measured if one.evidence and one.item.why_not != "false_premise"]
    best = [_best(one.evidence, relevance) for one in asked]
    rows = np.array([one.evidence[n].features() for one, n in zip(asked, best, strict=True)])
    labels = np.array([one.item.answerable for one in asked])
    ruled_out = np.array([o.is_ruled_out(n) for o, n in zip(asked, best, strict=True)])
    scale = rows.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=5000, C=_STRENGTH)
    groups = [one.item.question for one in asked]
    chances = cross_val_predict(
        model, rows / scale, labels, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    told = labels & np.array([one.item.id in tuning for one in asked])
    threshold = float(np.quantile(np.where(ruled_out, 0, chances)[told], MAX_OVER_REFUSED))
    model.fit(rows / scale, labels)
    model.coef_ /= scale
    return model, threshold


def _best(evidence: Sequence[Evidence], relevance: LogisticRegression) -> int:
    rows = np.array([one.features() for one in evidence])
    return int(relevance.predict_proba(rows)[:, 1].argmax())


def _fields(model: LogisticRegression, threshold: float) -> dict[str, object]:
    return {
        "weights": [round(float(w), 4) for w in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }


def main(page: Path, litsearch: Path) -> None:
    """Print the calibration as JSON."""
    measured = measure(tuning_items("papers-page"), page)
    measured += measure(tuning_items("sample"), SAMPLE_FILE)
    relevance = fit_relevance(measured)
    tuning = {one.item.id for one in measured}
    answerable, threshold = fit_answerable(
        [*measured, *measure_refusals(litsearch)], relevance, tuning
    )
    calibration = {
        "passage": _fields(fit_passage(measured), 0.5),
        "relevant": _fields(relevance, LISTED_FROM),
        "answerable": _fields(answerable, threshold),
    }
    json.dump(calibration, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
