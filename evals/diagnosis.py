"""What went wrong with an answer, in one of six words, and which answers are the worst."""

from collections.abc import Sequence

from evals.results import ItemResult, Problem


def what_went_wrong(result: ItemResult) -> Problem | None:
    """The first that applies, from the retrieval on; None for an answer without a fault."""
    direct = [gold for gold in result.gold if gold.grade >= 2]
    if result.status == "error":
        return "error"
    if not result.answerable:
        return "should have refused" if result.status == "answered" else None
    if any(gold.rank is None for gold in direct) and _is_lacking(result):
        return "not retrieved"
    if result.status == "not_in_library":
        return "wrong refusal"
    if _has_wrong_claim(result):
        return "wrong claim"
    return "retrieved but not used" if _is_lacking(result) else None


def badness(result: ItemResult) -> float:
    """How bad an answer is, from 0: wrong claims weigh more than missing facts."""
    if result.status == "error":
        return 6.0
    scores = result.scores
    lost = sum(
        1 - value for value in (scores["correctness"], scores["citation F1"]) if value is not None
    )
    unfaithful = 1 - (1.0 if scores["faithfulness"] is None else scores["faithfulness"])
    invalid = sum(not quote.valid for quote in result.quotes)
    answered_wrongly = not result.answerable and result.status == "answered"
    refused_wrongly = result.answerable and result.status == "not_in_library"
    return (
        2 * unfaithful
        + 2 * (scores["contradicted"] or 0.0)
        + lost
        + 2 * (invalid > 0)
        + answered_wrongly
        + 0.5 * refused_wrongly
    )


def worst(results: Sequence[ItemResult], count: int = 20) -> list[ItemResult]:
    """The worst answers, the very worst first; those without a fault are left out."""
    faulty = [result for result in results if badness(result) > 0]
    return sorted(faulty, key=lambda result: (-badness(result), result.id))[:count]


def _has_wrong_claim(result: ItemResult) -> bool:
    unsupported = any(s.label in ("not_supported", "contradicted") for s in result.sentences)
    return unsupported or any(fact.state == "contradicted" for fact in result.facts)


def _is_lacking(result: ItemResult) -> bool:
    if result.scores["yes/no/maybe"] == 0:
        return True
    if result.facts:
        return any(fact.state != "stated" for fact in result.facts)
    return any(gold.grade >= 2 and not gold.cited for gold in result.gold)
