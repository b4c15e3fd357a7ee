"""Scores one answer against its item. An error counts as wrong everywhere it can."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.answer import Answer, Timings, Usage
from assistant.sentences import answer_parts
from evals.answer_run import Reply
from evals.diagnosis import what_went_wrong
from evals.judging import Judge
from evals.metrics.abstention import Refusal, refusal
from evals.metrics.citations import total
from evals.metrics.correctness import contradicted_facts, stated_facts
from evals.metrics.faithfulness import faithfulness, ragas_faithfulness
from evals.metrics.quotes import valid_quotes
from evals.metrics.retrieval import ANSWER_MEASURES, measure_rankings
from evals.metrics.yes_no import stated_verdict
from evals.results import (
    FactResult,
    FactState,
    GoldResult,
    ItemResult,
    QuoteResult,
    SentenceResult,
    Status,
)
from evals.sentences_judged import as_citations, judge_sentences
from evals.suite import Item
from ingest.paper import Paper

Scores = dict[str, float | None]
Lookup = Callable[[str], Paper | None]


def score_item(item: Item, reply: Reply, judge: Judge, lookup: Lookup) -> ItemResult:
    """Take an answer apart and score it; `lookup` finds a paper of the library by its id."""
    answer = reply.answer or Answer(question=item.question, status="not_in_library", text="")
    status: Status = "answered" if answer.status == "answered" else "not_in_library"
    if reply.error:
        status = "error"
    found = (lookup(source.paper_id) for source in answer.sources)
    retrieved = [paper for paper in found if paper is not None]
    sentences = () if reply.error else judge_sentences(answer, retrieved, judge)
    facts = _facts(item, "" if reply.error else answer.text, lookup)
    gold = _gold(item, answer)
    result = ItemResult(
        id=item.id,
        digest=item.digest,
        question=item.question,
        history=item.history,
        kind=item.kind,
        group=item.group,
        split=item.split,
        answerable=item.answerable,
        why_not=item.why_not,
        status=status,
        error=reply.error,
        text=answer.text,
        sentences=sentences,
        quotes=_quotes(answer),
        facts=facts,
        gold=gold,
        scores={
            **_correct(item, answer, facts, status),
            **_found(item, gold, status),
            **_faithful(sentences, status),
            **_cited(sentences, answer, status),
            **_refused(item, answer, status),
            **_spent(answer.usage, answer.timings_ms, reply),
        },
        problem=None,
        usage=answer.usage,
        timings_ms=answer.timings_ms,
        first_token_ms=reply.first_token_ms,
        model=answer.model,
        warnings=answer.warnings,
    )
    return result.model_copy(update={"problem": what_went_wrong(result)})


def ranking_scores(items: Sequence[Item], replies: Sequence[Reply]) -> list[Scores]:
    """nDCG and recall of the sources of each answerable item; nothing for the others."""
    qrels: Mapping[str, dict[str, int]] = {
        item.id: item.grades for item in items if item.answerable
    }
    rankings = {
        item.id: [source.paper_id for source in reply.answer.sources] if reply.answer else []
        for item, reply in zip(items, replies, strict=True)
    }
    values = measure_rankings(qrels, rankings, ANSWER_MEASURES) if qrels else {}
    place = {item_id: at for at, item_id in enumerate(qrels)}
    return [
        {name: float(found[place[item.id]]) for name, found in values.items()}
        if item.id in place
        else {}
        for item in items
    ]


def _facts(item: Item, text: str, lookup: Lookup) -> tuple[FactResult, ...]:
    sources = [paper.text for paper_id in item.grades if (paper := lookup(paper_id))]
    stated = stated_facts(text, item.facts, item.wrong)
    denied = contradicted_facts(text, item.facts, item.wrong, sources)
    states: list[FactState] = [
        "stated" if one else "contradicted" if instead else "missing"
        for one, instead in zip(stated, denied, strict=True)
    ]
    return tuple(
        FactResult(fact=fact[0], state=state, instead=instead)
        for fact, state, instead in zip(item.facts, states, denied, strict=True)
    )


def _gold(item: Item, answer: Answer) -> tuple[GoldResult, ...]:
    rank = {source.paper_id: at for at, source in enumerate(answer.sources, 1)}
    cited = {citation.paper.id for citation in answer.citations}
    return tuple(
        GoldResult(
            paper=paper.title or paper.paper_id,
            grade=paper.grade,
            rank=rank.get(paper.paper_id),
            cited=paper.paper_id in cited,
        )
        for paper in item.papers
    )


def _quotes(answer: Answer) -> tuple[QuoteResult, ...]:
    return tuple(
        QuoteResult(
            number=c.number, title=c.paper.title, quote=c.quote, valid=valid_quotes([c])[0] == 1
        )
        for c in answer.citations
    )


def _correct(item: Item, answer: Answer, facts: Sequence[FactResult], status: Status) -> Scores:
    verdict = stated_verdict(answer.text) if status == "answered" else None
    counted = item.answerable and bool(facts)
    return {
        "correctness": _share(f.state == "stated" for f in facts) if counted else None,
        "contradicted": _share(f.state == "contradicted" for f in facts) if counted else None,
        "yes/no/maybe": float(verdict == item.verdict) if item.verdict else None,
        "verdict given": float(verdict is not None) if item.verdict else None,
        "error": float(status == "error"),
    }


def _found(item: Item, gold: Sequence[GoldResult], status: Status) -> Scores:
    direct = [one for one in gold if one.grade >= 2]
    if not item.answerable:
        return {"gold cited": None}
    cited = sum(one.cited for one in direct) if status == "answered" else 0
    return {"gold cited": cited / len(direct)}


def _faithful(sentences: Sequence[SentenceResult], status: Status) -> Scores:
    if status == "error":
        return {"faithfulness": 0.0, "ragas faithfulness": 0.0, "unjudged": None}
    verdicts = [None if s.label == "unjudged" else s.label == "supported" for s in sentences]
    abstained = status == "not_in_library"
    return {
        "faithfulness": faithfulness(verdicts, abstained=abstained),
        "ragas faithfulness": ragas_faithfulness(verdicts, abstained=abstained),
        "unjudged": verdicts.count(None) / len(verdicts) if verdicts else None,
    }


def _cited(sentences: Sequence[SentenceResult], answer: Answer, status: Status) -> Scores:
    names = ("citation recall", "citation precision", "citation F1")
    if status == "error":
        return dict.fromkeys(names, 0.0)
    if status == "not_in_library":
        return dict.fromkeys(names)
    sums = total(as_citations(sentences))
    valid, quotes = valid_quotes(answer.citations)
    return {
        **dict(zip(names, (sums.recall, sums.precision, sums.f1), strict=True)),
        "sentences": sums.sentences,
        "supported": sums.supported,
        "citations": sums.cited,
        "precise": sums.precise,
        "quotes": quotes,
        "valid quotes": valid,
    }


def _refused(item: Item, answer: Answer, status: Status) -> Scores:
    parts = answer_parts(answer.text) if status == "answered" else []
    share = refusal(
        answerable=item.answerable,
        refused=status == "not_in_library",
        facts=len(item.facts),
        missing=len(item.missing),
        left_open=sum(part.kind == "missing" for part in parts),
    )
    if status == "error":
        share = Refusal(due=share.due, made=1 - share.due)
    right = 0.0 if status == "error" else share.right
    could = item.answerable and status != "error"
    return {
        "refusal due": share.due,
        "refusal made": share.made,
        "refusal right": right,
        "refused": 0.0 if status == "error" else share.made,
        "over-refused": (share.made - share.right) / (1 - share.due) if could else None,
    }


def _spent(usage: Usage, timings: Timings, reply: Reply) -> Scores:
    return {
        "llm calls": usage.llm_calls,
        "prompt tokens": usage.prompt_tokens,
        "completion tokens": usage.completion_tokens,
        "cost usd": usage.cost_usd,
        "retrieve ms": timings.retrieve if reply.answer else None,
        "first token ms": reply.first_token_ms,
        "total ms": timings.total if reply.answer else None,
    }


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values)
