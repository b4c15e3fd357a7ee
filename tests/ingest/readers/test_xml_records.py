"""What all readers of XML share: damage, encodings, and what XML forbids."""

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from ingest.paper import Paper, SourceRef
from ingest.readers import Failure, Source
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import (
    XmlReader,
    first_text,
    paragraphs_in,
    text_in,
    xml_records,
)
from tests.ingest.readers.exports import read


class Reader(XmlReader):
    name = "test"
    mark = re.compile("<item")
    records = frozenset({"item"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        return None if record.get("gone") else build_paper(ref, first_text(record, "t"))


def titles(text: str | bytes) -> list[str]:
    got = read(Reader(), text)
    assert not got.failures
    return [paper.title for paper in got.papers]


def test_namespaces_are_left_out_and_records_may_be_refused() -> None:
    text = '<r xmlns="urn:a" xmlns:b="urn:b"><b:item><t>A</t></b:item><item b:gone="1"/></r>'
    assert titles(text) == ["A"]


def test_a_record_within_another_belongs_to_it() -> None:
    assert titles("<r><item><t>A</t><item><t>B</t></item></item></r>") == ["A"]


def test_what_xml_forbids_is_left_out() -> None:
    assert titles("<r><item><t>A\x02&#x1F;&#11;B\x0b &#x41;</t></item></r>") == ["AB A"]


@pytest.mark.parametrize("reference", ["&amp;", "&#x1F;", "&eacute;"])
def test_references_on_the_border_of_two_pieces(reference: str) -> None:
    """The text is read in pieces of 65,536 characters; the reference lies across that border."""
    shown = {"&amp;": "&", "&#x1F;": "", "&eacute;": "é"}[reference]
    for before in range(65_536 - 9, 65_536 + 1):
        start = "<r><item><t>"
        text = f"{start}{'x' * (before - len(start))}{reference}y</t></item></r>"
        (title,) = titles(text)
        assert title.endswith(f"x{shown}y")


def test_names_of_html_s_characters_need_no_dtd() -> None:
    assert titles("<r><item><t>M&uuml;ller&nbsp;&lt;</t></item></r>") == ["Müller <"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-5"])
def test_declared_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><r><item><t>Змеи</t></item></r>'
    assert titles(text.encode(encoding)) == ["Змеи"]


def test_a_byte_that_is_no_utf8_is_read_as_western() -> None:
    assert titles("<r><item><t>é ".encode() + b"caf\xe9</t></item></r>") == ["é café"]


def test_damage_is_named_with_its_line_and_what_stands_before_is_kept() -> None:
    got = read(Reader(), "<r>\n<item><t>A</t></item>\n<item><t>B</t>\n</r>")
    assert [paper.title for paper in got.papers] == ["A"]
    assert [failure.line for failure in got.failures] == [4]


def test_no_record_is_a_failure() -> None:
    assert "no item" in read(Reader(), "<r/>").failures[0].reason


def test_lines_are_those_of_the_start_tags() -> None:
    source = Source("export", data=b"<r>\n<item/>\n\n<item\n/></r>")
    found = list(xml_records(source, frozenset({"item"})))
    assert [item[0] for item in found if not isinstance(item, Failure)] == [2, 4]


def test_powers_keep_their_mark() -> None:
    assert (
        text_in(fromstring("<t>10<sup>3</sup> m and <b>H</b><sup>+</sup></t>")) == "10^3 m and H+"
    )
    endnote = '<t><style>10</style><style face="superscript">3</style><style> m</style></t>'
    assert text_in(fromstring(endnote)) == "10^3 m"


def test_paragraphs() -> None:
    sections = "<a><sec><title>Aim:</title><p>One.</p><p>Two.</p></sec><p>Three.</p></a>"
    assert paragraphs_in(fromstring(sections)) == "Aim: One.\nTwo.\nThree."
    assert paragraphs_in(fromstring("<a>Just <i>text</i>.</a>")) == "Just text."
