"""Conversations as documents, with texts that look like markup."""

import json

from assistant.answer import Answer, Citation, Done, Filters, Sentence
from assistant.chat.conversation import Conversation, Exchange, cited_papers
from assistant.chat.transcript import plain, to_html, to_json, to_markdown
from ingest.paper import Paper

ABSTRACT = "It is *so* <script>ran()</script> ![p](http://elsewhere.example)."
PAPER = Paper(id="p", title="A # title", abstract=ABSTRACT, url="https://papers.example/p")


def conversation() -> Conversation:
    quote = Citation(number=1, paper=PAPER, quote=ABSTRACT, start=0, end=len(ABSTRACT), support=1.0)
    answer = Answer(
        question="q",
        status="answered",
        text="It is so. [1] It is more.",
        sentences=(
            Sentence(text="It is so.", citations=(1,), supported=True),
            Sentence(text="It is more."),
        ),
        citations=(quote,),
    )
    asked = Exchange(index=0, question="1. Is *it*?", filters=Filters(year_from=2020))
    return (asked.with_event(Done(answer=answer)),)


def test_markdown_keeps_text_as_text() -> None:
    text = to_markdown(conversation())
    assert "## 1\\. Is \\*it\\*?" in text
    assert "Filter: since 2020" in text
    assert "It is so. [1]" in text
    assert "It is more. (no source is cited for this)" in text
    assert "> It is \\*so\\* \\<script\\>" in text
    assert "\\!\\[p\\](http" in text
    assert "<https://papers.example/p>" in text


def test_html_stands_by_itself_and_escapes() -> None:
    text = to_html(conversation())
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "<blockquote>It is *so*" in text
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_json_has_the_answers_in_full() -> None:
    (exchange,) = json.loads(to_json(conversation()))["exchanges"]
    assert exchange["filters"] == {"year_from": 2020}
    assert exchange["answer"]["citations"][0]["quote"] == ABSTRACT


def test_cited_papers_are_named_once() -> None:
    assert cited_papers(conversation() * 2) == [PAPER]
    assert cited_papers(()) == []


def test_line_starts_make_no_lists() -> None:
    assert plain("- a\n2) b\n+ c") == "\\- a\n2\\) b\n\\+ c"
