"""Many queries or questions at once: JSON lines in, JSON lines out."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Turn
from assistant.cli.output import complain, say, write_json
from assistant.cli.progress import progress, wanted
from assistant.cli.whole_file import whole_file
from ingest.errors import PaperAssistantError
from ingest.readers import Failure, Source
from ingest.report import FailureReport


class BatchItem(BaseModel):
    """A line of a batch; members that are not known are ignored."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = Field(alias="_id", min_length=1)


class SearchItem(BatchItem):
    """A query, as BEIR's `queries.jsonl` has it."""

    text: str


class AskItem(BatchItem):
    """A question, with the exchanges before it where it is a follow-up."""

    question: str
    history: tuple[Turn, ...] = ()


class BatchReport(BaseModel):
    """What came of a batch. `failed` lines have no line in the output."""

    answered: int
    failed: list[FailureReport]
    out: str


class NothingAnsweredError(PaperAssistantError):
    """No line of a batch led to an answer."""


Item = TypeVar("Item", bound=BatchItem)
Numbered = tuple[int, Item]


def run_batch(
    source: Path,
    out: Path,
    kind: type[Item],
    answer: Callable[[Item], dict[str, object]],
    as_json: bool,
) -> None:
    """Write `{"_id", **answer(item)}` for each line of `source` to `out`, and say what came of it.

    A broken line, or one whose answer is an error, is told on stderr and the rest goes on;
    NothingAnsweredError if that is all there is, and `out` is left as it was.
    """
    items, failures = read_items(source, kind)
    answered = 0
    with whole_file(out) as file, progress("Answering", len(items), wanted(as_json)) as advance:
        for number, item in items:
            try:
                line = json.dumps({"_id": item.id, **answer(item)}, ensure_ascii=False)
            except PaperAssistantError as error:
                failures.append(Failure(str(source), number, str(error)))
            else:
                file.write(_encodable(line) + "\n")
                answered += 1
            advance(1)
        if not answered:
            _list(failures)
            raise NothingAnsweredError(
                f"nothing in {source} could be answered; {out} was not written"
            )
    _list(failures)
    _summarise(answered, failures, out, as_json)


def read_items(source: Path, kind: type[Item]) -> tuple[list[Numbered[Item]], list[Failure]]:
    """The numbered lines of a batch, and those that are broken or repeat an id."""
    items: list[Numbered[Item]] = []
    failures: list[Failure] = []
    first: dict[str, int] = {}
    for number, line in _filled_lines(source):
        try:
            item = kind.model_validate_json(line)
        except ValidationError as error:
            failures.append(Failure(str(source), number, _reason(error)))
            continue
        if item.id in first:
            reason = f"the _id {item.id!r} stands in line {first[item.id]} already"
            failures.append(Failure(str(source), number, reason))
        else:
            first[item.id] = number
            items.append((number, item))
    return items, failures


def _filled_lines(source: Path) -> Iterator[tuple[int, str]]:
    lines = Source(str(source), source).lines()
    return ((number, line) for number, line in lines if line.strip())


def _reason(error: ValidationError) -> str:
    problem = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]


def _encodable(line: str) -> str:
    return line.encode("utf-8", errors="replace").decode("utf-8")


def _list(failures: Sequence[Failure]) -> None:
    for failure in sorted(failures, key=lambda failure: failure.line or 0):
        complain(str(failure))


def _summarise(answered: int, failures: Sequence[Failure], out: Path, as_json: bool) -> None:
    if as_json:
        failed = [FailureReport(source=f.source, line=f.line, reason=f.reason) for f in failures]
        report = BatchReport(answered=answered, failed=failed, out=str(out))
        write_json(report.model_dump(mode="json"))
    else:
        say(f"{answered} answered, {len(failures)} failed; written to {out}")
