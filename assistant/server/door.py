"""What every route needs: the assistant, the jobs, the figures."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.api import Assistant
from assistant.server.jobs import Jobs
from assistant.server.metrics import Metrics


@dataclass(frozen=True)
class Door:
    """The parts of one running application."""

    assistant: Assistant
    jobs: Jobs
    metrics: Metrics


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


TheDoor = Annotated[Door, Depends(_door)]
