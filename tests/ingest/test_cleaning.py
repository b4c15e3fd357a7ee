"""Deep cleaning of papers: the rules together, the original kept, twice like once."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean_abstract, clean_line, clean_paper, join_wrapped_lines
from ingest.paper import Paper, SourceRef
from ingest.readers.base import Source
from ingest.readers.jsonl import JsonlReader
from tests.support.shared_data import shared_data

PIECES = [
    *("<jats:p>", "</jats:p>", "<b>", "</b>", "<sub>2</sub>", "&amp;lt;", "&lt;p&gt;", "&bgr;"),
    *("\\textit{", "}", "\\'e", "$x^2$", "\\%", "~", "``", "''", "\\alpha", "\\\\", "{", "$"),
    *("Abstract: ", "ABSTRACT ", "© 2020 Elsevier B.V. All rights reserved.", "\n", ". ", "We "),
    *("e\u0301", "\u200b", "<math><mi>x</mi></math>", "\\cite{a}", "word", "<script>", "p < 0.05"),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(title=texts, abstract=texts, author=texts)
def test_cleaning_twice_is_cleaning_once(title: str, abstract: str, author: str) -> None:
    paper = Paper(id="p", title=title, abstract=abstract, authors=(author,), venue=title)
    once = clean_paper(paper)
    assert clean_paper(once) == once
    assert once.extra.get("original", {}).get("abstract", once.abstract) == abstract


def test_the_original_is_kept_of_what_changed_and_of_nothing_else() -> None:
    paper = Paper(
        id="p",
        title="Bridges",
        abstract="<jats:p>They &amp; we.</jats:p>",
        venue="Roads &amp; Rails",
        authors=("Jos\\'e N\\'u\\~nez",),
        extra={"volume": 3},
    )
    clean = clean_paper(paper)
    assert (clean.abstract, clean.venue) == ("They & we.", "Roads & Rails")
    assert clean.authors == ("José Núñez",)
    assert clean.extra == {
        "volume": 3,
        "original": {
            "abstract": "<jats:p>They &amp; we.</jats:p>",
            "venue": "Roads &amp; Rails",
            "authors": ["Jos\\'e N\\'u\\~nez"],
        },
    }


def test_a_clean_paper_comes_back_itself() -> None:
    paper = Paper(id="p", title="Bridges", abstract="They span.", authors=("Ann Lee",))
    assert clean_paper(paper) is paper


def test_a_double_entity_is_decoded_once_however_often_it_is_cleaned() -> None:
    once = clean_paper(Paper(id="p", title="T", abstract="write &amp;lt; for <"))
    assert once.abstract == "write &lt; for <"
    assert clean_paper(clean_paper(once)).abstract == "write &lt; for <"


def test_an_export_comes_back_as_it_was() -> None:
    clean = clean_paper(Paper(id="p", title="T", abstract="write &amp;lt;"))
    line = clean.model_dump_json().encode()
    (again,) = JsonlReader().read(Source("export", data=line))
    assert isinstance(again, Paper)
    assert clean_paper(again).content_hash == clean.content_hash


def test_an_extra_field_that_is_named_like_ours_is_kept() -> None:
    paper = Paper(id="p", title="T", abstract="a &amp; b", extra={"original": "x"})
    clean = clean_paper(paper)
    assert clean.extra == {"original": {"extra": "x", "abstract": "a &amp; b"}}
    assert clean_paper(clean) == clean


def test_a_title_is_never_cleaned_to_nothing() -> None:
    assert clean_line("<b></b>") == "<b></b>"
    assert clean_line("On H<sub>2</sub>O<br/>in rock") == "On H2O in rock"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> and ![x](http://a.example/b.png) stay",
        "p < 0.05 and n > 3",
        "a cost of $5 and 50% of $6 # not & more_than {this}",
        "C:\\Users\\ann and \\unknown{x}",
        "Abstract Meaning Representation (AMR) is a formalism.",
        "the © sign appears in 3% of pages, as we show.",
    ],
)
def test_text_that_only_looks_like_markup_stays(text: str) -> None:
    assert clean_abstract(text) == text


WRAPPED = "\n".join(
    [
        "A fully differential calculation is given for the production of bridges at",
        "all rivers. It agrees with the measured widths, and predictions are made for",
        "the widths of rivers that have not been measured.",
        "However, wide rivers need a second calculation, which is not given here since",
        "nobody has asked for it.",
    ]
)


def test_lines_wrapped_at_a_width_are_joined() -> None:
    assert join_wrapped_lines(WRAPPED) == WRAPPED.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "One line.\nAnother line.",
        "Background: rivers are wide.\nMethods: we measured them.\nResults: they are wide.",
        "Three kinds of bridges are built today:\n- those made of wood\n- steel\n- rope",
        f"{'A paragraph is longer than any terminal. ' * 5}\nNext one, and\nthe last",
    ],
)
def test_paragraphs_and_lists_stay(text: str) -> None:
    assert join_wrapped_lines(text) == text


def test_real_abstracts_are_changed_rarely_and_settle_at_once() -> None:
    """Of SciFact and a part of LitSearch: about 1 % changed, none emptied, none changed twice."""
    for folder in ("scifact", "litsearch-inline"):
        with gzip.open(shared_data(f"retrieval/{folder}/corpus.jsonl.gz"), "rt") as file:
            sample = [json.loads(line)["text"] for line in list(file)[::7]]
        clean = [clean_abstract(text) for text in sample]
        assert all(map(clean_abstract, clean))
        assert [clean_abstract(text) for text in clean] == clean
        changed = sum(one != " ".join(two.split()) for one, two in zip(clean, sample, strict=True))
        assert changed < 0.03 * len(sample)


def test_a_real_export_loses_its_emphasis_marks() -> None:
    path = shared_data("formats/zotero_betterbibtex.json")
    raw = json.loads(path.read_text())["items"][0]["abstractNote"]
    assert "\\emph{sequential}" in raw
    paper = Paper(id="p", title="T", abstract=raw, sources=(SourceRef(file="x"),))
    assert "equilibria in sequential games" in clean_paper(paper).abstract
