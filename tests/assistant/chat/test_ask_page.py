"""Cards, filters, second thoughts and verdicts, in a real browser."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from assistant.api import Assistant
from assistant.chat.page import launch
from assistant.chat.server import PageServer
from assistant.settings import LLMConfig
from tests.assistant.chat.asking import ACCURACY, SPEED, ask, go_to
from tests.assistant.chat.conftest import OpenPage
from tests.assistant.chat.library import QUOTE, THISTLE
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer


def chips(page: Page) -> list[str]:
    return page.locator("#chips .chip > span").all_inner_texts()


def test_a_citation_shows_its_card_on_hover_and_on_focus(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    cite, card = page.locator(".cite").first, page.get_by_role("tooltip")
    question = page.get_by_role("textbox", name="Your question")
    steps: list[tuple[Callable[[], object], Callable[[], object]]] = [
        (cite.hover, lambda: page.mouse.move(2, 2)),
        (cite.focus, question.focus),
    ]
    for look, leave in steps:
        look()
        expect(card).to_be_visible()
        expect(card.locator("q:visible")).to_have_text(QUOTE)
        for part in ("Quillfeather: pooling", "2023", "Journal of Small Models"):
            expect(card).to_contain_text(part)
        leave()
        expect(card).to_be_hidden()


def test_arrow_keys_go_through_the_citations(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    ask(page, SPEED)
    first, last = page.locator(".cite").first, page.locator(".cite").last
    first.focus()
    for _ in range(page.locator(".cite").count() - 1):
        page.keyboard.press("ArrowRight")
    expect(last).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(last).not_to_be_focused()


def test_everything_is_done_by_keyboard_alone(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    page.keyboard.type(ACCURACY)
    page.keyboard.press("Enter")
    expect(page.locator("#exchange-0")).to_have_attribute("data-state", "done")
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('.cite')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    card = page.locator("#source-0-1")
    expect(card).to_be_focused()
    while not page.evaluate("document.activeElement.matches('[data-act=similar]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Similar to")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)
    expect(card.get_by_role("button", name="Find similar")).to_be_focused()


def test_similar_papers_and_bibtex(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ACCURACY)
    card = page.locator("#source-0-1")
    card.get_by_role("button", name="Copy BibTeX").click()
    expect(card.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "@article{" in copied
    assert "Quillfeather: pooling" in copied
    card.get_by_role("button", name="Find similar").click()
    panel = page.get_by_role("dialog", name="Similar to")
    expect(panel.get_by_role("article", name="Thistle")).to_be_visible()
    expect(panel.get_by_role("article", name="Quillfeather")).to_have_count(0)


def test_a_refusal_opens_the_nearest_papers(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, "What is the boiling point of mercury?")
    nearest = page.locator(".nearest button").first
    title = nearest.inner_text()
    nearest.click()
    expect(page.get_by_role("dialog", name="Paper").locator("h3")).to_have_text(title)


def test_only_these_papers_and_back_again(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    page.get_by_role("button", name="Ask only this paper").click()
    expect(page.locator("#chips .chip")).to_have_count(1)
    assert chips(page) == ["only this paper"]
    ask(page, SPEED)
    expect(page.locator("#latest .held")).to_have_text("only this paper")
    expect(page.locator("#latest")).not_to_contain_text("40 times")
    page.get_by_role("button", name="Remove the filter only this paper").click()
    expect(page.locator("#chips .chip")).to_have_count(0)
    ask(page, SPEED)
    expect(page.locator("#latest .answer")).to_contain_text("40 times")


def test_filters_become_chips_and_narrow_the_answer(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("From year").fill("2024")
    page.keyboard.press("Enter")
    expect(page.locator("#chips .chip")).to_have_count(1)
    assert chips(page) == ["since 2024"]
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).not_to_contain_text("71.4%")
    page.get_by_role("button", name="Remove the filter since 2024").click()
    expect(page.get_by_label("From year")).to_have_value("")
    page.get_by_label("Venue").fill("small models")
    page.get_by_label("Author").fill("Marsh")
    page.keyboard.press("Enter")
    expect(page.locator("#chips .chip")).to_have_count(2)
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")


def test_a_filter_that_is_still_being_typed_holds_too(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("From year").fill("2024")
    ask(page, ACCURACY)
    expect(page.locator("#latest .held")).to_have_text("since 2024")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_label("From year")).to_have_value("")
    ask(page, ACCURACY)
    expect(page.locator("#latest .answer")).to_contain_text("71.4%")


def test_an_edited_question_brings_its_filters_along(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("textbox", name="Author").fill("Marsh")
    ask(page, ACCURACY)
    page.get_by_role("button", name="Remove the filter author: Marsh").click()
    expect(page.get_by_role("textbox", name="Author")).to_have_value("")
    page.get_by_role("button", name="Edit question 1").click()
    expect(page.get_by_role("textbox", name="Author")).to_have_value("Marsh")
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    assert chips(page) == ["asked again in place of question 1", "author: Marsh"]


def test_the_sources_of_a_refusal_are_none(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    ask(page, "What is the boiling point of mercury?")
    panel = page.get_by_role("complementary", name="Sources")
    expect(panel).to_contain_text("No paper is cited here")
    expect(panel.get_by_role("article")).to_have_count(0)
    page.get_by_role("button", name="[1] Quillfeather").click()
    expect(panel.get_by_role("article", name="Quillfeather")).to_be_visible()


def test_escape_closes_the_panel_wherever_the_focus_is(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    page.locator("#source-0-1").get_by_role("button", name="Find similar").click()
    panel = page.locator(".drawer")
    thistle = panel.get_by_role("article", name="Thistle")
    thistle.get_by_role("button", name="Find similar").click()
    expect(panel.locator("h2")).to_contain_text("Similar to “Thistle")
    expect(panel).to_be_focused()
    page.get_by_role("textbox", name="Your question").focus()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_bibtex_is_copied_where_the_browser_gives_no_clipboard(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    page.evaluate("delete Navigator.prototype.clipboard")
    ask(page, ACCURACY)
    page.locator("#source-0-1").get_by_role("button", name="Copy BibTeX").click()
    expect(page.locator("#source-0-1").get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("textbox", name="Your question").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("textbox", name="Your question")).to_have_value(re.compile("@article"))


def test_a_sentence_without_support_is_marked_with_the_reason(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    page = open_page(server)
    model.always(Reply(f"{QUOTE[:-1]} [1]. Quillfeather was trained on 812 cards [1]."))
    ask(page, ACCURACY)
    doubtful = page.locator("#latest .doubtful")
    expect(doubtful).to_have_text("Quillfeather was trained on 812 cards.")
    expect(page.locator("#latest").get_by_role("note")).to_contain_text("812")
    expect(page.locator("#latest .answer")).not_to_contain_text("[unsupported]")
    expect(page.locator("#latest .aside")).to_have_count(0)


def test_a_filter_read_from_the_words_is_a_chip_that_can_be_taken_away(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, "Which papers by Marsh make inference faster?")
    chip = page.get_by_role("list", name="Filters read from the question").get_by_role("listitem")
    expect(chip).to_contain_text("author Marsh")
    expect(page.locator("#latest")).not_to_contain_text("Thistle")
    page.get_by_role("button", name="Ask again without the filter author Marsh").click()
    expect(page.locator("#latest")).to_contain_text("“by Marsh” is not used as a filter")
    expect(page.locator("#exchange-0")).to_have_attribute("data-state", "done")
    expect(page.locator("#latest")).to_contain_text("Thistle")
    expect(chip).to_have_count(0)
    expect(page.locator(".exchange")).to_have_count(1)


def test_what_may_not_be_meant_as_a_filter_is_only_offered(
    server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, "What was faster than the graph network in 2024?")
    latest = page.locator("#latest")
    expect(latest).to_contain_text("40 times")
    expect(latest.locator(".held, .hints")).to_have_count(0)
    page.get_by_role("button", name="Ask only year 2024").click()
    expect(latest.locator(".held")).to_have_text("2024")
    expect(page.locator("#exchange-0")).to_have_attribute("data-state", "done")
    expect(latest.get_by_role("button", name="Ask only")).to_have_count(0)


def test_a_question_is_edited_and_asked_again(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    ask(page, SPEED)
    page.get_by_role("button", name="Edit question 1").click()
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_have_value(ACCURACY)
    box.fill("How much memory does Quillfeather need?")
    box.press("Enter")
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator("#latest .question")).to_contain_text("memory")
    expect(page.locator("#latest .answer")).to_contain_text("half the memory")


def test_a_verdict_is_kept_with_its_comment(
    assistant: Assistant, server: PageServer, open_page: OpenPage
) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    page.get_by_role("button", name="This answer is not good").click()
    down = page.get_by_role("button", name="This answer is not good")
    expect(down).to_have_attribute("aria-pressed", "true")
    page.get_by_role("textbox", name="Comment").fill("too short")
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_contain_text("kept on this machine")
    expect(page.locator("#latest .rating")).to_contain_text("Thank you")
    expect(down).to_be_focused()
    file = assistant.settings.library.path / "feedback.jsonl"
    page.wait_for_function("document.querySelector('#latest [aria-pressed=true]')")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(line["verdict"], line["comment"]) for line in lines] == [
        ("down", ""),
        ("down", "too short"),
    ]
    assert lines[1]["question"] == ACCURACY
    assert lines[1]["cited"] == ["quillfeather"]


def test_a_conversation_survives_a_reload(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    ask(page, ACCURACY)
    ask(page, SPEED)
    page.reload()
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator("#latest .answer")).to_contain_text("40 times")
    page.get_by_role("button", name="[1] Quillfeather").click()
    expect(page.locator("#source-0-1 mark")).to_have_text(QUOTE)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".exchange")).to_have_count(0)
    page.reload()
    page.locator("footer").wait_for()
    expect(page.locator(".exchange")).to_have_count(0)


def test_an_endpoint_that_is_down_is_said_with_the_remedy(
    assistant: Assistant, open_page: OpenPage
) -> None:
    llm = LLMConfig(base_url="http://127.0.0.1:9/v1", model="absent", max_attempts=1)
    settings = assistant.settings.model_copy(update={"llm": llm})
    with Assistant(settings) as cut_off, launch(cut_off, port=0) as server:
        page = open_page(server)
        expect(page.locator("footer")).to_contain_text("127.0.0.1:9")
        ask(page, ACCURACY)
        expect(page.locator("#latest .aside").first).to_contain_text("127.0.0.1:9")
        expect(page.locator("#latest .answer")).to_contain_text("71.4%")


def test_the_endpoint_is_not_asked_at_every_visit(
    model_page: tuple[PageServer, OpenAIServer], open_page: OpenPage
) -> None:
    server, model = model_page
    for _ in range(3):
        open_page(server)
    assert sum(request.path.endswith("/models") for request in model.requests) <= 1


def test_papers_of_the_list_can_be_asked_alone(server: PageServer, open_page: OpenPage) -> None:
    page = open_page(server)
    go_to(page, "Library")
    page.get_by_role("checkbox", name=f"Select {THISTLE['title']}").check()
    expect(page.get_by_role("group", name="Selected papers")).to_contain_text("1 paper selected")
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator("#chips .chip")).to_be_visible()
    assert chips(page) == ["only this paper"]
