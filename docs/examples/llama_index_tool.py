"""The library as a LlamaIndex query engine, which any of its agents can have as a tool.

python docs/examples/llama_index_tool.py LIBRARY PAPERS.jsonl
"""

import sys
from pathlib import Path

from llama_index.core.tools import QueryEngineTool

from assistant import Assistant, Settings
from assistant.query_engine import PaperQueryEngine
from ingest.config import LibraryConfig

library, papers = map(Path, sys.argv[1:3])

with Assistant(Settings(library=LibraryConfig(path=library))) as assistant:
    assistant.ingest([papers])
    tool = QueryEngineTool.from_defaults(
        PaperQueryEngine(assistant), name="papers", description="Answers from a library of papers."
    )
    # FunctionAgent(tools=[tool], llm=...) calls it so:
    output = tool.call("which papers replace MLPs with KANs?")
    print(output.content)
    for node in output.raw_output.source_nodes:
        print(f"[{node.metadata['number']}] {node.metadata['title']}: “{node.text}”")
