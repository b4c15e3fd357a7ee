"""What an ingest did."""

from pydantic import BaseModel

from ingest.readers import Failure


class FailureReport(BaseModel):
    """A record or source that was not read, and why. `line` is 1-based."""

    source: str
    line: int | None
    reason: str


class NearDuplicate(BaseModel):
    """Two papers that may be one; both are kept."""

    id: str
    other_id: str
    title: str


class IngestReport(BaseModel):
    """Counts of records; `read` = added + updated + unchanged + merged + without_abstract.

    With `keep_without_abstract` those without are counted as added and so on, too. `removed` is
    what `sync` took out. `cost_usd` is None where the price of the embedding model is not known.
    `estimated_seconds` is how long a dry run expects embedding to take; it stays None otherwise.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    without_abstract: int = 0
    removed: int = 0
    papers_without_abstract: list[str] = []
    near_duplicates: list[NearDuplicate] = []
    failed: list[FailureReport] = []
    seconds: float = 0.0
    embedded_tokens: int = 0
    cost_usd: float | None = 0.0
    estimated_seconds: float | None = None

    def fail(self, failure: Failure) -> None:
        """Note a failure."""
        self.failed.append(
            FailureReport(source=failure.source, line=failure.line, reason=failure.reason)
        )

    @property
    def nothing_read(self) -> bool:
        """Whether no paper was read at all."""
        return self.read == 0

    def lines(self) -> list[str]:
        """The report for people, a line each."""
        counts = (
            f"{self.read} read: {self.added} added, {self.updated} updated,"
            f" {self.unchanged} unchanged, {self.merged} merged,"
            f" {self.without_abstract} without abstract, {len(self.failed)} failed"
            + (f", {self.removed} removed" if self.removed else "")
        )
        cost = "" if self.cost_usd == 0 else f", cost {_dollars(self.cost_usd)}"
        planned = self.estimated_seconds is not None
        tokens = f"{self.embedded_tokens} tokens {'to embed' if planned else 'embedded'}"
        time = _expected(self.estimated_seconds) if self.estimated_seconds is not None else ""
        spent = f"{self.seconds:.1f} s, {tokens}{cost}{time}"
        lacking = [f"without abstract: {title}" for title in self.papers_without_abstract]
        near = [
            f"near-duplicates, both kept: {n.id} and {n.other_id}" for n in self.near_duplicates
        ]
        failures = [str(Failure(f.source, f.line, f.reason)) for f in self.failed]
        return [counts, spent, *lacking, *near, *failures]


def _dollars(cost: float | None) -> str:
    if cost is None:
        return "unknown (PAPERS_PRICES_FILE can name a price)"
    return f"{cost:.4f} USD" if cost >= 0.0001 else "under 0.0001 USD"


def _expected(seconds: float) -> str:
    """A duration in the unit that fits; estimates deserve no more digits."""
    if seconds < 90:
        return f", embedding would take about {seconds:.0f} s"
    minutes = seconds / 60
    about = f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
    return f", embedding would take about {about}"
