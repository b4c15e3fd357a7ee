"""Ingests in the background, one at a time, since a library has one writer."""

import logging
import shutil
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from assistant.glibc_memory import give_back
from assistant.stopping import Stoppable, StoppedError
from ingest.errors import PaperAssistantError
from ingest.report import IngestReport

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})
KEPT = 200
"""Jobs remembered after their end; the oldest are forgotten first."""

OnProgress = Callable[[int], None]
Work = Callable[[Callable[[int], None], OnProgress], IngestReport]
"""Ingests; is given what to call with the number of papers, and with each few that are done."""


class TooManyJobsError(PaperAssistantError):
    """So many jobs wait already that no more are taken."""


class JobStatus(BaseModel):
    """An ingest: how far it is, and its report or error once it has ended.

    `done` and `total` count papers; `total` is None until the files have been read through.
    """

    id: str
    state: State
    names: list[str]
    done: int = 0
    total: int | None = None
    seconds: float = 0.0
    report: IngestReport | None = None
    error: str | None = None


class _Job:
    def __init__(self, names: list[str], folder: Path, work: Work) -> None:
        self.id = uuid.uuid4().hex
        self.names, self.folder, self.work = names, folder, work
        self.state: State = "queued"
        self.done = 0
        self.total: int | None = None
        self.report: IngestReport | None = None
        self.error: str | None = None
        self.progress = Stoppable(self._advance)
        self._began: float | None = None
        self._ended: float | None = None

    def run(self) -> None:
        """Do the work and note how it ended."""
        self._began, self.state = time.monotonic(), "running"
        try:
            self.progress(0)
            self.report = self.work(self._expect, self.progress)
            nothing = self.report.nothing_read
            self.state = "failed" if nothing else "done"
            self.error = "no paper could be read; see report.failed" if nothing else None
        except StoppedError:
            self.state = "cancelled"
        except PaperAssistantError as error:
            self.state, self.error = "failed", str(error)
        except Exception:
            logging.getLogger(__name__).exception("ingest job %s", self.id)
            self.state, self.error = "failed", "unexpected error; the server's log says more"
        finally:
            self._ended = time.monotonic()
            shutil.rmtree(self.folder, ignore_errors=True)

    def status(self) -> JobStatus:
        """The job as it is now."""
        end = self._ended or time.monotonic()
        return JobStatus(
            id=self.id,
            state="cancelled" if self.state == "queued" and self.progress.stopped else self.state,
            names=self.names,
            done=self.done,
            total=self.total,
            seconds=round(end - self._began, 3) if self._began else 0.0,
            report=self.report,
            error=self.error,
        )

    def _expect(self, total: int) -> None:
        self.total = total

    def _advance(self, papers: int) -> None:
        self.done += papers


class Jobs:
    """All jobs of a server. Every method may be called from any thread."""

    def __init__(self, max_waiting: int, on_end: Callable[[State], None]) -> None:
        """`on_end` is told the state in which each job ends."""
        self._jobs: dict[str, _Job] = {}
        self._max_waiting = max_waiting
        self._on_end = on_end
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="ingest-job")

    def start(self, names: list[str], folder: Path, work: Work) -> JobStatus:
        """Queue a job; `folder` is deleted after it. TooManyJobsError if the queue is full."""
        job = _Job(names, folder, work)
        with self._lock:
            waiting = sum(j.state not in ENDED for j in self._jobs.values())
            if waiting >= self._max_waiting:
                raise TooManyJobsError(
                    f"{waiting} uploads wait already; try again once some are done"
                )
            self._forget()
            self._jobs[job.id] = job
        self._worker.submit(self._run, job)
        return job.status()

    def status(self, job_id: str) -> JobStatus | None:
        """How far a job is; None if there is none of that id."""
        job = self._jobs.get(job_id)
        return job.status() if job else None

    def all(self) -> list[JobStatus]:
        """All jobs that are remembered, the newest first."""
        with self._lock:
            jobs = list(self._jobs.values())
        return [job.status() for job in reversed(jobs)]

    def cancel(self, job_id: str) -> JobStatus | None:
        """Ask a job to end; it does within a paper or two. None if there is none of that id."""
        job = self._jobs.get(job_id)
        if job is None:
            return None
        job.progress.stop()
        return job.status()

    def close(self) -> None:
        """Cancel all jobs and wait for the one that runs."""
        for job in list(self._jobs.values()):
            job.progress.stop()
        self._worker.shutdown(wait=True)

    def _run(self, job: _Job) -> None:
        job.run()
        give_back()
        self._on_end(job.state)

    def _forget(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.state in ENDED]
        for key in ended[: max(0, len(ended) - KEPT + 1)]:
            del self._jobs[key]
