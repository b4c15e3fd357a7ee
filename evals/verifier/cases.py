"""Cases to tune and report on: claims with a source, and whether it bears them out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.suite import shipped_file
from evals.verifier.edits import EDITS, Context
from evals.verifier.lines import summary_labels
from evals.verifier.neighbours import nearest
from evals.verifier.rewrites import reworded
from evals.verifier.sources import DATA, Abstract, Part, claims, in_part, litsearch, scitldr
from evals.verifier.substitutes import Substitutes
from evals.verifier.thesaurus import Thesaurus
from evals.verifier.written import Abstracts, held_out_claims
from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.sample import SAMPLE_FILE
from ingest.text import sentences_of

Kind = Literal["number", "unit", "entity", "negation", "reversal", "comparative", "paraphrase"]
SEED = 11
_VOCABULARY = 6000


@dataclass(frozen=True)
class Case:
    """A claim about a paper; `kind` is the set's label or the kind of edit."""

    claim: str
    paper: Paper
    supported: bool
    kind: str


class Edited(BaseModel):
    """A line of `evals/suites/edits.jsonl`: a claim about a sample paper, true or changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(alias="_id")
    title: str
    claim: str
    kind: Kind
    supported: bool


class DevelopmentEdit(BaseModel):
    """A line of `evals/suites/edits-development.jsonl`: a claim about an abstract of LitSearch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(alias="_id")
    paper: str
    claim: str
    kind: Kind
    supported: bool


def labelled(name: str, part: Part, limit: int, data: Path = DATA) -> list[Case]:
    """A set of labelled claims, at most `limit` of them, drawn by a fixed seed.

    Titles are left out: those of CovidFact are often the claim itself.
    """
    rows = [c for c in claims(name, data) if c.part == part]
    chosen = random.Random(SEED).sample(rows, min(limit, len(rows)))
    return [
        Case(c.claim, Paper(id=str(n), title="", abstract=c.source), c.supported, c.label)
        for n, c in enumerate(chosen)
    ]


def summaries(part: Part, data: Path = DATA) -> list[Case]:
    """SciTLDR: each abstract with its own summary, and one of the nearest other, which is false.

    The own one is true if a reading of both found all of it in the abstract (`summary_labels`).
    """
    items = in_part(scitldr(data), part)
    near = nearest([a.text for a in items], [a.text for a in items], 1)
    labels = summary_labels()
    made = []
    for item, (other,) in zip(items, near, strict=True):
        paper = Paper(id=item.id, title=item.title, abstract=item.text)
        founded = labels[item.id]
        kind = "own summary" if founded else "own summary that says more"
        made.append(Case(item.summaries[0], paper, founded, kind))
        made.append(Case(items[other].summaries[0], paper, False, "other summary"))
    return made


def scripted(part: Part, each: int, data: Path = DATA) -> list[Case]:
    """Sentences of abstracts: as many edits of each kind as asked for, and twice that of rewordings
    that stay true.
    """
    abstracts = litsearch(data)
    rng = random.Random(SEED)
    vocabulary = Substitutes(a.text for a in in_part(abstracts, "train")[:_VOCABULARY])
    thesaurus = Thesaurus()
    items = in_part(abstracts, part)
    rng.shuffle(items)
    near = nearest([a.text for a in items], [a.text for a in items], 3)
    wanted = dict.fromkeys(EDITS, each)
    made: list[Case] = []
    for item, found in zip(items, near, strict=True):
        if not any(wanted.values()):
            break
        foreign = [s for n in found for s in sentences_of(items[n].text)]
        context = Context(f"{item.title}. {item.text}", foreign, thesaurus, vocabulary)
        made += _one_edit(item, context, wanted, rng)
    for item in items[: 2 * each]:
        text = rng.choice(sentences_of(item.text) or [item.title])
        made.append(Case(reworded(text, rng, 2), _paper(item), True, "reworded"))
    return made


def written(data: Path = DATA) -> list[Case]:
    """The written claims that no model was trained on; for tuning."""
    return [
        Case(c.claim, _paper(a), c.supported, c.kind) for c, a in held_out_claims(Abstracts(data))
    ]


def by_hand(part: Part | None = None) -> list[Case]:
    """The shipped edits over the sample papers; every other one is for tuning, the rest to test."""
    read = read_papers([SAMPLE_FILE])
    papers = {paper.title: paper for paper in read if isinstance(paper, Paper)}
    lines = shipped_file("edits.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [Edited.model_validate_json(line) for line in lines]
    made = [Case(r.claim, papers[r.title], r.supported, r.kind) for r in rows]
    return made if part is None else made[0 if part == "tune" else 1 :: 2]


def development(data: Path = DATA) -> list[Case]:
    """The shipped edits over abstracts of LitSearch's tuning part; never reported as a result."""
    papers = {item.id: _paper(item) for item in in_part(litsearch(data), "tune")}
    lines = shipped_file("edits-development.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [DevelopmentEdit.model_validate_json(line) for line in lines]
    return [Case(r.claim, papers[r.paper], r.supported, r.kind) for r in rows]


def _one_edit(
    item: Abstract, context: Context, wanted: dict[str, int], rng: random.Random
) -> Iterator[Case]:
    """An edit of the abstract of the first kind that is still wanted and fits one of its sentences.

    The rarest kinds are tried first.
    """
    for kind in sorted(wanted, key=lambda k: -wanted[k]):
        sentences = [s for s in sentences_of(item.text) if len(s) > 40]
        for text in rng.sample(sentences, len(sentences)) if wanted[kind] else ():
            made = EDITS[kind](text, context, rng)
            if made and made.text not in item.text:
                wanted[kind] -= 1
                yield Case(made.text, _paper(item), False, kind)
                return


def _paper(item: Abstract) -> Paper:
    return Paper(id=item.id, title=item.title, abstract=item.text)
