from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from assistant.settings import LLMConfig, Settings

KEY = "sk-very-secret-key"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, whose `.env` is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults_need_nothing() -> None:
    settings = Settings()
    assert settings.llm.resolved_provider == "extractive"
    assert settings.embedding.provider == "embedded"
    assert settings.server.host == "127.0.0.1"
    assert settings.library.path.is_absolute()


def test_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LLM__BASE_URL", "http://127.0.0.1:8000/v1")
    monkeypatch.setenv("papers_llm__max_tokens", "99")
    monkeypatch.setenv("PAPERS_EMBEDDING__WORKERS", "3")
    monkeypatch.setenv("PAPERS_LIBRARY__PATH", "/papers")
    monkeypatch.setenv("PAPERS_LOG_LEVEL", "debug")
    settings = Settings()
    assert settings.llm.base_url == "http://127.0.0.1:8000/v1"
    assert settings.llm.max_tokens == 99
    assert settings.embedding.workers == 3
    assert settings.library.path == Path("/papers")
    assert settings.log_level == "debug"


def test_arguments_beat_environment_beat_dotenv(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(
        "PAPERS_LLM__MODEL=from-file\nPAPERS_LLM__SEED=1\nPAPERS_LLM__MAX_TOKENS=50\n"
    )
    monkeypatch.setenv("PAPERS_LLM__SEED", "2")
    monkeypatch.setenv("PAPERS_LLM__MAX_TOKENS", "60")
    settings = Settings(llm=LLMConfig(max_tokens=70))
    assert settings.llm.max_tokens == 70
    settings = Settings()
    assert (settings.llm.model, settings.llm.seed, settings.llm.max_tokens) == ("from-file", 2, 60)


def test_other_programs_names_in_dotenv_are_left_alone(folder: Path) -> None:
    (folder / ".env").write_text("DATABASE_URL=x\nPAPERSIZE=a4\nPAPERS_LLM__MODEL=m\n")
    assert Settings().llm.model == "m"


@pytest.mark.parametrize("place", ["environment", ".env"])
@pytest.mark.parametrize("name", ["PAPERS_LIBRRY__PATH", "PAPERS_LLM__MODLE", "PAPERS_X"])
def test_a_misspelt_name_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, name: str
) -> None:
    if place == ".env":
        (folder / ".env").write_text(f"{name}={KEY}\n")
    else:
        monkeypatch.setenv(name, KEY)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert name.removeprefix("PAPERS_").split("__")[-1].lower() in str(caught.value).lower()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_openai_names_stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    if place == ".env":
        (folder / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
    else:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings = Settings()
    assert settings.llm.api_key == settings.embedding.api_key == SecretStr(KEY)
    assert settings.llm.resolved_provider == "openai"
    assert settings.embedding.provider == "embedded"


def test_ours_beat_openais_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://theirs/v1")
    (folder / ".env").write_text("PAPERS_LLM__API_KEY=ours\n")
    settings = Settings()
    assert settings.llm.api_key == SecretStr("ours")
    assert settings.llm.base_url == "http://theirs/v1"
    assert settings.llm.resolved_provider == "openai-compatible"


def test_an_empty_value_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LLM__MODEL", "")
    monkeypatch.setenv("PAPERS_LLM__SEED", "")
    monkeypatch.setenv("OPENAI_API_KEY", "")
    settings = Settings()
    assert (settings.llm.model, settings.llm.seed) == (None, 7)
    assert settings.llm.resolved_provider == "extractive"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAPERS_LLM__MAX_TOKENS", "0"),
        ("PAPERS_RETRIEVAL__DENSE_WEIGHT", "1.5"),
        ("PAPERS_SERVER__PORT", "70000"),
        ("PAPERS_ANSWER__UNSUPPORTED", "hide"),
        ("PAPERS_EMBEDDING__PROVIDER", "magic"),
    ],
)
def test_a_value_out_of_range_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.split("__")[1].lower()):
        Settings()


def test_keys_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LLM__API_KEY", KEY)
    monkeypatch.setenv("PAPERS_EMBEDDING__API_KEY", KEY)
    settings = Settings()
    shown = (repr(settings), str(settings), repr(settings.llm), settings.model_dump_json())
    assert not any(KEY in text for text in shown)


def test_every_setting_is_described() -> None:
    for section in Settings.model_fields.values():
        model = section.annotation
        fields = getattr(model, "model_fields", {"": section})
        assert all(field.description for field in fields.values()), model
