import pytest

from assistant.extractive.question import Kind, analyse, fold, mentions


@pytest.mark.parametrize(
    ("text", "kind", "names", "wants_figure"),
    [
        ("which papers replace MLPs with KANs?", Kind.LIST, ("MLPs", "KANs"), False),
        (
            "What accuracy does PoolFormer reach on ImageNet-1K?",
            Kind.FACT,
            ("PoolFormer", "ImageNet-1K"),
            True,
        ),
        ("How does VQGraph speed up inference?", Kind.EXPLAIN, ("VQGraph",), False),
        ("how many parameters does it have?", Kind.FACT, (), True),
        ("By how much does MoonDrop shrink a model?", Kind.FACT, ("MoonDrop",), True),
        ("Why is attention slow?", Kind.EXPLAIN, (), False),
        ("Compare PetalMixer with SplineBlock", Kind.COMPARE, ("PetalMixer", "SplineBlock"), False),
        ("Is KAN better than MLP?", Kind.COMPARE, ("KAN", "MLP"), False),
        ("Do any of these disagree?", Kind.COMPARE, (), False),
        ("What is the capital of France?", Kind.FACT, ("France",), False),
        ("Are there any papers about tides?", Kind.LIST, (), False),
        ("papers on crop diseases", Kind.LIST, (), False),
        ("Explain spiking networks", Kind.EXPLAIN, (), False),
    ],
)
def test_what_a_question_asks_for(
    text: str, kind: Kind, names: tuple[str, ...], wants_figure: bool
) -> None:
    asked = analyse(text)
    assert (asked.kind, asked.names, asked.wants_figure) == (kind, names, wants_figure)
    assert asked.text == text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Which papers propose networks?", ("network",)),
        ("networks and Networking", ("network",)),
        ("what is it?", ()),
        ("", ()),
        ("?! ... [9]", ("9",)),
        ("γ-MoD and $\\gamma$-MoD", ("gamma", "mod")),
    ],
)
def test_terms_are_stems_of_the_content_words(text: str, terms: tuple[str, ...]) -> None:
    assert analyse(text).terms == terms


@pytest.mark.parametrize(
    ("text", "about_record"),
    [
        ("Who wrote the KAN paper?", True),
        ("When was PetalMixer published?", True),
        ("Which conference accepted it?", True),
        ("Who benefits from sparse attention?", False),
        ("Which authors' claims disagree?", False),
    ],
)
def test_questions_about_the_record_are_told_apart(text: str, about_record: bool) -> None:
    assert analyse(text).about_record is about_record


def test_the_focus_is_what_is_asked_for() -> None:
    assert analyse("How many parameters does PetalMixer have?").focus == ("paramet",)
    assert analyse("Tell me about tides").focus == ()


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        ("Kolmogorov-Arnold Networks (KANs)", "KAN", True),
        ("One KAN only", "KANs", True),
        ("Kantian ethics", "KAN", False),
        ("M^{2}UGen makes music", "M²UGen", True),
        ("We use ImageNet 1K", "ImageNet-1K", True),
        ("We use ImageNet-21K", "ImageNet-1K", False),
        ("Café of José", "JOSE", True),
        ("inside the petal data engine", "Petal-DataEngine", True),
        ("an engine for petal data", "Petal-DataEngine", False),
    ],
)
def test_a_text_mentions_a_name_as_a_word(text: str, name: str, held: bool) -> None:
    assert mentions(fold(text), name) is held
