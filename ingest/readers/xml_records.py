"""What the readers of XML share: records, one in memory at a time, with the line each starts on.

DTDs, which many files name, are not fetched, and XML that defines entities is refused before they
can grow (defusedxml). HTML's names of characters, which exports write without a DTD, are known.
Namespaces are left out of names: no format here has two elements that differ by it alone.
"""

import codecs
import io
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ingest.errors import SourceError
from ingest.mathml import element_to_text
from ingest.paper import Paper, SourceRef
from ingest.readers.base import DAMAGE, Failure, Source
from ingest.readers.text_encoding import WESTERN

_CHUNK_CHARACTERS = 1 << 16
_LONGEST_REFERENCE = 12
_ILLEGAL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_REFUSED = "the XML defines entities, which can hide an attack, and is refused; export it anew"
_FORMULAS = frozenset({"math", "alternatives"})
_POWER = re.compile(r"\s*[+\-−–]?\d+\s*")
_CHARACTERS = {name.rstrip(";"): text for name, text in html5.items()}


class XmlReader(ABC):
    """A reader of XML in which some elements are records."""

    name: str
    mark: re.Pattern[str]
    """Found in the beginning of a text of this format."""
    records: frozenset[str]
    """Local names of the elements that are records."""

    @abstractmethod
    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        """Make a paper; None for an element that is no record after all."""

    def sniff(self, source: Source) -> float:
        """Sure when XML has this format's mark."""
        head = source.head_text.lstrip("\ufeff \t\r\n")
        return 1.0 if head.startswith("<") and self.mark.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; where the XML breaks off or is unsafe, a failure ends them."""
        found = False
        for item in xml_records(source, self.records):
            found = True
            if isinstance(item, Failure):
                yield item
                continue
            line, element = item
            made = self.paper(element, SourceRef(file=source.name, line=line, reader=self.name))
            if made is not None:
                yield made
        if not found:
            names = " or ".join(sorted(self.records))
            yield Failure(source.name, None, f"no {names} in this XML")


def xml_records(source: Source, names: frozenset[str]) -> Iterator[tuple[int, Element] | Failure]:
    """(1-based line, element) of the records; a failure where the XML is damaged or unsafe."""
    builder = _RecordBuilder(names)
    try:
        yield from builder.read(source)
    except ParseError as error:
        yield Failure(source.name, error.position[0], f"the XML is damaged here ({error})")
    except DefusedXmlException:
        yield Failure(source.name, builder.line_number, _REFUSED)


def texts(element: Element, *paths: str) -> list[str]:
    """The texts at these paths, in the order of the paths; blank ones are left out."""
    found = (text_in(found) for path in paths for found in element.iterfind(path))
    return [text for text in found if text]


def first_text(element: Element, *paths: str) -> str:
    """The first of these texts, or an empty string."""
    return next(iter(texts(element, *paths)), "")


def in_one_language(elements: Sequence[Element]) -> list[str]:
    """The texts in English where languages are told, else in the first one's language."""
    filled = [element for element in elements if text_in(element)]
    english = [e for e in filled if e.get("lang", "").lower().startswith("en")]
    language = filled[0].get("lang") if filled else None
    return [text_in(e) for e in english or (e for e in filled if e.get("lang") == language)]


def text_in(element: Element) -> str:
    """The text without its markup; a power of a number keeps its mark: 10^3 is not 103.

    A formula in MathML is written as a line; of one that stands as TeX too, the TeX is kept.
    """
    for parent in element.iter():
        before = parent.text or ""
        for child in parent:
            if child.tag in _FORMULAS:
                _flatten(child)
            power = child.text or ""
            raised = child.tag == "sup" or child.get("face") == "superscript"
            if raised and before[-1:].isdigit() and _POWER.fullmatch(power):
                child.text = f"^{power}"
            before = child.tail or power
    return " ".join("".join(element.itertext()).split())


def _flatten(formula: Element) -> None:
    tex = formula.find("tex-math")
    if formula.tag == "math":
        formula.text = element_to_text(formula)
        formula[:] = []
    elif tex is not None:
        tex.tail = None
        formula[:] = [tex]


def paragraphs_in(element: Element) -> str:
    """The paragraphs of an abstract as JATS has it, each on its line, a section after its title."""
    lines: list[str] = []
    for child in element:
        if child.tag == "sec":
            title = first_text(child, "title").rstrip(":")
            body = "\n".join(text_in(p) for p in child if p.tag != "title")
            lines.append(f"{title}: {body}" if title else body)
        else:
            lines.append(text_in(child))
    if not lines or (element.text or "").strip():
        return text_in(element)
    return "\n".join(filter(None, lines))


class _RecordBuilder(TreeBuilder):
    """Builds the tree and lets go of each record once it is complete."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names
        self._parser = DefusedXMLParser(target=self)
        self._parser.parser.UseForeignDTD(True)
        self._parser.entity.update(_CHARACTERS)
        self._open: list[Element] = []
        self._starts: list[int] = []
        self._complete: list[tuple[int, Element]] = []

    @property
    def line_number(self) -> int:
        """The 1-based line that is being parsed."""
        return int(self._parser.parser.CurrentLineNumber)

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """Remember where a record starts."""
        name = _local(tag)
        element = super().start(name, {_local(key): value for key, value in attrs.items()})
        if name in self._names:
            self._starts.append(self.line_number)
        self._open.append(element)
        return element

    def end(self, tag: str) -> Element:
        """Set a complete record aside; one within another belongs to that one."""
        name = _local(tag)
        element = super().end(name)
        self._open.pop()
        if name in self._names:
            line = self._starts.pop()
            if not self._starts:
                self._complete.append((line, element))
                if self._open:
                    self._open[-1].remove(element)
        return element

    def read(self, source: Source) -> Iterator[tuple[int, Element]]:
        """(1-based line, element) of the records; ParseError or a defusedxml error at bad XML."""
        for text in _legal_text(source):
            try:
                self._parser.feed(text)
            finally:
                complete, self._complete = self._complete, []
                yield from complete
        self._parser.close()


def _legal_text(source: Source) -> Iterator[str]:
    """The text in pieces, without the control characters that XML forbids and EndNote writes."""
    held = ""
    with source.open() as file:
        text = io.TextIOWrapper(file, encoding=_encoding(source), errors=WESTERN)
        try:
            while piece := text.read(_CHUNK_CHARACTERS):
                legal = _ILLEGAL.sub("", held + piece)
                cut = legal.rfind("&", -_LONGEST_REFERENCE)
                held = legal[cut:] if cut >= 0 else ""
                yield legal[: len(legal) - len(held)]
        except DAMAGE as error:
            raise SourceError(f"{source.name}: damaged compressed data ({error})") from error
    yield held


def _encoding(source: Source) -> str:
    """The encoding that the bytes show; where they show none, the one that is declared."""
    declared = _DECLARED.match(source.head)
    if declared is None or source.encoding.startswith("utf"):
        return source.encoding
    try:
        return codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return source.encoding


def _local(name: str) -> str:
    return name.rpartition("}")[2]
