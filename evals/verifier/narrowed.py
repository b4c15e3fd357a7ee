"""Written questions over other sentences than the six nearest of their abstract.

The sentence of the answer alone still answers a question, and all others do not, together or the
nearest of them alone: the same words with either label, so that nothing but the abstract tells them
apart, as in SQuAD's sentences without the answer (Jia and Liang 2017 show what a reader does that
never saw such). The answerer reads single sentences too, to choose what is quoted and to weigh
whether anything answers. Nor does the abstract that comes nearest to a paper answer what is asked
of that paper, nor a sentence of it or of one that is far off.
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

OVER_OTHER = ("alone", "without", "beside")
"""What `narrowed` calls the pairs that it makes of an answered question, in that order."""
_ONE_IN = 4


def narrowed(line: WrittenQuestion, abstract: Abstract, pair: Pair) -> Iterator[Pair]:
    """`pair` over one sentence alone, and, of an answered question, over what is not the answer.

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
        for name, most in (("without", SENTENCES), ("beside", 1)):
            yield _unanswered(_nearest(line, pair, abstract, rest, most, name))


def elsewhere(asked: Sequence[tuple[WrittenQuestion, Abstract, Pair]]) -> Iterator[Pair]:
    """Every fourth answered question over the abstract that is nearest to its own.

    And over one sentence of that, and over one of an abstract that is picked for nothing.
    """
    chosen = [one for one in asked if one[0].answerable][::_ONE_IN]
    others = list({abstract.id: abstract for _, abstract, _ in asked}.values())
    found = nearest([abstract.text for _, abstract, _ in chosen], [a.text for a in others], 1)
    for (line, _, pair), (number,) in zip(chosen, found, strict=True):
        near, far = others[number], others[number - len(others) // 2]
        over = (near, SENTENCES, "elsewhere"), (near, 1, "near"), (far, 1, "far")
        for other, most, name in over:
            spans = split_sentences(other.text)
            yield _unanswered(_nearest(line, pair, other, spans, most, name))


def _nearest(
    line: WrittenQuestion,
    pair: Pair,
    abstract: Abstract,
    spans: Sequence[Span],
    most: int,
    name: str,
) -> Pair:
    """`pair` over the `most` sentences among `spans` that are nearest to the question."""
    chosen = choose(line.question, _texts(abstract, spans), most)
    return _over(pair, abstract, [spans[n] for n in chosen], name)


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
