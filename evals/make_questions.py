"""Drafts questions from a user's own library, for a person to correct.

Without a model they are made by rule from sentences that state a figure or a named method; a model
words them better. Either way the fact is the sentence's own and the draft has to be read: rules
make clumsy questions, models make wrong ones.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator
from typing import Any

from llama_index.core.llms import ChatMessage, MessageRole
from pydantic import BaseModel, ValidationError

from assistant.llms.chat import ChatClient
from assistant.prompts import load_prompt
from assistant.source_text import defuse, fence_for
from evals.metrics.correctness import fact_recall
from evals.statistics import SEED
from ingest.paper import Paper
from ingest.text import split_sentences

PROMPT = "make.question"
_FIGURE = re.compile(
    r"(?<![\w.,-])\d[\d,]*"
    r"(?:(?:\.\d+)?\s?(?:\\?%|percent|times|x|million|billion|points?)|\.\d+[KMB]?)"
    r"(?!\w|[.,]\d)"
)
_LONGEST_HINT = 160
_JSON = re.compile(r"\{.*\}", re.DOTALL)


class Draft(BaseModel):
    """A question with the spellings of its answer."""

    question: str
    facts: list[list[str]]


def draft_items(
    papers: Iterable[Paper], count: int, chat: ChatClient | None = None, seed: int = SEED
) -> Iterator[dict[str, Any]]:
    """At most `count` drafts as lines of a suite, one a paper, papers in random order.

    Halves are marked `tune` and `test` in turn. A model's draft whose fact is not in the abstract,
    or that cannot be read, is replaced by the rule's. EndpointError where the model is out of
    reach.
    """
    shuffled = sorted(papers, key=lambda paper: paper.id)
    random.Random(seed).shuffle(shuffled)
    made = 0
    for paper in shuffled:
        if made == count:
            return
        draft = (chat and _by_model(paper, chat)) or by_rule(paper)
        if draft is None:
            continue
        made += 1
        yield {
            "_id": f"draft-{made:03d}",
            "question": draft.question,
            "kind": "fact",
            "split": "tune" if made % 2 else "test",
            "answerable": True,
            "why_not": None,
            "history": [],
            "papers": [{"title": paper.title, "id": paper.id, "grade": 2}],
            "facts": draft.facts,
        }


def by_rule(paper: Paper) -> Draft | None:
    """A question for the first figure of an abstract; None for an abstract without one."""
    for span in split_sentences(paper.abstract):
        sentence = paper.abstract[span.start : span.end].strip()
        found = _FIGURE.search(sentence)
        if found is None:
            continue
        hint = f"{sentence[: found.start()]}___{sentence[found.end() :]}"
        if len(hint) > _LONGEST_HINT:
            hint = _around(hint)
        return Draft(
            question=f"In “{paper.title}”, which figure belongs here: “{hint.rstrip('.')}”?",
            facts=[[found[0].strip()]],
        )
    return None


def _around(hint: str) -> str:
    """Whole words around the gap."""
    gap = hint.index("___")
    start = max(0, gap - _LONGEST_HINT // 2)
    end = min(len(hint), gap + _LONGEST_HINT // 2)
    start = hint.find(" ", start) + 1 if start else 0
    end = hint.rfind(" ", gap, end) if end < len(hint) else end
    return f"{'… ' if start else ''}{hint[start:end]}{' …' if end < len(hint) else ''}"


def _by_model(paper: Paper, chat: ChatClient) -> Draft | None:
    title, abstract = defuse(paper.title), defuse(paper.abstract)
    text = load_prompt(PROMPT).render(
        fence=fence_for([title, abstract]), title=title, abstract=abstract
    )
    reply = chat.complete([ChatMessage(role=MessageRole.USER, content=text)]).text
    draft = _read(reply)
    return draft if draft and fact_recall(paper.abstract, draft.facts) == 1 else None


def _read(reply: str) -> Draft | None:
    found = _JSON.search(reply)
    try:
        draft = Draft.model_validate(json.loads(found[0])) if found else None
    except (ValidationError, ValueError, RecursionError):
        return None
    if draft is None or not draft.question.strip():
        return None
    return Draft(
        question=draft.question,
        facts=[[spelling for spelling in fact if spelling.strip()] for fact in draft.facts],
    )
