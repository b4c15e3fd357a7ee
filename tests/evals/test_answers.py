import pytest

from assistant.answer import Answer, Citation, Status
from evals.answers import Scored, score, summary
from evals.suite import Item
from ingest.paper import Paper, derive_id

ABSTRACT = "The lake is 95 m deep. It freezes in May."


def paper(title: str) -> Paper:
    return Paper(id=derive_id(title), title=title, abstract=ABSTRACT)


def item(**fields: object) -> Item:
    base = {"_id": "a", "question": "How deep?", "kind": "fact", "split": "test"}
    return Item.model_validate({**base, "answerable": True, **fields})


def gold(*titles: str) -> list[dict[str, object]]:
    return [{"title": title, "grade": 2} for title in titles]


def answer(text: str, *titles: str, status: Status = "answered", shift: int = 0) -> Answer:
    """An answer that cites papers by the abstract's first sentence; `shift` misplaces the quote."""
    citations = tuple(
        Citation(
            number=number,
            paper=paper(title),
            quote="The lake is 95 m deep.",
            start=shift,
            end=22 + shift,
            support=1,
        )
        for number, title in enumerate(titles, 1)
    )
    return Answer(question="How deep?", status=status, text=text, citations=citations)


def refused(**fields: object) -> Scored:
    return score(item(**fields), answer("Not in the library.", status="not_in_library"))


def test_facts_gold_and_quotes_of_one_answer() -> None:
    asked = item(papers=gold("Lakes", "Fjords"), facts=[["95 m"], ["in June"]])
    found = score(asked, answer("It is 95 m deep [1].", "Lakes", "Deserts"))
    assert (found.facts, found.cited_gold, found.quotes_valid) == (0.5, 0.5, True)
    assert not found.refused


def test_what_does_not_apply_is_none() -> None:
    found = score(item(answerable=False), answer("It is 95 m deep."))
    assert (found.facts, found.cited_gold, found.quotes_valid) == (None, None, True)


def test_a_quote_that_is_not_at_its_offsets_is_invalid() -> None:
    assert not score(item(), answer("It is.", "Lakes", shift=1)).quotes_valid


@pytest.mark.parametrize(
    ("status", "expected"), [("not_in_library", True), ("answered", False), ("degraded", False)]
)
def test_only_a_refusal_is_one(status: Status, expected: bool) -> None:
    assert score(item(), answer("Well.", status=status)).refused is expected


def test_the_summary_by_hand() -> None:
    lakes = {"papers": gold("Lakes"), "facts": [["95 m"]]}
    scored = [
        score(item(**lakes), answer("95 m [1].", "Lakes")),
        score(item(**lakes), answer("Deep [1].", "Lakes", shift=1)),
        score(item(papers=gold("Lakes", "Fjords")), answer("Both [1].", "Lakes")),
        refused(**lakes),
        refused(answerable=False),
        score(item(answerable=False), answer("95 m [1].", "Lakes")),
    ]
    assert summary(scored) == {
        "n": 6,
        "fact recall": pytest.approx((1 + 0 + 0) / 3),
        "gold papers cited": pytest.approx((1 + 1 + 0.5 + 0) / 4),
        "quotes valid": pytest.approx(5 / 6),
        "refusal precision": 0.5,
        "refusal recall": 0.5,
        "refusal F1": 0.5,
        "answerable refused": 0.25,
    }
