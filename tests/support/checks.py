"""What must hold for every answer, whoever wrote it."""

import re

from assistant.answer import Answer

_MARKER = re.compile(r"\[(\d+)\]")


def assert_sound(answer: Answer) -> None:
    """Quotes verbatim at their offsets; markers, sentences and citations of one mind."""
    for citation in answer.citations:
        assert citation.quote
        assert citation.paper.abstract[citation.start : citation.end] == citation.quote
        assert 0 <= citation.support <= 1
    numbers = {citation.number for citation in answer.citations}
    assert numbers == set(range(1, len(numbers) + 1))
    assert {int(n) for n in _MARKER.findall(answer.text)} == numbers
    assert {n for sentence in answer.sentences for n in sentence.citations} == numbers
    by_number = {(c.number, c.paper.id) for c in answer.citations}
    assert len(by_number) == len(numbers)
    assert all(not s.citations for s in answer.sentences if not s.supported)
    if answer.status == "not_in_library":
        assert not answer.citations
        assert not answer.sentences
    else:
        assert answer.citations
        assert answer.sentences
    assert {c.paper.id for c in answer.citations} <= {s.paper_id for s in answer.sources}
