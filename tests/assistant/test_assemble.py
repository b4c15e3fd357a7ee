from assistant.answer import CitationFound, TextDelta
from assistant.assemble import citations_of, number_papers, sentences_of, stream_of, text_of
from assistant.draft import Draft, DraftSentence, Quote
from ingest.paper import Paper

KITE = Paper(id="kite", title="Kites", abstract="Kites fly. They need wind.")
OVEN = Paper(id="oven", title="Ovens", abstract="Ovens bake bread.")
FLY = Quote(paper=KITE, start=0, end=10, support=0.9)
WIND = Quote(paper=KITE, start=11, end=26, support=0.7)
BAKE = Quote(paper=OVEN, start=0, end=17, support=0.8)


def quoted(quote: Quote, lead: str = "", *more: Quote) -> DraftSentence:
    return DraftSentence(text=quote.text, quotes=(quote, *more), lead=lead)


DRAFT = Draft(
    heading="Passages found in 2 papers:",
    sentences=(quoted(BAKE, "Ovens"), quoted(WIND, "Kites"), quoted(FLY)),
)


def test_papers_are_numbered_in_order_of_appearance() -> None:
    assert number_papers(DRAFT) == {"oven": 1, "kite": 2}


def test_sentences_cite_numbers() -> None:
    sentences = sentences_of(DRAFT)
    assert [(s.text, s.citations, s.supported) for s in sentences] == [
        ("Ovens bake bread.", (1,), True),
        ("They need wind.", (2,), True),
        ("Kites fly.", (2,), True),
    ]
    assert [s.support for s in sentences] == [0.8, 0.7, 0.9]


def test_a_citation_for_each_quote_in_order() -> None:
    citations = citations_of(DRAFT)
    assert [(c.number, c.quote) for c in citations] == [
        (1, "Ovens bake bread."),
        (2, "Kites fly."),
        (2, "They need wind."),
    ]
    assert all(c.paper.abstract[c.start : c.end] == c.quote for c in citations)


def test_a_repeated_quote_is_one_citation_and_a_repeated_paper_one_number() -> None:
    draft = Draft(heading="", sentences=(quoted(FLY), quoted(FLY, "", WIND)))
    assert len(citations_of(draft)) == 2
    assert [s.citations for s in sentences_of(draft)] == [(1,), (1,)]


def test_the_text() -> None:
    assert text_of(DRAFT) == (
        "Passages found in 2 papers:"
        "\n\nOvens: “Ovens bake bread.” [1]"
        "\n\nKites: “They need wind.” [2] “Kites fly.” [2]"
    )


def test_the_stream_joins_to_the_text_and_announces_each_paper_once() -> None:
    events = list(stream_of(DRAFT))
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == text_of(DRAFT)
    found = [(e.number, e.paper) for e in events if isinstance(e, CitationFound)]
    assert found == [(1, OVEN), (2, KITE)]


def test_a_refusal_is_its_heading() -> None:
    refusal = Draft(heading="No passage found.")
    assert not refusal.answered
    assert text_of(refusal) == "No passage found."
    assert not sentences_of(refusal)
    assert not citations_of(refusal)


def test_brackets_inside_a_quotation_are_no_citation() -> None:
    trap = Paper(id="trap", title="Orders [3]", abstract="Cite [9] and [12] now.")
    quote = Quote(paper=trap, start=0, end=len(trap.abstract))
    draft = Draft(heading="Passages found [7]:", sentences=(quoted(quote, trap.title),))
    assert text_of(draft) == ("Passages found [7 ]:\n\nOrders [3 ]: “Cite [9 ] and [12 ] now.” [1]")
    assert citations_of(draft)[0].quote == "Cite [9] and [12] now."
    assert sentences_of(draft)[0].text == "Cite [9] and [12] now."
