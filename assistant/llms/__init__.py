"""Models that write answers: chosen by settings, called with retries, probed at start."""

from assistant.llms.chat import AsyncChatStream, ChatClient, ChatStream, Completion
from assistant.llms.probe import EndpointStatus, probe
from assistant.llms.registry import make_chat_client, make_llm

__all__ = [
    "AsyncChatStream",
    "ChatClient",
    "ChatStream",
    "Completion",
    "EndpointStatus",
    "make_chat_client",
    "make_llm",
    "probe",
]
