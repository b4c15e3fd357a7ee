"""Makes training pairs: `python -m evals.verifier.data OUT.npz [--seed N] [--scale X] [--written]`.

Every abstract gives a true statement, worded anew or not, and a false one over the same window, so
that only what is said tells them apart. Written questions and claims (`written.py`) go beside some
of these pairs, and the script's own questions are left out then.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.verifier.answerable import asked_by_script, asked_of_trials, question_pairs
from evals.verifier.edits import EDITS, Context, Edit
from evals.verifier.form import form_logits
from evals.verifier.neighbours import nearest
from evals.verifier.pairs import Pair, save_pairs, window_for, window_of
from evals.verifier.phrases import PHRASE_EDITS, core
from evals.verifier.rewrites import respelled, reworded
from evals.verifier.sources import (
    Abstract,
    Claim,
    claims,
    in_part,
    litsearch,
    pubmedqa,
    scifact_abstracts,
    scitldr,
)
from evals.verifier.substitutes import Substitutes
from evals.verifier.thesaurus import Thesaurus
from evals.verifier.written import Abstracts, written_pairs
from ingest.text import sentences_of

WEIGHTS = {
    "number": 8, "unit": 1, "entity": 4, "exchange": 3, "word": 4, "negation": 3, "reversal": 2.5,
    "quantity": 2, "detail": 2, "joined": 1.5, "renamed": 1, "swapped": 4, "replaced": 4, "head": 2,
    "invented": 4, "unnegated": 2,
}  # fmt: skip
WAYS = {**EDITS, **PHRASE_EDITS}
NARROW = 2
_POOL = 3000


class Maker:
    """Makes pairs from abstracts and their neighbours, by one seeded generator."""

    def __init__(self, corpus: Sequence[Abstract], rng: random.Random) -> None:
        self.rng = rng
        self.thesaurus = Thesaurus()
        self.substitutes = Substitutes(a.text for a in corpus)
        drawn = rng.sample(list(corpus), min(_POOL, len(corpus)))
        self.elsewhere = [rng.choice(sentences_of(a.text)) for a in drawn]

    def around(self, abstract: Abstract, near: Sequence[Abstract]) -> Iterator[Pair]:
        """Pairs over one abstract: a sentence true and false, and a neighbour's sentence."""
        sentences = sentences_of(abstract.text)
        foreign = [s for other in near for s in sentences_of(other.text) if len(s) > 40]
        usable = [s for s in sentences if 40 <= len(s) <= 400]
        if not usable:
            return
        said = self.rng.choice(usable)
        title = abstract.title if self.rng.random() < 0.5 else ""
        yield from self.true_and_false(said, sentences, foreign, abstract, title)
        if foreign and self.rng.random() < 0.25:
            other = self._worded(self.rng.choice(foreign))
            yield Pair("neighbour", other, _narrow(other, sentences, title), False)

    def titles(self, abstract: Abstract, near: Sequence[Abstract]) -> Iterator[Pair]:
        """The title as a claim about the abstract, true, edited, or a neighbour's."""
        sentences = sentences_of(abstract.text)
        foreign = [other.title for other in near]
        if len(abstract.title) < 25:
            return
        yield from self.true_and_false(abstract.title, sentences, foreign, abstract, "", plain=True)
        if self.rng.random() < 0.6 and near:
            other = near[0].title
            yield Pair("other-title", other, _narrow(other, sentences), False)

    def true_and_false(
        self,
        said: str,
        sentences: Sequence[str],
        foreign: Sequence[str],
        abstract: Abstract,
        title: str,
        plain: bool = False,
    ) -> Iterator[Pair]:
        """A statement that holds, and one edited so that it does not."""
        true = said if plain and self.rng.random() < 0.6 else self._worded(said)
        kind = "title" if plain and not title else "true"
        yield Pair(kind, true, _narrow(true, sentences, title), True, ())
        base = self._worded(said) if self.rng.random() < 0.6 else said
        edit = self.edited(base, f"{abstract.title}. {abstract.text}", foreign)
        if edit:
            window = _narrow(edit.text, sentences, title)
            yield Pair(edit.kind, edit.text, window, False, edit.spans)

    def edited(self, text: str, source: str, foreign: Sequence[str]) -> Edit | None:
        """One edit of a kind drawn by weight, of those that fit the text."""
        context = self.context(source, foreign)
        kinds = list(WEIGHTS)
        for _ in range(8):
            kind = self.rng.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
            made = WAYS[kind](text, context, self.rng)
            if made and made.text.strip() and made.text not in source:
                return made
        return None

    def context(self, source: str, foreign: Sequence[str]) -> Context:
        """What edits of a sentence draw on."""
        elsewhere = self.rng.sample(self.elsewhere, min(4, len(self.elsewhere)))
        return Context(source, foreign, self.thesaurus, self.substitutes, elsewhere)

    def asked(self, abstract: Abstract, near: Sequence[Abstract]) -> Iterator[Pair]:
        """Questions of an abstract, answered in it or not."""
        foreign = [s for other in near for s in sentences_of(other.text) if len(s) > 40]
        context = self.context(f"{abstract.title}. {abstract.text}", foreign)
        yield from question_pairs(abstract, near, context, self.rng)

    def _worded(self, text: str) -> str:
        steps = self.rng.choice((0, 1, 1, 2, 2, 3))
        if self.rng.random() < 0.25:
            text = core(text, self.rng) or text
        text = reworded(text, self.rng, steps)
        if self.rng.random() < 0.2:
            text = respelled(text, self.thesaurus, self.substitutes.count) or text
        return text


def summary_pairs(maker: Maker, items: Sequence[Abstract]) -> Iterator[Pair]:
    """Human summaries: of their own abstract true; edited, or of a near abstract, false."""
    near = nearest([a.text for a in items], [a.text for a in items], 4)
    for item, found in zip(items, near, strict=True):
        sentences = sentences_of(item.text)
        others = [items[n] for n in found]
        foreign = [s for o in others for s in (*o.summaries, *sentences_of(o.text))]
        for summary in item.summaries:
            if len(summary) < 25:
                continue
            title = item.title if maker.rng.random() < 0.3 else ""
            yield Pair("summary", summary, window_of(summary, sentences, title), True, ())
            edit = maker.edited(summary, f"{item.title}. {item.text}", foreign)
            if edit:
                window = _narrow(edit.text, sentences, title)
                yield Pair(f"summary-{edit.kind}", edit.text, window, False, edit.spans)
        if maker.rng.random() < 0.5:
            other = maker.rng.choice(others).summaries[0]
            yield Pair("other-summary", other, _narrow(other, sentences), False)


def claim_pairs(maker: Maker, name: str) -> Iterator[Pair]:
    """Labelled claims; supported ones also edited, and held against near sources."""
    rows = [c for c in claims(name) if c.part == "train"]
    near = nearest([c.claim for c in rows], [c.source for c in rows], 6, skip_self=False)
    for row, found in zip(rows, near, strict=True):
        wrong = () if row.supported else None
        yield Pair(f"{name}-{row.label}", row.claim, _window(row.claim, row), row.supported, wrong)
        others = [rows[n] for n in found if rows[n].claim_id != row.claim_id]
        others = [o for o in others if o.source != row.source]
        if row.supported and others:
            edit = maker.edited(row.claim, row.source, [o.claim for o in others])
            if edit:
                window = _window(edit.text, row)
                yield Pair(f"{name}-{edit.kind}", edit.text, window, False, edit.spans)
        if others and name == "scifact" and maker.rng.random() < 0.5:
            other = maker.rng.choice(others[:3])
            yield Pair(f"{name}-other", row.claim, _window(row.claim, other), False)


def conclusion_pairs(maker: Maker) -> Iterator[Pair]:
    """PubMedQA: an abstract's own conclusion true; edited, or of a near abstract, false."""
    rows = [row for row, part in pubmedqa() if part == "train"]
    near = nearest([r["source"] for r in rows], [r["source"] for r in rows], 3)
    for row, found in zip(rows, near, strict=True):
        first = sentences_of(row["long_answer"])[0]
        yield Pair("conclusion", first, window_for(first, row["source"]), True, ())
        other = rows[int(found[0])]
        foreign = sentences_of(other["long_answer"])
        edit = maker.edited(first, row["source"], foreign)
        if edit:
            window = window_for(edit.text, row["source"])
            yield Pair(f"conclusion-{edit.kind}", edit.text, window, False, edit.spans)
        yield from asked_of_trials(row, other["source"], maker.rng)
        if maker.rng.random() < 0.5:
            yield Pair("other-conclusion", foreign[0], window_for(foreign[0], row["source"]), False)


def make_pairs(seed: int, scale: float) -> list[Pair]:
    """All pairs, shuffled; `scale` multiplies the share that comes from unlabelled abstracts."""
    rng = random.Random(seed)
    papers, medical = in_part(litsearch(), "train"), in_part(scifact_abstracts(), "train")
    maker = Maker([*papers, *medical], rng)
    made: list[Pair] = []
    for corpus, count in ((papers, 9000), (medical, 3000)):
        chosen = rng.sample(range(len(corpus)), min(len(corpus), int(count * scale)))
        near = nearest([corpus[n].text for n in chosen], [a.text for a in corpus], 4)
        for number, found in zip(chosen, near, strict=True):
            others = [corpus[n] for n in found]
            made += maker.around(corpus[number], others)
            if rng.random() < 0.4:
                made += maker.titles(corpus[number], others)
            if rng.random() < 0.7:
                made += maker.asked(corpus[number], others)
    summaries = in_part(scitldr(), "train")
    made += summary_pairs(maker, summaries)
    made += conclusion_pairs(maker)
    for _ in range(2):
        made += claim_pairs(maker, "wice")
    for _ in range(3):
        made += claim_pairs(maker, "scifact")
    rng.shuffle(made)
    return made


def beside_written(scripted: Sequence[Pair], limit: int | None) -> list[Pair]:
    """At most `limit` scripted pairs that are no questions, and all written ones."""
    kept = [pair for pair in scripted if not asked_by_script(pair)]
    return [*kept[:limit], *written_pairs(Abstracts())]


def _narrow(claim: str, sentences: Sequence[str], title: str = "") -> tuple[str, ...]:
    return window_of(claim, sentences, title, limit=NARROW)


def _window(claim: str, row: Claim) -> tuple[str, ...]:
    return window_for(claim, row.source)


def main() -> None:
    """Make the pairs and say how many of each kind there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--written", action="store_true", help="written questions and claims too")
    parser.add_argument("--scripted", type=int, help="at most so many scripted pairs beside them")
    arguments = parser.parse_args()
    pairs = make_pairs(arguments.seed, arguments.scale)
    if arguments.written:
        pairs = beside_written(pairs, arguments.scripted)
    save_pairs(pairs, form_logits(pairs), arguments.out)
    for (origin, kind), count in sorted(Counter((p.origin, p.kind) for p in pairs).items()):
        print(f"{count:7} {origin} {kind}")


if __name__ == "__main__":
    main()
