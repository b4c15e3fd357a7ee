"""Answers by quoting: the best sentences of the papers that bear on the question, or a refusal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answer import Hit
from assistant.draft import Draft, DraftSentence, Quote
from assistant.extractive.absent import SECOND_PART, ungiven, unmentioned_by_all
from assistant.extractive.answered import (
    READ_ALONE,
    Told,
    answered_decision,
    logit_of_answer,
    logit_of_sentence,
)
from assistant.extractive.compared import compared, may_be_of_several, papers_asked_of
from assistant.extractive.decision import Calibration, calibration
from assistant.extractive.disagreement import with_disagreement
from assistant.extractive.disputes import disputed_topic, opposed_passages
from assistant.extractive.evidence import Evidence, idf_weights, unknown_names
from assistant.extractive.listed import chance_of_listing, is_listed
from assistant.extractive.passages import Passage, SentenceVectors
from assistant.extractive.premise import Otherwise, otherwise
from assistant.extractive.question import Kind, Question, analyse
from assistant.extractive.quoting import by_answer
from assistant.extractive.reading import Reading
from assistant.extractive.subject import about, is_rare, of_paper
from assistant.extractive.table import without_table
from assistant.extractive.taken_up import TakenUp, place_of
from assistant.extractive.topic import is_foreign, is_off_topic, naming, unmentioned
from assistant.verification.comparer import Comparer, answer_comparer
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper

NO_ANSWER = "No passage found that answers this: the library does not answer this question."
_NO_TOPIC = "Name what they may disagree about, as in “Do the papers on pruning disagree?”"
_NOT_OPPOSED = (
    "Papers found on this: {papers}; no two of them say the opposite of each other in like words."
)
MAX_LISTED = 8
_EXPLAIN_SENTENCES = 3
_FACT_SENTENCES = 2
_LEAST_CHANCE = 0.01
_READ_TO_LIST = 4
_READ_ON = 3
_LIKELY = 0.5
_SENTENCE_TO_HOPE_FOR = 4.0
"""What a best sentence is taken to get at most, to spare reading hopeless papers. Of those of
7,738 held-out questions 28 in 100 get more, but only 17 where the abstract's logit is so low."""
_ALTERNATIVES = re.compile(r"\bor\b|/", re.IGNORECASE)
_MAX_QUESTION_CHARACTERS = 2000


@dataclass(frozen=True)
class Against:
    """What stands against a question, in a sentence or in none; `firm` is seldom wrong."""

    reason: str
    firm: bool = False


class ExtractiveAnswerer:
    """Quotes sentences of retrieved abstracts. Safe to share between threads."""

    name = "extractive (no model)"

    def __init__(
        self,
        library: Library,
        encoder: OnnxEncoder,
        decide: Calibration | None = None,
        comparer: Comparer | None = None,
    ) -> None:
        """By default with the shipped calibration and comparer."""
        self.library = library
        self.encoder = encoder
        self.vectors = SentenceVectors(encoder.encode)
        self.decide = decide or calibration()
        self.comparer = comparer or answer_comparer()

    def answer(self, text: str, hits: Sequence[Hit], taken_up: TakenUp | None = None) -> Draft:
        """Draft an answer from the hits; a refusal claims only that nothing was found.

        `taken_up` says of a follow-up, of which `text` is the stand-alone form, what it leans on.
        """
        asked, table = without_table(text[:_MAX_QUESTION_CHARACTERS])
        if (topic := disputed_topic(asked)) is not None:
            return self._disputed(topic, hits)
        question = analyse(asked)
        reading = self.reading(question, hits)
        if not hits or not question.terms or question.about_record:
            return _refusal(reading)
        best = self.best_paper(question, hits, reading)
        at = None
        if taken_up is not None:
            at = place_of(taken_up, hits, best.hit.paper, reading.weights)
        best = best if at is None else reading[at]
        reason = self._why_not(self._asked_of(best, question), reading, best)
        if reason is not None:
            other = self._read_on(question, hits, reading, best) if at is None else None
            if other is None:
                return _refusal(reading, reason)
            best = other
        question = self._asked_of(best, question)
        quoted = [
            (e, passages) for e, passages in self._chosen(question, best, reading) if passages
        ]
        if not quoted:
            return _refusal(reading, f"{best.hit.paper.title} has no abstract to quote from.")
        draft = _draft(quoted)
        return with_disagreement(draft.model_copy(update={"table": table}))

    def _disputed(self, topic: str, hits: Sequence[Hit]) -> Draft:
        """Two passages on the topic that say the opposite, or why there are none."""
        question = analyse(topic)
        reading = self.reading(question, hits)
        if not question.terms or not hits:
            return _refusal(reading, _NO_TOPIC)
        papers = self.naming_alike(question, self.bearing(reading.all()))
        opposed = opposed_passages(papers)
        if opposed is None:
            return _refusal(reading, _NOT_OPPOSED.format(papers=len(papers)))
        by_id = {evidence.hit.paper.id: evidence for evidence in papers}
        return with_disagreement(_draft([(by_id[p.paper.id], [p]) for p in opposed]))

    def _why_not(self, question: Question, reading: Reading, best: Evidence) -> str | None:
        """Why the question is refused, in a sentence or in none; None if it is answered.

        A name that no paper holds decides alone, and so do firm rules and whatever is said against
        a question that is from another world. Of a question that several papers may answer, the
        comparer only weighs what is said against it.
        """
        if missing := unmentioned_by_all(question, reading.unknown, best):
            return f"The papers found {missing}."
        against = self.against_it(question, best)
        if against is not None and (against.firm or is_foreign(best)):
            return against.reason
        decide = answered_decision()
        chance = decide.probability(self.told(question, best, against).features())
        if chance >= decide.threshold:
            return None
        if against is not None:
            return against.reason
        if not self.of_one_paper(question, best, reading):
            return None
        return f"The paper that comes nearest, {best.hit.paper.title}, does not seem to tell this."

    def _read_on(
        self, question: Question, hits: Sequence[Hit], reading: Reading, best: Evidence
    ) -> Evidence | None:
        """The next relevant paper that likely answers what the best one does not.

        Nothing may stand against it. A question that several papers may answer is none for another.
        """
        if unmentioned_by_all(question, reading.unknown, best):
            return None
        if not self.of_one_paper(self._asked_of(best, question), best, reading):
            return None
        left = about(question, hits, self.library.lexical)
        other = best
        for _ in range(_READ_ON):
            left = [n for n in left if hits[n].paper.id != other.hit.paper.id]
            if not left:
                break
            other = reading.best(self.relevance, left)
            if self._likely_answers(self._asked_of(other, question), other):
                return other
        return None

    def _likely_answers(self, question: Question, other: Evidence) -> bool:
        """Whether nothing is against it; sentences are read only where the best could tip it."""
        if is_foreign(other) or self.against_it(question, other) is not None:
            return False
        chance = answered_decision().probability
        whole = logit_of_answer(question.text, other.hit.paper, self.comparer)
        if chance(Told(whole, _SENTENCE_TO_HOPE_FOR, ruled=False).features()) < _LIKELY:
            return False
        return chance(self.told(question, other, None).features()) >= _LIKELY

    def _asked_of(self, evidence: Evidence, question: Question) -> Question:
        return of_paper(question, evidence.hit.paper, self.library.lexical)

    def told(self, question: Question, best: Evidence, against: Against | None) -> Told:
        """What tells whether the paper answers the question, against which there is that."""
        whole = logit_of_answer(question.text, best.hit.paper, self.comparer)
        alone = logit_of_sentence(question, best.passages, self.comparer)
        return Told(whole, whole if alone is None else alone, ruled=against is not None)

    def against_it(self, question: Question, best: Evidence) -> Against | None:
        """What rules and evidence hold against the question."""
        paper = best.hit.paper
        if premise := self.against(question, paper):
            return Against(_told(premise, paper), premise.firm)
        if missing := ungiven(question, best):
            return Against(f"The papers found {missing}.")
        if name := unmentioned(question, best):
            return Against(f"The paper that comes nearest does not mention {name}.")
        off_topic = is_off_topic(question, best, self.library.lexical.count)
        thin = self.answerable(best) < self.decide.answerable.threshold
        return Against("") if off_topic or thin else None

    def best_paper(self, question: Question, hits: Sequence[Hit], reading: Reading) -> Evidence:
        """The paper that bears most on the question; one that it names goes before others."""
        best = reading.best(self.relevance, about(question, hits, self.library.lexical))
        named = naming(question, hits) if unmentioned(question, best) else []
        return reading.best(self.relevance, named) if named else best

    def chance(self, text: str, hits: Sequence[Hit]) -> float:
        """Probability that the hits answer the question, in [0, 1]."""
        if not hits:
            return 0.0
        question = analyse(text[:_MAX_QUESTION_CHARACTERS])
        return self.answerable(self.best_paper(question, hits, self.reading(question, hits)))

    def refuse(self, text: str, hits: Sequence[Hit]) -> Draft:
        """The refusal, with the nearest papers where any comes near."""
        return _refusal(self.reading(analyse(text[:_MAX_QUESTION_CHARACTERS]), hits))

    def evidence(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """Measure every hit against the question."""
        return self.reading(question, hits).all()

    def reading(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """The hits held against the question; papers are read when they are asked for."""
        index = self.library.lexical
        weights = idf_weights(question.terms, index)
        texts = [hit.paper.text for hit in hits]
        unknown = unknown_names(question, index, self.encoder.count_tokens, texts)
        vector = self.encoder.encode_one(question.text)
        return Reading(
            question,
            hits,
            cosines=self._abstract_cosines(vector, hits),
            weights=weights,
            unknown=unknown,
            vector=vector,
            vectors=self.vectors,
        )

    def relevance(self, evidence: Evidence) -> float:
        """Probability that the paper bears on the question."""
        return self.decide.relevant.probability(evidence.features())

    def answerable(self, evidence: Evidence) -> float:
        """Probability that the paper answers the question."""
        return self.decide.answerable.probability(evidence.features())

    def bearing(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Those of the papers that a list names, in the given order."""
        return [e for e in evidence if is_listed(e, self.relevance(e))]

    def naming_alike(self, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Those that have as many of the question's names as the most relevant of them.

        Where the question puts alternatives, one name is enough.
        """
        best = max(evidence, key=self.relevance, default=None)
        if best is None or _ALTERNATIVES.search(question.text):
            return list(evidence)
        return [e for e in evidence if e.names >= best.names]

    def against(self, question: Question, paper: Paper) -> Otherwise | None:
        """What the paper has against what the question takes for granted."""
        return otherwise(question, paper, lambda name: is_rare(name, self.library.lexical))

    def _abstract_cosines(
        self, vector: npt.NDArray[np.float32], hits: Sequence[Hit]
    ) -> list[float]:
        """Cosines of question and abstract in the encoder's own space."""
        if not hits:
            return []
        if self.library.manifest.embedding_model == self.encoder.files.name:
            return [hit.dense or 0.0 for hit in hits]
        return list(map(float, self.vectors([hit.paper.text for hit in hits]) @ vector))

    def _chosen(
        self, question: Question, best: Evidence, reading: Reading
    ) -> list[tuple[Evidence, list[Passage]]]:
        """The papers to quote with the sentences to quote from them."""
        if question.kind is Kind.LIST:
            bearing = self.naming_alike(question, self.bearing(reading.all())) or [best]
            relevant = sorted(bearing, key=self._chance_of_listing, reverse=True)
            return [(e, self._answers(question, e, 1)) for e in relevant[:MAX_LISTED]]
        papers = self._compared(question, best, reading)
        if question.kind is Kind.COMPARE or len(papers) > 1:
            return [(e, self._answers(question, e, 2)) for e in papers]
        count = _EXPLAIN_SENTENCES if question.kind is Kind.EXPLAIN else _FACT_SENTENCES
        count += bool(SECOND_PART.search(question.text))
        found = self._answers(question, best, count)
        kept = [*found[:1], *(p for p in found[1:] if p.score >= _LEAST_CHANCE)]
        return [(best, sorted(kept, key=lambda p: p.start))]

    def of_one_paper(self, question: Question, best: Evidence, reading: Reading) -> bool:
        """Whether one abstract can answer it all, or no other has anything to add."""
        two_in_one = SECOND_PART.search(question.text) or papers_asked_of(question) > 1
        if two_in_one or question.kind is Kind.LIST:
            return False
        return len(self._compared(question, best, reading)) == 1

    def _compared(self, question: Question, best: Evidence, reading: Reading) -> list[Evidence]:
        """The papers of a comparison; of any other question the best alone."""
        if not may_be_of_several(question):
            return [best]
        ranked = sorted(reading.all(), key=self.relevance, reverse=True)
        return compared(question, best, ranked, self.relevance, reading.weights)

    def _chance_of_listing(self, evidence: Evidence) -> float:
        return chance_of_listing(evidence, self.relevance(evidence))

    def _answers(self, question: Question, evidence: Evidence, count: int) -> list[Passage]:
        """So many sentences of the paper, the likeliest answer first."""
        read = _READ_TO_LIST if question.kind is Kind.LIST else READ_ALONE
        return by_answer(question, evidence.passages, self.comparer, read)[:count]


def _draft(chosen: Sequence[tuple[Evidence, list[Passage]]]) -> Draft:
    sentences = [
        DraftSentence(
            text=passage.text,
            quotes=(Quote(paper=passage.paper, start=passage.start, end=passage.end),),
            lead=evidence.hit.paper.title if number == 0 else "",
        )
        for evidence, passages in chosen
        for number, passage in enumerate(passages)
    ]
    papers = len({e.hit.paper.id for e, _ in chosen})
    return Draft(
        heading=f"Passages found in {papers} paper{'s' if papers > 1 else ''}:",
        sentences=tuple(sentences),
    )


def _told(against: Otherwise, paper: Paper) -> str:
    """What the paper does not mention, or says instead."""
    if against.unsaid:
        return f"The paper that comes nearest, {paper.title}, does not mention {against.unsaid}."
    return (
        "The question takes for granted what the paper does not say. What comes nearest to it in"
        f" {paper.title}: “{against.sentence}”"
    )


def _refusal(reading: Reading, reason: str = "") -> Draft:
    why = f" {reason}" if reason else ""
    near = [e for e in reading.first(3) if e.coverage >= 0.5 and e.passage >= 0.35]
    titles = "; ".join(e.hit.paper.title for e in near)
    return Draft(heading=f"{NO_ANSWER}{why}{f' Nearest papers: {titles}.' if near else ''}")
