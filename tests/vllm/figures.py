"""What of a weak model's answers reaches the user: `python -m tests.vllm.figures --n 40`.

Asks a seeded sample of a suite's test half of the model that `PAPERS_LLM__*` names and counts over
everything that is shown: the model's sentences, and the passages quoted in their place. `eval
answers` counts the latter as errors, since it measures the model. Ctrl-C ends it early; what was
counted by then is printed.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from assistant import Assistant, Settings
from assistant.answer import Answer
from assistant.verification import ModelVerifier
from evals.judging.offline import OfflineJudge
from evals.metrics.citations import CitationScores, SentenceCitations, total
from evals.metrics.markers import cited_numbers
from evals.run_library import library_of_files
from evals.sentences_judged import as_citations, judge_sentences
from evals.suite import Item, load_suite, shipped_file
from ingest.sample import SAMPLE_FILE


@dataclass
class Shown:
    """Sums over the answers; an unmarked sentence is one that the assistant calls supported."""

    statuses: Counter[str] = field(default_factory=Counter)
    by_model: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    unmarked: list[SentenceCitations] = field(default_factory=list)
    unknown_numbers: int = 0

    def add(self, answer: Answer, judge: OfflineJudge) -> None:
        """Count one answer; each unmarked sentence is judged anew by the papers it cites."""
        self.statuses[answer.status] += 1
        cited = {citation.number for citation in answer.citations}
        self.unknown_numbers += sum(n not in cited for n in cited_numbers(answer.text))
        if answer.status == "answered":
            self.by_model.update(s.text for s in answer.sentences if s.supported)
        self.marked += sum(not sentence.supported for sentence in answer.sentences)
        kept = tuple(sentence for sentence in answer.sentences if sentence.supported)
        papers = [citation.paper for citation in answer.citations]
        shown = answer.model_copy(update={"sentences": kept})
        self.unmarked += as_citations(judge_sentences(shown, papers, judge))

    @property
    def alce(self) -> CitationScores:
        """ALCE's measures over all that is shown; a marked sentence cites nothing."""
        marked = [SentenceCitations(False, 0, 0)] * self.marked
        return total([*self.unmarked, *marked])


def lines(shown: Shown) -> Iterator[str]:
    """What was counted, a line each."""
    alce, unmarked = shown.alce, total(shown.unmarked)
    yield f"answers: {dict(shown.statuses)}"
    by_model = shown.by_model.total()
    yield f"sentences shown: {unmarked.sentences} unmarked, {shown.marked} marked as unsupported"
    yield f"unmarked ones by the model: {by_model}, {len(shown.by_model)} of them different:"
    yield from (f"  {times:3} x {text}" for text, times in shown.by_model.most_common())
    yield f"unmarked sentences supported by what they cite: {unmarked.supported}"
    yield f"citation precision {_share(alce.precision)}, recall {_share(alce.recall)} (ALCE)"
    yield f"unknown numbers: {shown.unknown_numbers}"


def sample(suite: str, n: int, seed: int) -> list[Item]:
    """So many questions of the test half."""
    items = load_suite(shipped_file(suite), "test")
    return random.Random(seed).sample(items, min(n, len(items)))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=40, help="questions")
    parser.add_argument("--seed", type=int, default=7, help="of the sample")
    parser.add_argument("--suite", default="sample.jsonl", help="a suite that is shipped")
    parser.add_argument("--papers", type=Path, default=SAMPLE_FILE, help="the suite's library")
    asked = parser.parse_args()
    settings = library_of_files([asked.papers], Settings())
    judge, shown = OfflineJudge(ModelVerifier(), ""), Shown()
    items = sample(asked.suite, asked.n, asked.seed)
    started = time.monotonic()
    with Assistant(settings) as assistant, suppress(KeyboardInterrupt):
        for item in items:
            answer = assistant.ask(item.question, history=item.history)
            shown.add(answer, judge)
            sys.stderr.write(f"{answer.status:15} {item.question}\n")
    answered = shown.statuses.total()
    seconds = (time.monotonic() - started) / max(answered, 1)
    sys.stdout.write("\n".join(lines(shown)) + "\n")
    sys.stdout.write(f"{answered} questions, {seconds:.0f} s each, judging included\n")


if __name__ == "__main__":
    main()
