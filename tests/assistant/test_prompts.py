"""Prompt files: headers that hold, strict rendering, hashes."""

from importlib.resources import files

import pytest

from assistant.prompts import PromptError, load_prompt, parse_prompt, prompt_hash

NAMES = sorted(
    entry.name.removesuffix(".md")
    for entry in files("prompts").iterdir()
    if entry.name.endswith(".md")
)
GOOD = "---\npurpose: test\nvariables: a, b\n---\n{{ a }} and {{ b }}\n"


def test_the_prompts_of_answering_are_there() -> None:
    assert {"answer.system", "answer.user", "condense"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_states_its_purpose_and_variables(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.purpose
    assert prompt.variables


def test_rendering_keeps_values_as_they_are() -> None:
    prompt = parse_prompt("test", GOOD)
    assert prompt.render(a="<b> & {{ b }}", b="{% raw %}") == "<b> & {{ b }} and {% raw %}"


@pytest.mark.parametrize("values", [{}, {"a": 1}, {"a": 1, "b": 2, "c": 3}])
def test_missing_and_surplus_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(PromptError, match=r"prompts/test\.md takes a, b; it was given"):
        parse_prompt("test", GOOD).render(**values)


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    prompt = parse_prompt("test", "---\npurpose: p\nvariables: a\n---\n{{ a.title }}")
    with pytest.raises(PromptError, match="cannot be rendered"):
        prompt.render(a=3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("a, b", "a"), "header names a, its text uses a, b"),
        (GOOD.replace("a, b", "a, b, c"), "header names a, b, c, its text uses a, b"),
        (GOOD.replace("{{ b }}", "{{ b"), "body line"),
        (GOOD.replace("purpose: test\n", ""), "must begin with"),
        (GOOD.replace("---\n", "", 1), "must begin with"),
        ("", "must begin with"),
    ],
)
def test_a_damaged_prompt_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(PromptError, match=message) as error:
        parse_prompt("test", text)
    assert "prompts/test.md" in str(error.value)


def test_a_missing_prompt_is_refused_by_name() -> None:
    with pytest.raises(PromptError, match=r"prompts/nowhere\.md is missing"):
        load_prompt("nowhere")


def test_the_hash_is_of_these_files_in_this_order() -> None:
    assert prompt_hash("condense") == prompt_hash("condense")
    hashes = {
        prompt_hash("answer.system", "answer.user"),
        prompt_hash("answer.user", "answer.system"),
        prompt_hash("answer.system"),
        prompt_hash("condense"),
    }
    assert len(hashes) == 4
    assert all(len(value) == 12 for value in hashes)
