"""`/v1/ingest`: papers brought in, by a job in the background."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from assistant.server.door import Door, TheDoor
from assistant.server.errors import RequestError
from assistant.server.jobs import JobStatus
from assistant.server.requests import IngestBody
from assistant.server.uploads import Upload, known_format

MAX_FILES = 100


router = APIRouter(tags=["ingest"])


@router.post("/v1/ingest", status_code=202)
def upload(
    files: Annotated[list[UploadFile], File(description="Any files that `ingest` reads.")],
    door: TheDoor,
    response: Response,
    format: Annotated[str, Form(max_length=40)] = "auto",  # noqa: A002
    keep_without_abstract: Annotated[bool, Form()] = False,
) -> JobStatus:
    """Upload files of papers, also gzipped or in a zip archive; told by content, not by name.

    The answer is a job; ask `/v1/ingest/{id}` how far it is.
    """
    if len(files) > MAX_FILES:
        raise RequestError(400, f"more than {MAX_FILES} files; pack them in a zip", param="files")
    known_format(format)
    stored = Upload.store((file.filename or "", file.file) for file in files)
    return _start(door, stored, format, keep_without_abstract, response)


@router.post("/v1/ingest/text", status_code=202)
def text(body: IngestBody, door: TheDoor, response: Response) -> JobStatus:
    """Send papers as text, in any format that a file may have; the answer is a job."""
    known_format(body.format)
    stored = Upload.of_text(body.name, body.text)
    return _start(door, stored, body.format, body.keep_without_abstract, response)


@router.get("/v1/ingest")
def jobs(door: TheDoor) -> list[JobStatus]:
    """All jobs that are remembered, the newest first."""
    return door.jobs.all()


@router.get("/v1/ingest/{job_id}")
def status(job_id: str, door: TheDoor) -> JobStatus:
    """How far a job is, and its report once it has ended."""
    return _known(door.jobs.status(job_id))


@router.delete("/v1/ingest/{job_id}")
def cancel(job_id: str, door: TheDoor) -> JobStatus:
    """End a job within a paper or two; what was committed by then stays."""
    return _known(door.jobs.cancel(job_id))


def _start(
    door: Door, upload: Upload, source_format: str, keep: bool, response: Response
) -> JobStatus:
    settings = door.assistant.settings
    try:
        upload.check(source_format, settings.server.max_unpacked_bytes)
        work = upload.work(settings, source_format, keep, door.assistant.library)
        job = door.jobs.start(list(upload.names), upload.folder, work)
    except BaseException:
        upload.discard()
        raise
    response.headers["Location"] = f"/v1/ingest/{job.id}"
    return job


def _known(job: JobStatus | None) -> JobStatus:
    if job is None:
        raise RequestError(404, "there is no job of that id", param="id", code="job_not_found")
    return job
