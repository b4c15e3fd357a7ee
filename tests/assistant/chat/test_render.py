"""Whatever papers, models and readers write is shown as text."""

from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Citation, CitationFound, Sentence, SourcePaper, TextDelta
from assistant.chat import render
from assistant.chat.conversation import Exchange
from assistant.settings import LLMConfig, Settings
from ingest.paper import Paper

NASTY = (
    "<script>ran()</script><img src=x onerror=ran()>\"'><a href='javascript:ran()'>x</a>"
    " ![p](http://elsewhere.example) $$x$$ **b** ${ran()} {{ran}} &lt;b&gt;"
)


class Reader(HTMLParser):
    """Collects what a browser would make of the HTML: tags, attributes and text by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked[-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def cites(html: str) -> list[dict[str, str | None]]:
    return [button for button in Reader(html).named("button") if "data-cite" in button]


def answered(paper: Paper, start: int = 0, end: int | None = None) -> Exchange:
    end = len(paper.abstract) if end is None else end
    quote = paper.abstract[start:end]
    answer = Answer(
        question="q",
        status="answered",
        text=f"{quote} [1]",
        sentences=(Sentence(text=quote, citations=(1,), supported=True),),
        citations=(Citation(number=1, paper=paper, quote=quote, start=start, end=end, support=1),),
    )
    return Exchange(index=0, question="q", answer=answer, state="done")


def check_harmless(html: str) -> None:
    read = Reader(html)
    allowed = {
        "a", "article", "aside", "button", "details", "div", "footer", "h1", "h2", "h3", "header",
        "li", "mark", "ol", "p", "q", "section", "span", "summary", "code", "form", "input",
        "label",
        "path", "svg", "template",
    }  # fmt: skip
    for tag, attributes in read.tags:
        assert tag in allowed
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "https:").startswith(("https:", "http:"))


def test_a_hostile_paper_is_shown_as_text() -> None:
    paper = Paper(
        id=NASTY, title=NASTY, abstract=NASTY, authors=(NASTY,), venue=NASTY, url=NASTY, year=1
    )
    conversation = (answered(paper),)
    panel, answer = render.sources_html(conversation), render.latest_html(conversation)
    check_harmless(panel)
    check_harmless(answer)
    # title, author, venue, quote, abstract, address
    assert Reader(panel).text.count(NASTY) == 6
    assert Reader(panel).marked == [NASTY]
    assert NASTY in Reader(answer).text


def test_a_hostile_question_model_and_error_are_shown_as_text() -> None:
    exchange = Exchange(index=0, question=NASTY).with_event(TextDelta(text=NASTY)).failed(NASTY)
    html = render.latest_html((exchange,))
    check_harmless(html)
    assert Reader(html).text.count(NASTY) == 3
    for other in (render.problem_html(NASTY), render.header_html(NASTY)):
        check_harmless(other)
        assert NASTY in Reader(other).text


def test_the_quote_is_marked_to_the_character() -> None:
    paper = Paper(id="p", title="P", abstract="First < one. Second & two. Third.")
    exchange = answered(paper, 13, 26)
    assert Reader(render.sources_html((exchange,))).marked == ["Second & two."]


def test_a_citation_names_its_paper_and_finds_its_card() -> None:
    conversation = (answered(Paper(id="p", title="A title", abstract="Text.")),)
    (cite,) = cites(render.latest_html(conversation))
    assert cite["aria-label"] == "[1] A title"
    cards = [a["id"] for a in Reader(render.sources_html(conversation)).named("article")]
    assert cards == [f"source-{cite['data-cite']}"]


def test_links_open_without_handing_over_the_page() -> None:
    paper = Paper(id="p", title="P", abstract="Text.", url="https://example.org/p?a=1&b=2")
    (link,) = Reader(render.sources_html((answered(paper),))).named("a")
    assert link["href"] == paper.url
    assert "noopener" in (link["rel"] or "")


def test_a_refusal_lists_the_nearest_papers_and_cites_nothing() -> None:
    answer = Answer(
        question="q",
        status="not_in_library",
        text="Not found [1].",
        sources=(SourcePaper(paper_id="p", title="Nearest one", score=0.2),),
    )
    html = render.latest_html((Exchange(index=0, question="q", answer=answer, state="done"),))
    assert Reader(html).named("li")
    assert "Nearest one" in Reader(html).text
    assert [b["data-paper"] for b in Reader(html).named("button") if "data-paper" in b] == ["p"]
    assert not cites(html)


def test_an_unsupported_sentence_says_why() -> None:
    exchange = answered(Paper(id="p", title="P", abstract="Text."))
    assert exchange.answer is not None
    doubtful = Sentence(text="Text.", citations=(1,), supported=False)
    answer = exchange.answer.model_copy(update={"sentences": (doubtful,)})
    html = render.latest_html((exchange.model_copy(update={"answer": answer}),))
    assert "the cited abstract does not confirm this" in Reader(html).text


def test_citations_are_links_already_while_the_answer_streams() -> None:
    paper = Paper(id="p", title="P", abstract="Text.")
    exchange = Exchange(index=3, question="q").with_event(CitationFound(number=1, paper=paper))
    conversation = (exchange.with_event(TextDelta(text="So it is [1]. And [2]")),)
    assert [cite["data-cite"] for cite in cites(render.latest_html(conversation))] == ["3-1"]
    assert 'aria-busy="true"' in render.latest_html(conversation)
    assert "source-3-1" in render.sources_html(conversation)


def test_warnings_of_an_answer_are_shown() -> None:
    exchange = answered(Paper(id="p", title="P", abstract="Text."))
    assert exchange.answer is not None
    answer = exchange.answer.model_copy(update={"warnings": ("only the beginning was used",)})
    html = render.latest_html((exchange.model_copy(update={"answer": answer}),))
    assert "only the beginning was used" in Reader(html).text


@pytest.mark.parametrize(
    ("llm", "said"),
    [
        (LLMConfig(provider="extractive"), "Nothing leaves this machine"),
        (LLMConfig(base_url="https://models.example/v1"), "are sent to models.example"),
    ],
)
def test_the_foot_says_what_leaves(llm: LLMConfig, said: str) -> None:
    text = Reader(render.foot_html("some model", 1234, Settings(llm=llm))).text
    assert said in text
    assert "1,234 papers" in text
    assert "some model" in text


def test_an_empty_library_explains_itself() -> None:
    assert "paper-assistant ingest" in render.welcome_html(empty=True)
    assert "paper-assistant ingest" not in render.welcome_html()
