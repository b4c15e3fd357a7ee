"""What is refused of a few questions, over papers written for them."""

from evals.refusals import refused, titled
from evals.suite import Item

HERON = titled(
    "HeronNet: Counting Birds From the Air",
    "HeronNet counts waterfowl in aerial photographs without manual labels."
    " It finds 94% of 12,000 birds and improves the count by 12% over people on the ground.",
)
LAKES = titled("Lakes", "Lakes of Lapland are on average 9 m deep.")


def test_each_question_is_asked_of_the_papers() -> None:
    questions = {
        "What share of the birds does HeronNet find in aerial photographs?": False,
        "Which optimizer was HeronNet trained with?": True,
        "Why does HeronNet need manual labels for aerial photographs?": True,
    }
    items = [
        Item.model_validate(
            {
                "_id": str(number),
                "question": question,
                "kind": "fact",
                "split": "tune",
                "answerable": False,
                "why_not": "fact_absent",
            }
        )
        for number, question in enumerate(questions)
    ]
    assert refused(items, [HERON, LAKES]) == list(questions.values())
