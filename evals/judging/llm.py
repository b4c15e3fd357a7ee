"""A chat model as the judge: one verdict a call, as JSON, asked again where it cannot be read.

A model that judges is as fallible as one that answers; Zheng et al. 2023, "Judging LLM-as-a-Judge
with MT-Bench and Chatbot Arena", describe its biases. `eval judge` measures it on labelled pairs.
"""

from collections.abc import Sequence

from llama_index.core.llms import ChatMessage, MessageRole

from assistant.llms.chat import ChatClient
from assistant.prompts import load_prompt, prompt_hash
from assistant.source_text import defuse, fence_for
from evals.judging.judge import Judgement
from evals.judging.reply import BrokenReplyError, read_reply
from ingest.endpoint_errors import EndpointError
from ingest.paper import Paper

SYSTEM, USER, RETRY = "judge.system", "judge.user", "judge.retry"
MAX_TOKENS = 200
REASON_WORDS = 20
_REPLY = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": ["supported", "contradicted", "not_supported"]},
        "confidence": {"type": "number"},
        "reason": {"type": "string", "maxLength": 200},
    },
    "required": ["verdict", "confidence", "reason"],
    "additionalProperties": False,
}
_FORMATS: tuple[dict[str, object], ...] = (
    {"type": "json_schema", "json_schema": {"name": "verdict", "schema": _REPLY}},
    {"type": "json_object"},
)
"""What endpoints may be asked to keep to, the best first."""


class LLMJudge:
    """Asks the configured endpoint. A claim stays `unjudged` where no verdict can be had."""

    def __init__(self, chat: ChatClient, attempts: int = 3) -> None:
        self.chat = chat
        self.attempts = attempts
        self.name = f"llm:{chat.llm.model}"
        self._formats = list(_FORMATS)

    @property
    def fingerprint(self) -> str:
        """Model and prompts."""
        return f"{self.name}:{prompt_hash(SYSTEM, USER, RETRY)}"

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        """The model's verdict; a broken reply is sent back with what is wrong with it."""
        if not papers or not claim.strip():
            return Judgement(label="not_supported", score=0.0, reason="no source")
        messages = _messages(claim, papers)
        problem = ""
        for _ in range(self.attempts):
            try:
                text = self._complete(messages)
                reply = read_reply(text)
            except EndpointError as error:
                return Judgement(label="unjudged", reason=str(error))
            except BrokenReplyError as error:
                problem = str(error)
                messages = [*messages, *_again(text, problem)]
            else:
                return Judgement(
                    label=reply.verdict, score=round(reply.support, 4), reason=reply.reason
                )
        return Judgement(label="unjudged", reason=f"the judge's replies were broken: {problem}")

    def _complete(self, messages: Sequence[ChatMessage]) -> str:
        """A reply in the best format that the endpoint takes."""
        options: dict[str, object] = {"max_tokens": MAX_TOKENS}
        for wanted in tuple(self._formats):
            try:
                return self.chat.complete(messages, **options, response_format=wanted).text
            except EndpointError as error:
                if error.kind != "bad_request":
                    raise
                if wanted in self._formats:
                    self._formats.remove(wanted)
        return self.chat.complete(messages, **options).text


def _messages(claim: str, papers: Sequence[Paper]) -> list[ChatMessage]:
    sources = [
        {"title": defuse(paper.title), "abstract": defuse(paper.abstract)} for paper in papers
    ]
    claim = defuse(claim)
    fence = fence_for([claim, *(text for source in sources for text in source.values())])
    user = load_prompt(USER).render(fence=fence, sources=sources, claim=claim)
    return [
        ChatMessage(
            role=MessageRole.SYSTEM, content=load_prompt(SYSTEM).render(words=REASON_WORDS)
        ),
        ChatMessage(role=MessageRole.USER, content=user),
    ]


def _again(text: str, problem: str) -> list[ChatMessage]:
    return [
        ChatMessage(role=MessageRole.ASSISTANT, content=text),
        ChatMessage(role=MessageRole.USER, content=load_prompt(RETRY).render(problem=problem)),
    ]
