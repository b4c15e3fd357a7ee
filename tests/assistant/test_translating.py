"""Answers in another language: checked by the model's own English, if it keeps the facts."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.translating import BY_TRANSLATION, foreign_sentences, read_translation
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import server_error
from tests.support.openai_replies import Reply, Script
from tests.support.openai_server import OpenAIServer

QUESTION = "Welche Genauigkeit erreicht PetalMixer auf ImageNet-1K?"
GERMAN = "PetalMixer erreicht auf ImageNet-1K eine Top-1-Genauigkeit von 81,4 %"
ENGLISH = "PetalMixer reaches 81.4 % top-1 accuracy on ImageNet-1K"
FALSE = "PetalMixer heilt Krebs bei Mäusen"


def ask(library: Path, server: OpenAIServer, *scripts: Script) -> Answer:
    server.queue(*scripts)
    with Assistant(llm_settings(library, server, max_attempts=1)) as assistant:
        answer = assistant.ask(QUESTION)
    assert server.unused() == 0
    assert_sound(answer)
    return answer


def english(*sentences: str) -> Reply:
    return Reply(json.dumps({"english": sentences}))


def test_a_german_answer_is_shown_in_german(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    said = citing(f"{GERMAN} {{petalmixer}}. {FALSE} {{petalmixer}}.")
    made = english(f"{ENGLISH}.", "PetalMixer cures cancer in mice.")
    answer = ask(small_library_path, openai_server, said, made)
    assert answer.status == "answered"
    assert answer.text == f"{GERMAN}. [1] {FALSE}. [unsupported]"
    assert BY_TRANSLATION in answer.warnings
    assert answer.usage.llm_calls == 2
    _, request = openai_server.requests_to("/chat/completions")
    assert GERMAN in prompt_text(request.json)


@pytest.mark.parametrize(
    "made",
    [server_error(), Reply("no JSON"), english("one", "two"), english(f"{ENGLISH} by 99.9 %.")],
    ids=["error", "prose", "too-many", "other-figures"],
)
def test_without_a_true_translation_it_is_not_shown(
    small_library_path: Path, openai_server: OpenAIServer, made: Script
) -> None:
    answer = ask(small_library_path, openai_server, citing(f"{GERMAN} {{petalmixer}}."), made)
    assert answer.status != "answered"
    assert "Genauigkeit" not in answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"{ENGLISH}.", "What accuracy does PetalMixer reach?"),
        (f"{ENGLISH}.", QUESTION),
        ("PetalMixer: 81.4 % top-1 accuracy, SplineBlock: 82.3 %.", "What do they reach?"),
    ],
)
def test_english_needs_no_translation(text: str, question: str) -> None:
    assert foreign_sentences(text, question) == []


@pytest.mark.parametrize(
    ("text", "question", "sentences"),
    [
        (f"{GERMAN}.", QUESTION, [f"{GERMAN}."]),
        ("它很快。它很轻。", "它快吗？", ["它很快。", "它很轻。"]),
        ("Он быстрый.", "Насколько он быстр?", ["Он быстрый."]),
    ],
)
def test_other_languages_do(text: str, question: str, sentences: list[str]) -> None:
    assert foreign_sentences(text, question) == sentences


@pytest.mark.parametrize(
    ("said", "made", "kept"),
    [
        ("KAT erreicht 81,4 %.", "KAT reaches 81.4 %.", True),
        ("KAT erreicht 81,4 %.", "KAT reaches 81.2 %.", False),
        ("KAT erreicht 81,4 %.", "ViT reaches 81.4 %.", False),
        ("KAT ist schnell.", "KAT is fast by 3 %.", False),
    ],
)
def test_figures_and_names_must_come_out_the_same(said: str, made: str, kept: bool) -> None:
    read = read_translation(f"Here: {json.dumps({'english': [made]})}", [said])
    assert read == ({said: made} if kept else {})
