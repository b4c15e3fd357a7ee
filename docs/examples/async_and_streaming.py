"""Several questions at once, and one answer as it is written.

python docs/examples/async_and_streaming.py LIBRARY PAPERS.jsonl
"""

import asyncio
import sys
from pathlib import Path

from assistant import Assistant, Settings
from assistant.answer import CitationFound, Done, TextDelta
from ingest.config import LibraryConfig


async def main(library: Path, papers: Path) -> None:
    """Ingest, ask twice at once, stream once."""
    async with Assistant(Settings(library=LibraryConfig(path=library))) as assistant:
        await assistant.aingest([papers])
        questions = ("What is the capital of France?", "which papers replace MLPs with KANs?")
        for answer in await asyncio.gather(*map(assistant.aask, questions)):
            print(answer.status)

        async for event in assistant.astream("What accuracy is reached on ImageNet-1K?"):
            if isinstance(event, TextDelta):
                print(event.text, end="", flush=True)
            elif isinstance(event, CitationFound):
                print(f" (citing {event.paper.title})", end="")
            elif isinstance(event, Done):
                print(f"\nchecked: {len(event.answer.citations)} citations")


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
