"""What a session took."""

from pathlib import Path

from assistant import Assistant
from assistant.answer import Answer, Usage
from assistant.ledger import Ledger
from tests.support.assistants import citing, llm_settings
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"


def answer(cost: float | None, *, cached: bool = False) -> Answer:
    usage = Usage(llm_calls=1, prompt_tokens=1000, completion_tokens=50, cost_usd=cost)
    return Answer(question="?", status="answered", text="", usage=usage, cached=cached)


def test_answers_are_summed_up() -> None:
    ledger = Ledger()
    ledger.note(answer(0.25))
    ledger.note(answer(0.5, cached=True))
    total = ledger.total
    assert (total.questions, total.cached) == (2, 1)
    assert total.usage == Usage(
        llm_calls=2, prompt_tokens=2000, completion_tokens=100, cost_usd=0.75
    )
    assert str(total) == "2 questions, 2 model calls, 2,000 + 100 tokens, $0.7500"


def test_an_unknown_price_makes_the_sum_unknown() -> None:
    ledger = Ledger()
    for cost in (0.25, None, 0.5):
        ledger.note(answer(cost))
    assert ledger.total.usage.cost_usd is None
    assert str(ledger.total).endswith("price unknown")


def test_an_assistant_keeps_the_sum(small_library_path: Path, openai_server: OpenAIServer) -> None:
    openai_server.always(citing("PetalMixer reaches 81.4% top-1 accuracy {petalmixer}."))
    settings = llm_settings(small_library_path, openai_server, model="gpt-4.1-mini")
    with Assistant(settings) as assistant:
        assert assistant.usage.questions == 0
        costs = [assistant.ask(QUESTION).usage.cost_usd for _ in range(2)]
        total = assistant.usage
    assert (total.questions, total.cached, total.usage.llm_calls) == (2, 1, 1)
    assert total.usage.cost_usd == sum(cost for cost in costs if cost is not None) > 0
