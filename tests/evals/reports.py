"""Reports made of scripted answers, for tests of what is done with them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.answer import Answer
from evals.answer_run import Reply
from evals.judging.assess import assess, judge_pairs, verdicts_of
from evals.judging.judge import Judgement
from evals.judging.pairs import Pair
from evals.report.build import build_report
from evals.report.model import JudgeState, LibraryState, Report, SuiteState
from evals.results import ItemResult
from evals.scoring import ranking_scores
from ingest.paper import Paper
from tests.evals.test_scoring import answer, item, scored, unanswerable

RIGHT = answer(("The lake is 95 m deep.", (1,)))
WRONG = answer(("The lake is 64 m deep.", (1,)))
REFUSED = answer(status="not_in_library")
HOSTILE = "<script>alert(1)</script> | ![x](http://a.test/x.png)"


def results(answers: Sequence[Answer | str]) -> list[ItemResult]:
    """One answerable item an answer; a text is an error."""
    made = []
    for at, answered in enumerate(answers):
        asked = item(_id=f"i{at:02d}", question=f"How deep is lake {at}?")
        error = answered if isinstance(answered, str) else ""
        given = None if isinstance(answered, str) else answered
        result = scored(asked, given, error)
        (ranked,) = ranking_scores([asked], [Reply(answer=given, error=error)])
        made.append(result.model_copy(update={"scores": {**result.scores, **ranked}}))
    made.append(scored(unanswerable().model_copy(update={"id": "u"}), REFUSED))
    return made


class Right:
    """A judge that is right on most pairs: it goes by the word "true"."""

    name = "offline"
    fingerprint = "right"

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        said = "true" in claim
        return Judgement(label="supported" if said else "not_supported", score=0.9 if said else 0.1)


def pairs(broken: bool = False) -> list[Pair]:
    """Ten supported claims and ten others; a broken judge takes all for true."""
    return [
        Pair(
            id=str(at),
            dataset="p",
            claim="true" if at < 10 or broken else "else",
            paper=Paper(id="x", title="X", abstract="x"),
            label="support" if at < 10 else "contradict",
        )
        for at in range(20)
    ]


def report(
    answers: Sequence[Answer | str], *, broken_judge: bool = False, hostile: bool = False
) -> Report:
    """The report of a run with these answers."""
    judged = judge_pairs(Right(), pairs(broken_judge))
    items = results(answers)
    if hostile:
        items = [i.model_copy(update={"question": HOSTILE, "text": HOSTILE}) for i in items]
    made = build_report(
        items,
        program="p",
        suite=SuiteState(name="s", digest="d", split="all", items=len(items), answerable=1),
        library=LibraryState(papers=2, version=1, digest="l"),
        model="extractive",
        settings={"answer": {"unsupported": "mark"}},
        prompts={"answer.user": "abc"},
        judge=JudgeState(
            name="offline",
            fingerprint="right",
            assessments=tuple(assess(judged)),
            pairs=tuple(verdicts_of(judged)),
        ),
    )
    return made.model_copy(update={"created": datetime(2026, 1, 2, tzinfo=UTC)})
