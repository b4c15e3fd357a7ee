"""Written questions over other sentences than the six nearest of their abstract.

The sentence of the answer alone still answers a question, and all others do not: the same words
with either label, so that nothing but the abstract tells them apart, as in SQuAD's sentences
without the answer (Jia and Liang 2017 show what a reader does that never saw such). The answerer
reads single sentences too, to choose what is quoted and to weigh whether anything answers. Nor does
the abstract that comes nearest to a paper answer what is asked of that paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.extractive.answered import SENTENCES
from assistant.verification.windows import choose, with_title
from evals.verifier.lines import WrittenQuestion
from evals.verifier.neighbours import nearest
from evals.verifier.pairs import Pair
from evals.verifier.sources import Abstract
from ingest.text import Span, split_sentences

_ONE_IN = 4


def narrowed(line: WrittenQuestion, abstract: Abstract, pair: Pair) -> Iterator[Pair]:
    """`pair` over one sentence alone, and, of an answered question, over those without the answer.

    Nothing for a question that the title answers.
    """
    spans = split_sentences(abstract.text)
    if line.answerable and line.at is None:
        return
    holding = [n for n, span in enumerate(spans) if _holds(span, line.at)]
    near = holding or choose(line.question, _texts(abstract, spans), 1)
    alone = _over(pair, abstract, [spans[n] for n in near], "alone")
    yield replace(alone, twin=pair.twin and f"{pair.twin}-alone")
    rest = [span for n, span in enumerate(spans) if n not in holding]
    if line.answerable and rest:
        chosen = choose(line.question, _texts(abstract, rest), SENTENCES)
        yield _unanswered(_over(pair, abstract, [rest[n] for n in chosen], "without"))


def elsewhere(asked: Sequence[tuple[WrittenQuestion, Abstract, Pair]]) -> Iterator[Pair]:
    """Every fourth answered question over the abstract that is nearest to its own."""
    chosen = [one for one in asked if one[0].answerable][::_ONE_IN]
    near = list({abstract.id: abstract for _, abstract, _ in asked}.values())
    found = nearest([abstract.text for _, abstract, _ in chosen], [a.text for a in near], 1)
    for (line, _, pair), (number,) in zip(chosen, found, strict=True):
        spans = split_sentences(near[number].text)
        held = [spans[n] for n in choose(line.question, _texts(near[number], spans), SENTENCES)]
        yield _unanswered(_over(pair, near[number], held, "elsewhere"))


def _unanswered(pair: Pair) -> Pair:
    return replace(pair, supported=False, wrong=None, answer=tuple(() for _ in pair.window))


def _over(pair: Pair, abstract: Abstract, spans: Sequence[Span], name: str) -> Pair:
    window = tuple(with_title(abstract.title, _texts(abstract, spans)))
    kind = f"{pair.kind}-{name}"
    return replace(pair, kind=kind, window=window, answer=None, origin="narrowed", twin="")


def _texts(abstract: Abstract, spans: Sequence[Span]) -> list[str]:
    return [abstract.text[span.start : span.end] for span in spans]


def _holds(span: Span, at: Span | None) -> bool:
    return at is not None and span.start < at.end and at.start < span.end
