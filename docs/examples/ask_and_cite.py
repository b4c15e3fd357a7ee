"""Ask a library, look at the evidence, and keep exactly the cited papers as BibTeX.

python docs/examples/ask_and_cite.py LIBRARY PAPERS.jsonl OUT.bib
"""

import sys
from pathlib import Path

from assistant import Assistant, Settings
from assistant.answer import Filters
from assistant.export import cited_papers, export_papers
from ingest.config import LibraryConfig

library, papers, out = map(Path, sys.argv[1:4])

with Assistant(Settings(library=LibraryConfig(path=library))) as assistant:
    report = assistant.ingest([papers])
    print(report.lines()[0])

    answer = assistant.ask("which papers replace MLPs with KANs?", filters=Filters(year_from=2020))
    print(answer.status, "-", answer.text)
    for citation in answer.citations:
        print(f"[{citation.number}] {citation.paper.title}: “{citation.quote}”")
    out.write_text(export_papers(cited_papers(answer), "bibtex"), encoding="utf-8")

    for hit in assistant.search("image classification", limit=3).hits:
        print(f"{hit.rank}. {hit.paper.title} ({hit.score:.2f})")
