"""Everything that the Python API does can be awaited too."""

import asyncio
import inspect
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from tests.support.assistants import extractive_settings
from tests.support.papers import make_papers, own_papers

NOT_CALLS = {"close", "model_label", "library", "warm_up", "sources"}


def test_every_call_has_a_twin() -> None:
    public = {name for name in vars(Assistant) if not name.startswith("_")} - NOT_CALLS
    calls = {name for name in public if f"a{name}" in public}
    assert calls >= {"ask", "search", "stream", "ingest", "stats", "status", "get", "papers"}
    for name in calls:
        twin = getattr(Assistant, f"a{name}")
        assert inspect.iscoroutinefunction(twin) or inspect.isasyncgenfunction(twin)


async def test_a_library_made_listed_and_emptied(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text("\n".join(paper.model_dump_json() for paper in own_papers()))
    seen: list[int] = []
    async with Assistant(extractive_settings(tmp_path / "library")) as assistant:
        assert (await assistant.apapers()).papers == ()
        assert await assistant.adelete(["slow"]) == 0
        report = await assistant.aingest([source], on_progress=seen.append)
        assert (report.added, sum(seen)) == (12, 12)
        assert (await assistant.astats()).papers == 12
        assert (await assistant.astatus()).ok
        first = await assistant.apapers(limit=7)
        second = await assistant.apapers(limit=7, after=first.next or 0)
        ids = [paper.id for paper in (*first.papers, *second.papers)]
        assert ids == [paper.id for paper in own_papers()]
        assert (second.next, second.total) == (None, 12)
        slow = await assistant.aget("slow")
        assert slow is not None
        assert slow.title == own_papers()[5].title
        assert await assistant.adelete(["slow", "absent"]) == 1
        assert await assistant.aget("slow") is None
        answers: list[Answer] = await asyncio.gather(
            *(assistant.aask(q) for q in ("What is EmberNet?", "What does GraphTok learn?"))
        )
        cited = [{c.paper.id for c in answer.citations} for answer in answers]
        assert cited == [{"embernet"}, {"graphtok"}]


async def test_a_cancelled_ingest_ends(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text("\n".join(paper.model_dump_json() for paper in make_papers(3000)))
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with Assistant(extractive_settings(tmp_path / "library")) as assistant:

        def tell(_: int) -> None:
            loop.call_soon_threadsafe(begun.set)

        ingesting = asyncio.create_task(assistant.aingest([source], on_progress=tell))
        await begun.wait()
        ingesting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ingesting
        one = tmp_path / "one.jsonl"
        one.write_text(own_papers()[0].model_dump_json())
        assert (await assistant.aingest([one])).added == 1
        assert (await assistant.astats()).papers < 3000
