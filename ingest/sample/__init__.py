"""The sample library: notes on 72 papers, written for this project (see the file's header)."""

from importlib.resources import files
from pathlib import Path

SAMPLE_FILE = Path(str(files(__name__) / "papers.jsonl"))
