"""Labelled claims and unlabelled abstracts, each in a part: train, tune or test.

Only parts with a stated, open licence are ever in `train`. A source text is in one part alone: a
training row whose source also stands in tune or test is left out. Abstracts of SciTLDR that
written questions or claims train on are in train, whatever their hash says.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.errors import DatasetError
from evals.verifier.lines import trained_papers

Part = Literal["train", "tune", "test"]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

# Shares of train and tune in percent; the rest is test. Sets without a licence have no train part.
_SHARES = {
    "scifact": (50, 25),
    "wice": (34, 33),
    "healthver": (0, 50),
    "covidfact": (0, 50),
    "attributionbench": (0, 50),
    "scitldr": (50, 25),
    "pubmedqa": (80, 10),
    "litsearch": (80, 10),
}
FAITHFULNESS = ("scifact", "healthver", "covidfact", "wice", "attributionbench")
_SUPPORTED = {"SUPPORT", "supported"}


@dataclass(frozen=True)
class Claim:
    """A claim about a source, and what people said of it; `label` is the set's own word."""

    claim: str
    source: str
    label: str
    part: Part
    claim_id: str = ""

    @property
    def supported(self) -> bool:
        """Whether the source bears the claim out in full."""
        return self.label in _SUPPORTED


@dataclass(frozen=True)
class Abstract:
    """An abstract with human summaries where the set has them."""

    id: str
    title: str
    text: str
    part: Part
    summaries: tuple[str, ...] = ()


def claims(name: str, data: Path = DATA) -> list[Claim]:
    """A set of `faithfulness/`; DatasetError where it is absent."""
    rows = list(_rows(data / "faithfulness" / f"{name}.jsonl.gz"))
    by_claim = name in {"scifact", "wice"}
    found = [
        Claim(
            row["claim"],
            row["source"],
            row["label"],
            _part(name, row["id"].split("-")[0] if name == "scifact" else row["id"])
            if by_claim
            else _part(name, row["source"]),
            row["id"].split("-")[0],
        )
        for row in rows
    ]
    held_out = {c.source for c in found if c.part != "train"}
    return [c for c in found if c.part != "train" or c.source not in held_out]


def scitldr(data: Path = DATA) -> list[Abstract]:
    """Abstracts with summaries by their authors and readers."""
    trained = trained_papers("scitldr")
    found = []
    for row in _rows(data / "scitldr-train.jsonl.gz"):
        part = "train" if row["id"] in trained else _part("scitldr", row["id"])
        found.append(Abstract(row["id"], row["title"], row["abstract"], part, tuple(row["tldrs"])))
    return found


def litsearch(data: Path = DATA) -> list[Abstract]:
    """ACL Anthology abstracts; those of other origin are never in train."""
    path = data / "retrieval" / "litsearch-inline" / "corpus.jsonl.gz"
    found = []
    for row in _rows(path):
        part = _part("litsearch", row["_id"])
        if not row["_id"].startswith("acl-") and part == "train":
            part = "test"
        if _is_english(row["text"]):
            found.append(Abstract(row["_id"], row["title"], row["text"], part))
    return found


def scifact_abstracts(data: Path = DATA) -> list[Abstract]:
    """Biomedical abstracts, unlabelled; those of held-out claims are in test."""
    held_out = {c.source for c in claims("scifact", data) if c.part != "train"}
    found = []
    for row in _rows(data / "retrieval" / "scifact" / "corpus.jsonl.gz"):
        part: Part = "test" if row["text"] in held_out else "train"
        if _is_english(row["text"]):
            found.append(Abstract(row["_id"], row["title"], row["text"], part))
    return found


def pubmedqa(data: Path = DATA) -> list[tuple[dict[str, Any], Part]]:
    """Questions with their abstracts and conclusions."""
    path = data / "answers" / "pubmedqa.jsonl"
    return [(row, _part("pubmedqa", row["id"])) for row in _rows(path)]


def in_part(items: Sequence[Abstract], part: Part) -> list[Abstract]:
    """Those of one part."""
    return [item for item in items if item.part == part]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise DatasetError(f"{path} is absent: it is shared data that lies beside the repository")
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open() as file:
        for line in file:
            yield json.loads(line)


def _part(name: str, key: str) -> Part:
    number = int(hashlib.sha256(f"{name}:{key}".encode()).hexdigest(), 16) % 100
    train, tune = _SHARES[name]
    if number < train:
        return "train"
    return "tune" if number < train + tune else "test"


def _is_english(text: str) -> bool:
    return len(text) > 200 and sum(c.isascii() for c in text) > 0.95 * len(text)
