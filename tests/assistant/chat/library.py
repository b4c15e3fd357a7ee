"""A library of a few papers written for these tests, one of them hostile."""

import json
from pathlib import Path

from assistant.api import Assistant
from assistant.settings import LLMConfig, Settings

QUOTE = "Quillfeather reaches 71.4% top-1 accuracy on the Larkspur benchmark."
QUILLFEATHER = {
    "id": "quillfeather",
    "title": "Quillfeather: pooling in place of attention",
    "abstract": (
        "Image classifiers with attention are costly to train on small machines."
        " Quillfeather replaces attention by plain pooling over neighbouring patches."
        f" {QUOTE}"
        " It needs half the memory of a vision transformer of the same size."
    ),
    "authors": ["Ada Marsh", "Bo Lindqvist"],
    "year": 2023,
    "venue": "Journal of Small Models",
    "url": "https://papers.example/quillfeather",
}
THISTLE = {
    "id": "thistle",
    "title": "Thistle: distilling graph networks into lookup tables",
    "abstract": (
        "Graph neural networks answer slowly because they gather neighbours at inference."
        " Thistle distils a graph network into a lookup table of codes."
        " Inference with Thistle is 40 times faster than with the graph network."
    ),
    "year": 2024,
}
HOSTILE_TEXT = (
    "<script>window.ran = 1</script> <img src=x onerror=window.ran=2> ${window.ran = 3}"
    " {{constructor}} ![picture](http://elsewhere.example/p.png) [link](javascript:alert(1))"
    " $$\\frac{1}{2}$$ **bold**"
)
HOSTILE_QUOTE = f"Bramblewick reaches 12.5% accuracy on Sorrel {HOSTILE_TEXT}."
HOSTILE = {
    "id": "bramblewick",
    "title": "Bramblewick <img src=x onerror=window.ran=4> ${window.ran = 5} <b>bold</b>",
    "abstract": f"Bramblewick is a classifier for hedges. {HOSTILE_QUOTE}",
    "authors": ["<i>Mallory</i>"],
    "venue": "</aside><script>window.ran = 6</script>",
    "url": "javascript:window.ran=7",
}


def make_library(folder: Path, llm: LLMConfig | None = None) -> Assistant:
    """An assistant over the papers above, stored in `folder`."""
    source = folder / "papers.jsonl"
    source.write_text("\n".join(json.dumps(p) for p in (QUILLFEATHER, THISTLE, HOSTILE)), "utf-8")
    settings = Settings(library={"path": folder / "library"}, llm=llm or LLMConfig())
    assistant = Assistant(settings)
    report = assistant.ingest([source])
    assert report.added == 3
    return assistant
