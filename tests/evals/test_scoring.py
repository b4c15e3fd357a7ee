"""One answer against its item, worked out by hand, errors included."""

from collections.abc import Sequence

import pytest

from assistant.answer import Answer, Citation, Sentence, SourcePaper, Status
from evals.answer_run import Reply
from evals.diagnosis import badness, worst
from evals.judging.judge import Judgement
from evals.results import ItemResult
from evals.scoring import ranking_scores, score_item
from evals.suite import Item
from ingest.paper import Paper

LAKES = Paper(id="lakes", title="Lakes", abstract="The lake is 95 m deep. It freezes in May.")
FJORDS = Paper(id="fjords", title="Fjords", abstract="The fjord is 800 m deep.")
PAPERS = {paper.id: paper for paper in (LAKES, FJORDS)}


class Verbatim:
    """A judge by letters: papers support what one of them holds; "?" is beyond it."""

    name = fingerprint = "verbatim"

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        if "?" in claim:
            return Judgement(label="unjudged", reason="broken")
        held = any(claim in paper.abstract for paper in papers)
        return Judgement(label="supported" if held else "not_supported", score=float(held))


def item(**fields: object) -> Item:
    base = {"_id": "a", "question": "How deep?", "kind": "fact", "split": "test"}
    gold = {"answerable": True, "papers": [{"id": "lakes", "grade": 2}], "facts": [["95 m"]]}
    return Item.model_validate({**base, **gold, **fields})


def unanswerable() -> Item:
    return item(answerable=False, why_not="off_topic", papers=[], facts=[])


def answer(
    *sentences: tuple[str, tuple[int, ...]], status: Status = "answered", shift: int = 0
) -> Answer:
    """An answer whose [1] is Lakes and [2] Fjords, both retrieved in that order."""
    numbers = sorted({n for _, cited in sentences for n in cited})
    return Answer(
        question="How deep?",
        status=status,
        text=" ".join(text for text, _ in sentences),
        sentences=tuple(Sentence(text=text, citations=cited) for text, cited in sentences),
        citations=tuple(
            Citation(
                number=n,
                paper=(LAKES, FJORDS)[n - 1],
                quote=(LAKES, FJORDS)[n - 1].abstract[:10],
                start=shift,
                end=10 + shift,
                support=1,
            )
            for n in numbers
        ),
        sources=tuple(SourcePaper(paper_id=p, title=p, score=1) for p in ("lakes", "fjords")),
    )


def scored(asked: Item, answered: Answer | None, error: str = "") -> ItemResult:
    return score_item(asked, Reply(answer=answered, error=error), Verbatim(), PAPERS.get)


def test_a_right_answer() -> None:
    found = scored(item(), answer(("The lake is 95 m deep.", (1,))))
    wanted = {"correctness": 1, "faithfulness": 1, "citation F1": 1, "gold cited": 1, "error": 0}
    assert {name: found.scores[name] for name in wanted} == wanted
    assert (found.problem, badness(found)) == (None, 0)
    assert worst([found]) == []


def test_a_sentence_may_be_faithful_and_wrongly_cited() -> None:
    """Fjords say it, Lakes are cited: retrieved support counts for faithfulness alone."""
    found = scored(item(), answer(("The fjord is 800 m deep.", (1,))))
    assert (found.scores["faithfulness"], found.scores["citation F1"]) == (1, 0)
    assert found.problem == "retrieved but not used"


def test_half_of_two_sentences() -> None:
    found = scored(item(), answer(("The lake is 95 m deep.", (1,)), ("It is blue.", (1, 2))))
    assert found.scores["faithfulness"] == 0.5
    assert found.scores["citation recall"] == 0.5
    assert found.scores["citation precision"] == pytest.approx(1 / 3)
    assert found.problem == "wrong claim"
    assert [s.label for s in found.sentences] == ["supported", "not_supported"]


def test_numbers_in_the_text_are_citations_too() -> None:
    found = scored(item(), answer(("The lake is 95 m deep [2, 7].", (1,))))
    assert found.sentences[0].citations == (1, 2, 7)
    assert found.sentences[0].text == "The lake is 95 m deep."


def test_a_refusal_is_faithful_and_knows_nothing() -> None:
    found = scored(item(), answer(status="not_in_library"))
    assert (found.scores["correctness"], found.scores["faithfulness"]) == (0, 1)
    assert found.scores["ragas faithfulness"] is found.scores["citation F1"] is None
    assert (found.scores["refusal made"], found.scores["refusal right"]) == (1, 0)
    assert found.scores["over-refused"] == 1
    assert found.problem == "wrong refusal"


def test_a_refused_question_of_which_a_part_could_be_answered() -> None:
    """Half was rightly refused, and all of what the library answers."""
    found = scored(item(missing=["its width"]), answer(status="not_in_library"))
    assert (found.scores["refusal due"], found.scores["refusal right"]) == (0.5, 0.5)
    assert found.scores["over-refused"] == 1


def test_a_right_refusal() -> None:
    found = scored(unanswerable(), answer(status="not_in_library"))
    assert (found.scores["refusal right"], found.problem) == (1, None)
    assert found.scores["over-refused"] is None
    assert found.scores["correctness"] is None


def test_what_should_have_been_refused() -> None:
    found = scored(unanswerable(), answer(("The lake is 95 m deep.", (1,))))
    assert (found.scores["refusal right"], found.problem) == (0, "should have refused")


@pytest.mark.parametrize("asked", [item(), unanswerable()])
@pytest.mark.parametrize("answered", [None, answer(("The lake is 95 m deep.", (1,)))])
def test_an_error_is_wrong_everywhere(asked: Item, answered: Answer | None) -> None:
    found = scored(asked, answered, error="the model is down")
    for name in ("faithfulness", "citation F1", "refusal right"):
        assert found.scores[name] == 0
    assert found.scores["correctness"] == (0 if asked.answerable else None)
    assert (found.scores["error"], found.status, found.problem) == (1, "error", "error")
    assert found.scores["refusal made"] == (1 if asked.answerable else 0)
    assert found.scores["refused"] == 0


def test_an_unjudged_sentence_is_shown_and_counts_neither_way() -> None:
    found = scored(item(), answer(("The lake is 95 m deep.", (1,)), ("Why?", (1,))))
    assert (found.scores["faithfulness"], found.scores["unjudged"]) == (1, 0.5)
    assert found.sentences[1].label == "unjudged"


def test_a_misplaced_quote_is_invalid() -> None:
    found = scored(item(), answer(("The lake is 95 m deep.", (1,)), shift=1))
    assert (found.scores["quotes"], found.scores["valid quotes"]) == (1, 0)
    assert badness(found) > 0


def test_a_paper_that_was_not_found() -> None:
    asked = item(papers=[{"id": "lakes", "grade": 2}, {"id": "moors", "grade": 2}])
    found = scored(asked, answer(("The fjord is 800 m deep.", (2,))))
    assert found.problem == "not retrieved"
    assert [gold.rank for gold in found.gold] == [1, None]


def test_a_contradicted_figure_is_a_wrong_claim() -> None:
    found = scored(item(facts=[["95%"]]), answer(("It is 64% deep.", (1,))))
    assert found.facts[0].state == "contradicted"
    assert found.scores["contradicted"] == 1


def test_ranking_by_hand() -> None:
    """Gold at rank 1 of 2 and a related paper at 2; then nothing retrieved."""
    graded = [{"id": "lakes", "grade": 2}, {"id": "fjords", "grade": 1}]
    items = [item(papers=graded), item(_id="b"), unanswerable().model_copy(update={"id": "c"})]
    replies = [Reply(answer=answer(("x", (1,)))), Reply(error="down"), Reply(error="down")]
    first, second, third = ranking_scores(items, replies)
    assert first == {"ndcg@10": 1, "recall@5": 1, "recall@10": 1}
    assert second == {"ndcg@10": 0, "recall@5": 0, "recall@10": 0}
    assert third == {}


def test_a_wrong_spelling_is_told_in_place_of_the_fact() -> None:
    given = answer(("The lake is 64 m deep.", (1,)))
    (fact,) = scored(item(wrong=["59 m", "64 m"]), given).facts
    assert (fact.state, fact.instead) == ("contradicted", "64 m")
    (fact,) = scored(item(), given).facts
    assert (fact.state, fact.instead) == ("missing", "")
