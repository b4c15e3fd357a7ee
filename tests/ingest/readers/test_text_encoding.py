"""Encodings told from the first bytes of texts."""

import pytest

from ingest.readers import Source
from ingest.readers.text_encoding import encoding_of

FRENCH = "TI  - Évaluation des cerfs-volants à Genève : où sont-ils passés cet été ?\n"
GERMAN = "TI  - Größe und Gewicht der Drachen über Köln\nAU  - Müller, Jürgen\n"
CZECH = "TI  - Příliš žluťoučký kůň úpěl ďábelské ódy\nAU  - Černý, Jiří\n"
RUSSIAN = "TI  - Воздушные змеи летают высоко в небе над городом, и это хорошо\n"
CHINESE = "TI  - 风筝在天空中飞得很高，这是一项关于风筝的研究\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8"),
        (GERMAN, "latin-1"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-8-sig"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (CHINESE, "gb18030"),
    ],
)
def test_the_text_comes_back(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(encoding_of(data)) == text


def test_a_late_western_letter_is_read_as_such() -> None:
    """The head of 64 KiB is ASCII; what follows is joined of two files in two encodings."""
    late = "Müller ".encode("cp1252") + "Müller".encode()
    lines = dict(Source("export", data=b"x\n" * 40_000 + late).lines())
    assert lines[40_001] == "Müller Müller"


def test_a_character_cut_off_by_the_head_is_none_of_another_encoding() -> None:
    assert encoding_of("ab é".encode()[:-1]) == "utf-8"


def test_binary_data_stays_binary() -> None:
    assert Source("export", data=bytes(range(256)) * 40).looks_binary
    assert not Source("export", data=GERMAN.encode("utf-16-le")).looks_binary


@pytest.mark.parametrize(
    ("named", "encoding", "text"),
    [
        ("MacRoman", "mac-roman", GERMAN),
        ("ISO8859_1", "cp1252", GERMAN.replace("Größe", "Preis in €")),
        ("GBK", "gbk", "TI  - 风筝\n"),
        ("UTF-8", "cp1252", GERMAN),
        ("nonsense", "cp1252", GERMAN),
        ("ascii", "cp1252", GERMAN),
    ],
)
def test_jabref_names_the_encoding_but_the_bytes_must_be_in_it(
    named: str, encoding: str, text: str
) -> None:
    data = f"% This file was created with JabRef.\n% Encoding: {named}\n\n{text}".encode(encoding)
    assert data.decode(encoding_of(data)).endswith(text)
