"""Asks the model once more for an answer, naming the sentences that failed the check and why.

One retry with the failure attached is what self-refinement gains most from (Madaan et al. 2023,
"Self-Refine"); the new answer is checked like the first and taken only if it is better.
"""

from llama_index.core.llms import ChatMessage, MessageRole

from assistant.checked import Checked
from assistant.prompting import Prompt, count_messages
from assistant.prompts import load_prompt
from assistant.refusal import NOT_IN_LIBRARY
from assistant.source_text import defuse, fence_for

REPAIR = "repair"


def repair_messages(
    prompt: Prompt,
    written: str,
    checked: Checked,
    *,
    room: int,
    model: str | None = None,
) -> list[ChatMessage] | None:
    """The conversation so far and what failed; None where it takes more than `room` tokens.

    `written` is the model's answer with the prompt's own numbers.
    """
    failures = [
        {"sentence": defuse(sentence.text), "reason": defuse(sentence.reason)}
        for sentence in checked.failures
    ]
    fence = fence_for([text for failure in failures for text in failure.values()])
    text = load_prompt(REPAIR).render(fence=fence, failures=failures, not_in_library=NOT_IN_LIBRARY)
    messages = [
        *prompt.messages,
        ChatMessage(role=MessageRole.ASSISTANT, content=written),
        ChatMessage(role=MessageRole.USER, content=text),
    ]
    return messages if count_messages(messages, model) <= room else None


def better(first: Checked, second: Checked) -> Checked:
    """The one with fewer unsupported sentences; of equals the first, which the reader has seen.

    One in which nothing is supported is never the better one.
    """
    if not second.citations:
        return first
    if not first.citations:
        return second
    return second if len(second.failures) < len(first.failures) else first
