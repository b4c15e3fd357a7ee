"""Which encoding a text is in, by its first bytes.

Byte-order marks first; UTF-16 without one by its NULs; then UTF-8. What is no UTF-8 is in the
encoding that JabRef's first lines name, if the bytes are; else charset-normalizer tells it, but
in favour of Windows' Western encoding where that gives a text of letters: between the single-byte
encodings a short text decides little.

Files joined of several exports, and those whose first letter beyond ASCII comes late, hold bytes
that are no UTF-8 after all; these are read as Western, one by one, and nothing is lost.
"""

import codecs
import re

from charset_normalizer import from_bytes

WESTERN = "western"
"""Name of the error handler that reads bytes which are no UTF-8 as Windows-1252."""
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_LOOKED_AT = 4_096
_NAMED = re.compile(rb"^% Encoding: (?!utf)([\w-]{3,20})\s*$", re.IGNORECASE | re.MULTILINE)
_MOST_NULS = 0.3
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"[\x80-\xff]+")
_LONGEST_MEAN_RUN = 1.6
_UNLIKELY = re.compile(r"[\x80-\x9f¡-©«-³µ-¹»-¿×÷†‡ƒˆ‰€ÐðÞþÝý]")
_SHARE_OF_UNLIKELY = 0.2


def encoding_of(head: bytes) -> str:
    """The encoding of a text that begins with these bytes."""
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return encoding
    if wide := _wide(head):
        return wide
    whole = head[: _whole_characters(head)]
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(whole) else _named(head) or _single_byte(head)
    return "utf-8"


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western letters is NUL."""
    start = head[:_LOOKED_AT]
    first, second = start[::2].count(0), start[1::2].count(0)
    enough = _MOST_NULS * max(len(start) // 2, 1)
    if second > enough and first < second / 10:
        return "utf-16-le"
    return "utf-16-be" if first > enough and second < first / 10 else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8."""
    within = sum(len(found) for found in _MULTIBYTE.findall(data))
    return 2 * within > len(_NOT_ASCII.findall(data))


def _named(head: bytes) -> str | None:
    """The encoding that a line names, if the bytes are in it; Windows' for its part, Latin 1."""
    named = _NAMED.search(head, 0, _LOOKED_AT)
    if named is None:
        return None
    try:
        encoding = codecs.lookup(named[1].decode("ascii")).name
        head[: head.rfind(b"\n")].decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return "cp1252" if encoding == "iso8859-1" else encoding


def _single_byte(head: bytes) -> str:
    if _is_western(head):
        return "cp1252"
    best = from_bytes(head).best()
    return best.encoding if best else "latin-1"


def _is_western(data: bytes) -> bool:
    """Whether the bytes are accented letters among plain ones: single, and few of them signs."""
    runs = _RUN.findall(data)
    high = b"".join(runs).decode("cp1252", errors="replace")
    unlikely = len(_UNLIKELY.findall(high))
    few_signs = unlikely <= _SHARE_OF_UNLIKELY * len(high) and "\ufffd" not in high
    return few_signs and len(high) <= _LONGEST_MEAN_RUN * len(runs)


def _whole_characters(data: bytes) -> int:
    """Length of data without a UTF-8 character cut off at its end."""
    for back in range(1, min(4, len(data)) + 1):
        if data[-back] >= 0xC0:
            return len(data) - back
        if data[-back] < 0x80:
            break
    return len(data)


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    if not error.encoding.lower().startswith("utf-8"):
        return "\ufffd", error.end
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error(WESTERN, _as_western)
