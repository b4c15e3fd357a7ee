"""Reads the verdict out of what a model wrote, which may be more or less than JSON."""

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BrokenReplyError(ValueError):
    """A reply that holds no verdict; the message tells the model what is wrong."""


class Reply(BaseModel):
    """A verdict as a model gives it; further members are ignored."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    verdict: Literal["supported", "contradicted", "not_supported"]
    confidence: float = Field(default=1.0, ge=0, le=1)
    reason: str = ""

    @property
    def support(self) -> float:
        """Chance that the claim is supported: the confidence, turned round for other verdicts."""
        return self.confidence if self.verdict == "supported" else 1 - self.confidence


def read_reply(text: str) -> Reply:
    """The first JSON object in a text that is a verdict; BrokenReplyError without one.

    Words around it and Markdown fences do not matter, nor do letter case and blanks in the verdict.
    """
    problem = "it holds no JSON object"
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            found, _ = decoder.raw_decode(text, start)
            return Reply.model_validate(_normalised(found))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        except (ValueError, RecursionError) as error:
            problem = f"not valid JSON ({error})"
        start = text.find("{", start + 1)
    raise BrokenReplyError(problem)


def _normalised(found: object) -> object:
    if not isinstance(found, dict) or not isinstance(found.get("verdict"), str):
        return found
    verdict = found["verdict"].strip().casefold().replace(" ", "_").replace("-", "_")
    return {**found, "verdict": verdict}
