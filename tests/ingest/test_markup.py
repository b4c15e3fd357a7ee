"""JATS, HTML and MathML in text. Samples are short phrases in the shapes that real files have."""

import pytest

from ingest.markup import decode_entities, remove_escaped_markup, remove_markup
from ingest.mathml import math_to_text

MML = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML" display="block">{}</mml:math>'


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("H<sub>2</sub>O", "H2O"),
        ("10<sup>-3</sup> m<sup>2</sup>", "10⁻³ m²"),
        ("<sup>13</sup>C", "¹³C"),
        ("LEN<sup>p</sup>", "LEN^p"),
        ("V<sub>max</sub>", "V_max"),
        ("the 14<sup>th</sup> day", "the 14th day"),
        ("Kite 2<sup>TM</sup>", "Kite 2TM"),
        ("CO<inf>2</inf>", "CO2"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "\nOne.\n\nTwo.\n"),
        ("<jats:sec><jats:title>Aim</jats:title>x</jats:sec>", "\n\nAim\nx\n"),
        ("<ns4:p>One.</ns4:p>", "\nOne.\n"),
        ("<i>post-hoc</i> and <b>1)</b>", "post-hoc and 1)"),
        ("of< i> Aves</i> in CO< sub> 2</sub>", "of Aves in CO2"),
        ("one<br/>two<BR>three", "one\ntwo\nthree"),
        ('<span class="x">a</span>', "a"),
        (
            "our <a href=https://git.example/r>repository</a>",
            "our repository (https://git.example/r)",
        ),
        ('<a href="http://x.example">http://x.example</a>', "http://x.example"),
        (f"so {MML.format('<mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn>')}.", "so x=2."),
    ],
)
def test_formatting_is_removed_readably(text: str, plain: str) -> None:
    assert remove_markup(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "p < 0.05 and n > 3",
        "if a<b and c>d",
        "<script>alert(1)</script>",
        "the tokens <s>, </s>, <pad> and <b>",
        "triples <subject, relation, object>",
        "at <https://git.example/r>",
        "<em dash>",
        "<i and j>",
        "if a < i> b",
        "x <= 3 <b",
    ],
)
def test_what_is_no_known_markup_stays(text: str) -> None:
    assert remove_markup(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("R&amp;G", "R&G"),
        ("p &lt; 0.05", "p < 0.05"),
        ("&amp;lt;", "&lt;"),
        ("&#916;&#x3B2;", "Δβ"),
        ("NF-&kgr;B, DEN4&Dgr;30, &OHgr;", "NF-κB, DEN4Δ30, Ω"),
        ("AT&T; R&D &copy 2 &nosuch; &#xD800; &#99999999;", None),
    ],
)
def test_entities(text: str, plain: str | None) -> None:
    assert decode_entities(text) == (text if plain is None else plain)


def test_markup_escaped_as_a_whole_is_removed_and_a_quoted_tag_is_not() -> None:
    assert remove_escaped_markup("<p>One <b>two</b>.</p>").strip() == "One two."
    titled = "<title>Aim</title><p>To <italic>fly</italic>.</p>"
    assert remove_escaped_markup(titled).split() == ["Aim", "To", "fly."]
    assert remove_escaped_markup("The tag <b>x</b> is bold.") == "The tag <b>x</b> is bold."


@pytest.mark.parametrize(
    ("inner", "plain"),
    [
        ("<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>", "x^2"),
        ("<mml:msub><mml:mi>a</mml:mi><mml:mi>i</mml:mi></mml:msub>", "a_i"),
        (
            "<mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow>"
            "<mml:mn>2</mml:mn></mml:mfrac>",
            "(a+b)/2",
        ),
        ("<mml:msqrt><mml:mi>x</mml:mi></mml:msqrt>", "√x"),
        (
            "<mml:msubsup><mml:mi>x</mml:mi><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:msubsup>",
            "x_1^2",
        ),
        ("<mml:mtext>rate</mml:mtext>", "rate"),
        ("<mml:mi>x</mml:mi><mml:mo>&undeclared;</mml:mo>", "x&undeclared;"),
        ("<mml:mi>x", "x"),
    ],
)
def test_mathml(inner: str, plain: str) -> None:
    assert math_to_text(MML.format(inner)) == plain


def test_of_a_formula_in_two_forms_one_is_kept() -> None:
    both = f"<jats:tex-math>$$x^2$$</jats:tex-math> {MML.format('<mml:mi>x</mml:mi>')}"
    assert remove_markup(f"E {both} F") == "E $$x^2$$ F"


def test_unclosed_formulas_cost_no_time() -> None:
    text = "<math>" * 20_000
    assert remove_markup(text) == text
