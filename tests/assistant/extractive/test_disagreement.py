"""Papers that contradict each other are shown as such."""

import pytest

from assistant.draft import Draft, DraftSentence, Quote
from assistant.extractive.disagreement import with_disagreement
from assistant.headings import is_heading
from ingest.paper import Paper

HEADING = "Passages found in 2 papers:"
HELPS = "Data augmentation improves accuracy on small graph datasets."
HARMS = "Data augmentation degrades accuracy on small graph datasets."
NOT = "Data augmentation does not improve accuracy on small graphs."
BUSES = "Waiting time does not fall for bus lines in the valley."


def draft(*texts: str, same_paper: bool = False) -> Draft:
    papers = [
        Paper(id="one" if same_paper else f"p{n}", title=f"T{n}", abstract=text)
        for n, text in enumerate(texts)
    ]
    sentences = [
        DraftSentence(text=p.abstract, quotes=(Quote(paper=p, start=0, end=len(p.abstract)),))
        for p in papers
    ]
    return Draft(heading=HEADING, sentences=tuple(sentences))


@pytest.mark.parametrize("other", [HARMS, NOT])
@pytest.mark.parametrize("turned", [False, True])
def test_opposite_findings_are_named_and_both_shown(other: str, *, turned: bool) -> None:
    before = draft(*([other, HELPS] if turned else [HELPS, other]))
    after = with_disagreement(before)
    assert after.heading == "Passages found in 2 papers that disagree:"
    assert after.sentences == before.sentences
    assert is_heading(after.heading)


@pytest.mark.parametrize(
    "passages", [draft(HELPS, HELPS), draft(HELPS, BUSES), draft(HELPS), draft()]
)
def test_other_passages_do_not_disagree(passages: Draft) -> None:
    assert with_disagreement(passages) == passages


def test_one_paper_does_not_disagree_with_itself() -> None:
    passages = draft(HELPS, NOT, same_paper=True)
    assert with_disagreement(passages) == passages
