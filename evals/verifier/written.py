"""Pairs of questions and claims that were written by hand with abstracts of the public sets.

Those in training are about abstracts of training parts alone: `sources.py` moves SciTLDR's there,
and what is about other held-out abstracts is left out here.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.extractive.answered import SENTENCES
from assistant.verification.windows import choose, with_title
from evals.errors import DatasetError
from evals.verifier.lines import (
    ABSENT,
    Line,
    SetName,
    SummaryEdit,
    WrittenClaim,
    WrittenQuestion,
    claim_lines,
    question_lines,
    summary_edits,
)
from evals.verifier.narrowed import elsewhere, narrowed
from evals.verifier.pairs import Pair
from evals.verifier.sources import DATA, Abstract, litsearch, scifact_abstracts, scitldr
from evals.verifier.twins import twinned
from ingest.text import Span, split_sentences

CLAIM_SENTENCES = 3
_WORD = re.compile(r"\w+")


class Abstracts:
    """The abstracts of the three sets, by set and id."""

    def __init__(self, data: Path = DATA) -> None:
        sets: dict[SetName, list[Abstract]] = {
            "scitldr": scitldr(data),
            "litsearch": litsearch(data),
            "scifact": scifact_abstracts(data),
        }
        self._found = {(name, a.id): a for name, items in sets.items() for a in items}
        self._measured = {_plain(a.title) for a in self._found.values() if a.part != "train"}

    def of(self, line: Line) -> Abstract:
        """The abstract that a line is about; DatasetError where the set lacks it."""
        if (line.origin, line.paper) not in self._found:
            raise DatasetError(f"{line.place}: {line.origin} has no abstract {line.paper!r}")
        return self._found[line.origin, line.paper]

    def trains(self, line: Line) -> bool:
        """Whether it may be trained on: neither it nor its paper, in any set, is held out."""
        paper = self.of(line)
        unseen = paper.part == "train" and _plain(paper.title) not in self._measured
        return unseen and not line.held_out


def training_questions(abstracts: Abstracts) -> list[tuple[WrittenQuestion, Abstract]]:
    """The questions that are trained on, each with its abstract."""
    return [(q, abstracts.of(q)) for q in question_lines() if abstracts.trains(q)]


def held_out_questions(abstracts: Abstracts) -> list[tuple[WrittenQuestion, Abstract]]:
    """The questions that are never trained on, to watch and to fit decisions on."""
    return [(q, abstracts.of(q)) for q in question_lines() if q.held_out]


def training_claims(abstracts: Abstracts) -> list[tuple[WrittenClaim, Abstract]]:
    """The claims that are trained on, each with its abstract."""
    return [(c, abstracts.of(c)) for c in claim_lines() if abstracts.trains(c)]


def held_out_claims(abstracts: Abstracts) -> list[tuple[WrittenClaim, Abstract]]:
    """The claims that are never trained on, to watch and to fit decisions on."""
    return [(c, abstracts.of(c)) for c in claim_lines() if c.held_out]


def training_edits(abstracts: Abstracts) -> list[tuple[SummaryEdit, Abstract]]:
    """The edits of summaries that are trained on, each with its abstract."""
    return [(e, abstracts.of(e)) for e in summary_edits() if abstracts.trains(e)]


def written_pairs(abstracts: Abstracts) -> Iterator[Pair]:
    """Pairs of all lines that are trained on, and of those held out."""
    trained = twinned([(q, a, question_pair(q, a)) for q, a in training_questions(abstracts)])
    held_out = twinned([(q, a, question_pair(q, a)) for q, a in held_out_questions(abstracts)])
    for question, abstract, pair in (*trained, *held_out):
        yield pair
        yield from narrowed(question, abstract, pair)
    yield from elsewhere(trained)
    told = [
        (c, a, claim_pair(c, a))
        for c, a in (*training_claims(abstracts), *held_out_claims(abstracts))
    ]
    yield from (pair for _, _, pair in twinned(told))
    for edit, abstract in training_edits(abstracts):
        yield from edited_pairs(edit, abstract)


def question_pair(line: WrittenQuestion, abstract: Abstract) -> Pair:
    """A question over title and sentences, with its answer's place where one is known.

    Nothing is wrong with an answerable question. Which word of another is wrong is not known, and
    what contradicts its premise is neither an answer nor surely none.
    """
    spans = _chosen(line.question, abstract, SENTENCES)
    answer = None
    if line.answerable or line.kind in ABSENT:
        answer = _answer(line, abstract, spans)
    return Pair(
        line.kind,
        line.question,
        _window(abstract, spans),
        line.answerable,
        () if line.answerable else None,
        answer,
        origin="question",
        about=f"{line.origin}:{line.paper}",
        held_out=line.held_out,
    )


def claim_pair(line: WrittenClaim, abstract: Abstract) -> Pair:
    """A claim over title and sentences, with its wrong piece."""
    spans = _chosen(line.claim, abstract, CLAIM_SENTENCES)
    at = line.claim.find(line.wrong)
    return Pair(
        line.kind,
        line.claim,
        _window(abstract, spans),
        line.supported,
        () if line.supported else (Span(at, at + len(line.wrong)),),
        origin="claim",
        about=f"{line.origin}:{line.paper}",
        held_out=line.held_out,
    )


def edited_pairs(edit: SummaryEdit, abstract: Abstract) -> Iterator[Pair]:
    """A summary as its people wrote it, and with the edit made, each over its own sentences."""
    summary = abstract.summaries[0]
    wrong = Span(edit.at.start, edit.at.start + len(edit.instead))
    for kind, claim, marked in (
        ("summary", summary, ()),
        (edit.kind, edit.applied(summary), (wrong,)),
    ):
        yield Pair(
            kind,
            claim,
            _window(abstract, _chosen(claim, abstract, CLAIM_SENTENCES)),
            not marked,
            marked,
            origin="claim",
            about=f"{edit.origin}:{edit.paper}",
            twin=edit.id,
        )


def _chosen(text: str, abstract: Abstract, limit: int) -> list[Span]:
    spans = split_sentences(abstract.text)
    return [spans[n] for n in choose(text, [abstract.text[s.start : s.end] for s in spans], limit)]


def _window(abstract: Abstract, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(with_title(abstract.title, [abstract.text[s.start : s.end] for s in spans]))


def _answer(
    line: WrittenQuestion, abstract: Abstract, spans: Sequence[Span]
) -> tuple[tuple[Span, ...], ...]:
    """What of the title and of each sentence is the answer; nothing where it is absent."""
    title = [Span(0, len(abstract.title))] if line.answerable and line.at is None else []
    lead = [tuple(title)] if abstract.title.strip() else []
    return (*lead, *(_within(line.at, span) for span in spans))


def _within(at: Span | None, span: Span) -> tuple[Span, ...]:
    """The part of a span of the abstract that lies in a sentence, counted from its start."""
    if at is None or at.start >= span.end or at.end <= span.start:
        return ()
    return (Span(max(at.start, span.start) - span.start, min(at.end, span.end) - span.start),)


def _plain(title: str) -> str:
    return " ".join(_WORD.findall(title.lower()))
