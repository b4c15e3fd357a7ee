"""Judges the sentences of an answer: against all that was retrieved, and against what they cite."""

from collections.abc import Sequence

from assistant.answer import Answer
from evals.judging import Judge, Judgement
from evals.metrics.citations import SentenceCitations, score_sentence
from evals.metrics.markers import cited_numbers, without_markers
from evals.results import SentenceResult
from ingest.paper import Paper


def judge_sentences(
    answer: Answer, sources: Sequence[Paper], judge: Judge
) -> tuple[SentenceResult, ...]:
    """A result for each sentence that claims something; a refusal has none.

    A sentence is first held against what it cites, since that mostly settles both questions.
    """
    if answer.status == "not_in_library":
        return ()
    by_number = {citation.number: citation.paper for citation in answer.citations}
    found = []
    for sentence in answer.sentences:
        numbers = tuple(dict.fromkeys((*sentence.citations, *cited_numbers(sentence.text))))
        claim = without_markers(sentence.text).strip()
        cited = _Cited(claim, {n: by_number[n] for n in numbers if n in by_number}, judge)
        scored = score_sentence(numbers, cited.supports)
        everything = cited.all or judge.judge(claim, sources)
        found.append(
            SentenceResult(
                text=claim,
                citations=numbers,
                label=everything.label,
                score=everything.score,
                reason=everything.reason,
                cited_supports=scored.supported,
                precise=scored.precise,
            )
        )
    return tuple(found)


def as_citations(sentences: Sequence[SentenceResult]) -> list[SentenceCitations]:
    """The sentences as ALCE's measures take them."""
    return [SentenceCitations(s.cited_supports, len(s.citations), s.precise) for s in sentences]


class _Cited:
    """What a sentence cites; `all` is the verdict on everything cited, where it supports."""

    def __init__(self, claim: str, papers: dict[int, Paper], judge: Judge) -> None:
        self.claim = claim
        self.papers = papers
        self.judge = judge
        self.all: Judgement | None = None

    def supports(self, numbers: Sequence[int]) -> bool | None:
        """Whether the papers of these numbers do; a number without a paper supports nothing."""
        papers = [self.papers[number] for number in numbers if number in self.papers]
        if not papers:
            return False
        verdict = self.judge.judge(self.claim, papers)
        if verdict.supported and len(papers) == len(self.papers):
            self.all = verdict
        return verdict.supported
