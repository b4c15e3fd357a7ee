"""A small laboratory for the gate: questions about a dozen papers, and a model that half lies.

The model is scripted: where a source in its prompt states what is asked for, it says so and adds a
sentence with a wrong figure, which a working verifier removes; where none does, it refuses.
"""

from pathlib import Path
from typing import NamedTuple

from assistant.settings import AnswerConfig, RetrievalConfig, Settings
from evals.evaluation import Plan
from evals.suite import Item
from tests.support.assistants import llm_settings, source_numbers
from tests.support.openai_chat import prompt_text
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

NAME = "lab"


class Case(NamedTuple):
    """A question, the first word of the title that answers it, a true and a false sentence."""

    paper: str
    question: str
    fact: str
    truth: str
    lie: str


CASES = (
    Case("splineblock", "What top-1 accuracy does SplineBlock reach on ImageNet-1K?", "82.3%",
         "SplineBlock reaches 82.3% top-1 accuracy on ImageNet-1K.",
         "SplineBlock reaches 91.7% top-1 accuracy on ImageNet-1K."),
    Case("splineblock", "How many parameters does SplineBlock have?", "22M",
         "SplineBlock reaches its accuracy with 22M parameters.",
         "SplineBlock reaches its accuracy with 64M parameters."),
    Case("petalmixer", "How many images a second does PetalMixer run at?", "2,150",
         "PetalMixer runs at 2,150 images a second.", "PetalMixer runs at 9,870 images a second."),
    Case("petalmixer", "What accuracy has PetalMixer on ImageNet-1K?", "81.4%",
         "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K.",
         "PetalMixer reaches 74.9% top-1 accuracy on ImageNet-1K."),
    Case("graphtok", "How much faster than the GNN is GraphTok at inference?", "35 times",
         "GraphTok infers 35 times faster than the GNN.",
         "GraphTok infers 78 times faster than the GNN."),
    Case("graphtok", "How much accuracy does GraphTok gain on average?", "3.2%",
         "GraphTok gains 3.2% accuracy on average over seven datasets.",
         "GraphTok gains 8.8% accuracy on average over seven datasets."),
    Case("moondrop", "What share of the experts does MoonDrop remove?", "40%",
         "MoonDrop removes 40% of the experts of a trained model.",
         "MoonDrop removes 85% of the experts of a trained model."),
    Case("moondrop", "How much less memory does a model pruned by MoonDrop need?", "37%",
         "The pruned model needs 37% less memory.", "The pruned model needs 66% less memory."),
    Case("harvest-26:", "How many field photographs does Harvest-26 hold?", "48,200",
         "Harvest-26 is a benchmark of 48,200 field photographs.",
         "Harvest-26 is a benchmark of 99,100 field photographs."),
    Case("harvest-26:", "How many points do classifiers lose on Harvest-26?", "21 points",
         "Classifiers trained on laboratory photographs lose 21 points on it.",
         "Classifiers trained on laboratory photographs lose 57 points on it."),
    Case("slow", "What is the mean error of Slow Tides?", "3.1 cm",
         "The mean error of Slow Tides is 3.1 cm.", "The mean error of Slow Tides is 9.9 cm."),
    Case("slow", "How many hours ahead does Slow Tides forecast water levels?", "48 hours",
         "Slow Tides forecasts coastal water levels 48 hours ahead.",
         "Slow Tides forecasts coastal water levels 91 hours ahead."),
    Case("sparsefold", "By how many points does SparseFold improve on long proteins?", "4.7 points",
         "Accuracy on proteins of more than 1,000 residues improves by 4.7 points.",
         "Accuracy on proteins of more than 1,000 residues improves by 8.3 points."),
    Case("prompt", "In how many of the cases do answers change in Prompt Weather?", "18%",
         "Answers change in 18% of the cases.", "Answers change in 62% of the cases."),
    Case("embernet:", "How much power does EmberNet consume?", "0.8 mW",
         "EmberNet consumes 0.8 mW.", "EmberNet consumes 6.5 mW."),
    Case("embernet:", "What keyword accuracy has EmberNet?", "94.5%",
         "The keyword accuracy of EmberNet is 94.5%.",
         "The keyword accuracy of EmberNet is 71.2%."),
    Case("annealed", "By how much does waiting time for rural buses fall?", "27%",
         "Waiting time falls by 27% in a region with 64 lines.",
         "Waiting time falls by 83% in a region with 64 lines."),
    Case("annealed", "How many lines has the region of the rural bus timetables?", "64 lines",
         "Waiting time falls in a region with 64 lines.",
         "Waiting time falls in a region with 17 lines."),
)  # fmt: skip
UNANSWERABLE = ("What is the capital of Mongolia?", "How do I bake sourdough bread?")


def items(titles: dict[str, str]) -> list[Item]:
    """The suite; `titles` has the title of each paper's first word, `paper_ids` its id."""
    made = [
        {
            "_id": f"c{at:02d}",
            "question": case.question,
            "kind": "fact",
            "split": "test",
            "answerable": True,
            "papers": [{"id": titles[case.paper.rstrip(":")], "grade": 2}],
            "facts": [[case.fact]],
        }
        for at, case in enumerate(CASES)
    ]
    made += [
        {
            "_id": f"u{at}",
            "question": question,
            "kind": "fact",
            "split": "test",
            "answerable": False,
            "why_not": "off_topic",
        }
        for at, question in enumerate(UNANSWERABLE)
    ]
    return [Item.model_validate(row) for row in made]


def plan(suite: list[Item]) -> Plan:
    """The plan of every run in the laboratory."""
    return Plan(items=suite, name=NAME, split="all", model="test-chat")


def model(request: RecordedRequest) -> Reply:
    """What the scripted model says to one prompt."""
    prompt = prompt_text(request.json)
    numbers = source_numbers(request.json)
    for case in CASES:
        if case.question in prompt and case.fact in prompt.replace(case.question, ""):
            number = numbers.get(case.paper.rstrip(":"), numbers.get(case.paper))
            if number is not None:
                return Reply(f"{case.truth[:-1]} [{number}]. {case.lie[:-1]} [{number}].")
    return Reply("NOT_IN_LIBRARY")


def settings(library: Path, server: OpenAIServer) -> Settings:
    """Few sources, so that ranking matters; what is not supported is left out."""
    made = llm_settings(library, server, AnswerConfig(unsupported="drop", cache_size=0))
    return made.model_copy(update={"retrieval": RetrievalConfig(sources=3)})
