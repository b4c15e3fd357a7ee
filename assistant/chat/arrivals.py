"""Papers that a reader brings in by the page: tried out first, then ingested with progress."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.chat import render
from assistant.chat.backend import ChatBackend
from assistant.chat.session import Changes
from assistant.server.jobs import ENDED, Jobs, JobStatus
from assistant.server.uploads import Upload
from ingest.errors import PaperAssistantError
from ingest.pipeline import AUTO, dry_run, read_papers
from ingest.report import IngestReport
from ingest.sample import SAMPLE_FILE

LOOK_SECONDS = 0.25
MAX_LISTED = 20


class Arrivals:
    """Uploads of one page's readers; one ingest runs at a time, the others wait."""

    def __init__(self, assistant: ChatBackend, jobs: Jobs | None = None) -> None:
        """`jobs` are those of the server beside the page, which closes them itself."""
        settings = assistant.settings
        self._assistant, self._settings = assistant, settings
        self._shared = jobs is not None
        self._jobs = jobs or Jobs(settings.server.max_jobs, lambda _: None)

    async def estimate(self, files: Sequence[str]) -> AsyncIterator[Changes]:
        """Say what adding the files would do, cost and take; nothing is written."""
        if not files:
            yield _nothing_staged("")
            return
        yield {"arrival": render.html("reading", count=len(files))}
        try:
            report = await asyncio.to_thread(self._try_out, files)
        except PaperAssistantError as error:
            yield _nothing_staged(render.problem_html(str(error)))
            return
        shown = render.html("estimate", report=report, lines=_lines(report))
        yield {"arrival": shown, "add": report.read > 0, "leave": True}

    async def add(self, files: Sequence[str]) -> AsyncIterator[Changes]:
        """Bring the files in and show how far it is; the report comes last."""
        try:
            job = await asyncio.to_thread(self._start, files)
        except PaperAssistantError as error:
            yield _nothing_staged(render.problem_html(str(error)))
            return
        async for changes in self._watched(job):
            yield changes

    async def add_sample(self) -> AsyncIterator[Changes]:
        """Bring in the sample that comes with the program."""
        async for changes in self.add([str(SAMPLE_FILE)]):
            yield changes

    def halt(self, job: str) -> None:
        """End an ingest a paper or two later; what was committed stays."""
        self._jobs.cancel(job)

    def close(self) -> None:
        """End all ingests and wait for the one that runs."""
        if not self._shared:
            self._jobs.close()

    async def _watched(self, job: JobStatus) -> AsyncIterator[Changes]:
        yield {**_nothing_staged(_progress(job)), "halt": True, "job": job.id}
        while job.state not in ENDED:
            await asyncio.sleep(LOOK_SECONDS)
            job = self._jobs.status(job.id) or job
            yield {"arrival": _progress(job)}
        lines = _lines(job.report) if job.report else ()
        done = render.html("ingested", job=job, lines=lines)
        yield {"arrival": done, "halt": False, "files": None, "changed": True}

    def _start(self, files: Sequence[str]) -> JobStatus:
        upload = self._upload(files)
        try:
            upload.check(AUTO, self._settings.server.max_unpacked_bytes)
            work = upload.work(self._settings, AUTO, False, self._assistant.library)
            return self._jobs.start(list(upload.names), upload.folder, work)
        except PaperAssistantError:
            upload.discard()
            raise

    def _try_out(self, files: Sequence[str]) -> IngestReport:
        upload = self._upload(files)
        try:
            upload.check(AUTO, self._settings.server.max_unpacked_bytes)
            report = dry_run(
                read_papers(upload.paths),
                self._settings.library,
                self._settings.embedding,
                prices_file=self._settings.prices_file,
            )
            for failure in report.failed:
                failure.source = upload.shown(failure.source)
                failure.reason = upload.shown(failure.reason)
            return report
        finally:
            upload.discard()

    def _upload(self, files: Sequence[str]) -> Upload:
        with ExitStack() as opened:
            return Upload.store(
                [(Path(f).name, opened.enter_context(Path(f).open("rb"))) for f in files]
            )


def _nothing_staged(shown: str) -> Changes:
    return {"arrival": shown, "add": False, "leave": False}


def _progress(job: JobStatus) -> str:
    return render.html("progress", job=job)


def _lines(report: IngestReport) -> list[str]:
    """The report as people read it, its long lists cut."""
    lines = report.lines()
    rest = len(lines) - MAX_LISTED
    return lines if rest <= 0 else [*lines[:MAX_LISTED], f"and {rest} more"]
